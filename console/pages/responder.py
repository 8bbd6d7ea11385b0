"""/petugas and GET /api/v1/me/assignments: the open assignments of the unit that I crew now."""

from __future__ import annotations

import hashlib
from typing import Any, Final

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from console.pages import queries, words
from console.pages.page import page
from core.access import allow
from core.actor import Actor
from core.db import Row, Tx
from core.web.deps import Lang, Reader, SettingsDep, Who
from core.words import t
from dispatch.units import crew_unit

STAMPS: Final = ("offered", "accepted", "en_route", "on_scene", "transporting", "at_facility")
# Units that bring people to a hospital have two steps more.
TRANSPORTING: Final = frozenset({"ambulance", "patient_transport"})

router = APIRouter()


@router.get("/petugas", dependencies=[allow("petugas")], include_in_schema=False)
async def responder(request: Request, who: Who, lang: Lang, settings: SettingsDep) -> Response:
    said: dict[str, Any] = words.script_words(words.PETUGAS, lang)
    said["steps"] = words.script_words(words.STEPS, lang)
    said["zone"] = settings.timezone
    said["duty"] = words.script_words(words.DUTY, lang)
    return page(
        request,
        "petugas.html",
        name=who.name,
        words=said,
        decline_reasons=words.DECLINE_REASONS,
    )


@router.get("/api/v1/me/assignments", dependencies=[allow("petugas")], tags=["responders"])
async def my_assignments(request: Request, tx: Reader, who: Who, lang: Lang) -> Response:
    """{name, unit {id, code, name, state, pending} | null, assignments [{id, code, state, transports,
    expires_at, stamps {state: time}, incident {code, type, type_label, priority, place, kelurahan,
    lk, lat, lon, uncertainty_m, verified, casualties, others [unit codes]}}]}; ETag, 304."""
    body = msgspec.json.encode(await mine(tx, who, lang))
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, "application/json")


async def mine(tx: Tx, who: Actor, lang: str) -> dict[str, Any]:
    """Everything the page shows. Without a unit now: `unit` null, no assignments."""
    crewed = await crew_unit(tx, who.account_id) if who.account_id else None
    unit = await tx.fetchrow(queries.UNIT, crewed["id"]) if crewed is not None else None
    if unit is None:
        return {"name": who.name, "unit": None, "assignments": []}
    transports = bool(TRANSPORTING & {unit["kind"], *unit["capabilities"]})
    rows = await tx.fetch(queries.MY_ASSIGNMENTS, unit["id"])
    return {
        "name": who.name,
        "unit": {
            "id": unit["id"],
            "code": unit["code"],
            "name": unit["name"],
            "state": unit["state"],
            "pending": unit["pending_state"],
        },
        "assignments": [_assignment(row, lang, transports=transports) for row in rows],
    }


def _assignment(row: Row, lang: str, *, transports: bool) -> dict[str, Any]:
    stamps = {state: row[f"{state}_at"] for state in STAMPS if row[f"{state}_at"] is not None}
    return {
        "id": row["id"],
        "code": row["code"],
        "state": row["state"],
        "trip": row["trip"],
        "transports": transports,
        "expires_at": row["expires_at"],
        "stamps": stamps,
        "incident": {
            "code": row["incident_code"],
            "type": row["type"],
            "type_label": t(words.TYPE_LABELS.get(row["type"], row["type"]), lang),
            "priority": row["priority"],
            "place": row["place_label"],
            "kelurahan": row["kelurahan"],
            "lk": row["lingkungan"],
            "lat": row["lat"],
            "lon": row["lon"],
            "uncertainty_m": row["uncertainty_m"],
            "verified": row["verified"],
            "casualties": row["casualties"],
            "others": row["others"],
        },
    }
