"""/api/v1/incidents: list, open, read, change, and everything people decide about one."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from core.access import DESK, SEES_ALL, allow
from core.audit import note_read
from core.errors import BadInput
from core.events import timeline
from core.phone import normalize
from core.web.deps import AppContext, Reader, Transaction, Who
from core.web.once import client_key
from dispatch import candidates, changing, views
from dispatch.inbound import PRIORITIES, TYPES, Inbound
from dispatch.intake import Intake
from dispatch.routes.incident_page import answer, outside_times, ranking, seen
from dispatch.routes.reply import reply, wanted_version

router = APIRouter(prefix="/api/v1/incidents", tags=["incidents"])

READERS = (*SEES_ALL, "opd")
MAX_ID = 2**62
BY_PHONE = "incident.taken"
ACTORS = """
SELECT 'account' AS kind, id, name FROM account WHERE id = ANY ($1::bigint[])
UNION ALL SELECT 'staff', id, name FROM staff WHERE id = ANY ($2::bigint[])
"""


class OpenIn(BaseModel):
    """A call or a sighting: type and a place open an incident at once; the rest can follow."""

    type: str
    priority: str | None = None
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    accuracy_m: int | None = Field(default=None, ge=0, le=100_000)
    kelurahan_code: str | None = None
    place_text: str | None = Field(default=None, max_length=400)
    text: str | None = Field(default=None, max_length=4_000)
    phone: str | None = None
    name: str | None = Field(default=None, max_length=200)
    contact_id: int | None = None
    verified: bool = False
    silent: bool = False
    casualties: int | None = Field(default=None, ge=0, le=100_000)
    separate: bool = False


class ChangeIn(BaseModel):
    type: str | None = None
    priority: str | None = None
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    uncertainty_m: int | None = Field(default=None, ge=0, le=100_000)
    place_label: str | None = Field(default=None, max_length=200)
    lingkungan: str | None = Field(default=None, max_length=20)
    casualties: int | None = Field(default=None, ge=0, le=100_000)
    alarm_level: int | None = None
    hidden: bool | None = None


@router.get("", dependencies=[allow(*READERS)])
async def listing(
    tx: Reader, who: Who, state: Annotated[list[str] | None, Query()] = None,
    cursor: int = MAX_ID, limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:  # fmt: skip
    """Newest first; `cursor` = the `next` of the page before."""
    agency = None if who.role in SEES_ALL else (who.agency_id or 0)
    rows = await tx.fetch(views.INCIDENT_LIST, cursor, state, agency, limit)
    following = rows[-1]["id"] if len(rows) == limit else None
    return reply({"incidents": [views.incident(r) for r in rows], "next": following})


@router.post("", dependencies=[allow(*DESK)], status_code=201)
async def open_incident(request: Request, context: AppContext, who: Who, body: OpenIn) -> Response:
    """Open (or join) an incident from the desk; 201 with the incident and its recommendation."""
    if body.type not in TYPES or body.type == "none":
        raise BadInput("Jenis tidak dikenal.", extra={"field": "type", "known": list(TYPES)})
    if body.priority not in {None, *PRIORITIES[:3]}:
        raise BadInput("Prioritas harus P1, P2 atau P3.", extra={"field": "priority"})
    if (body.lat is None) != (body.lon is None):
        raise BadInput("Koordinat harus berpasangan: lat dan lon.", extra={"field": "lat"})
    if body.lat is None and not body.kelurahan_code and not body.place_text and not body.text:
        raise BadInput("Beri tempatnya: titik di peta, kelurahan, atau patokan.")
    intake: Intake = request.app.state.intake
    taken = await intake.take(
        Inbound(
            channel="phone",
            raw=await request.body(),
            text=body.text or "",
            declared_type=body.type,
            declared_priority=body.priority,
            lat=body.lat,
            lon=body.lon,
            accuracy_m=body.accuracy_m,
            casualties=body.casualties,
            kelurahan_code=body.kelurahan_code,
            place_text=body.place_text,
            phone=normalize(body.phone),
            name=body.name,
            contact_id=body.contact_id,
            client_key=client_key(request.headers.get("idempotency-key")),
            verified=body.verified,
            silent=body.silent,
            by_desk=True,
            separate=body.separate,
        ),
        who,
    )
    if taken.incident_id is not None:
        await candidates.prepare(context.db, taken.incident_id)
    async with context.db.read(who) as tx:
        said: dict[str, Any] = {
            "report_id": taken.report_id,
            "code": taken.code,
            "incident_id": taken.incident_id,
            "status": taken.status,
        }
        if taken.incident_id is not None:
            row = await seen(tx, taken.incident_id, who)
            said["incident"] = await views.incident_page(tx, context.vault, row, who)
            said["recommendation"] = await ranking(tx, taken.incident_id, who)
    return reply(said, status=201)


@router.get("/{incident_id}", dependencies=[allow(*READERS)])
async def read(tx: Reader, context: AppContext, who: Who, incident_id: int) -> Response:
    row = await seen(tx, incident_id, who)
    if row["hidden"]:
        await note_read(tx, "incident", incident_id)
    page = await views.incident_page(tx, context.vault, row, who)
    return reply(page, version=row["version"])


@router.patch("/{incident_id}", dependencies=[allow(*DESK)])
async def patch(
    request: Request, tx: Transaction, context: AppContext, who: Who, incident_id: int,
    body: ChangeIn,
) -> Response:  # fmt: skip
    """Needs If-Match; 412 names who changed it meanwhile."""
    wanted = body.model_dump(exclude_unset=True)
    row = await changing.change(
        tx, incident_id, wanted, request.app.state.geography, wanted_version(request)
    )
    return await answer(tx, context, who, row["id"])


@router.get("/{incident_id}/timeline", dependencies=[allow(*READERS)])
async def events(
    tx: Reader, who: Who, incident_id: int, after: int = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> Response:  # fmt: skip
    """The incident's events in causal order, those the caller's class may see."""
    await seen(tx, incident_id, who)
    view = "desk" if who.role in SEES_ALL else f"agency:{who.agency_id}"
    found = await timeline(tx, incident_id, after, limit)
    names = {
        (row["kind"], row["id"]): row["name"]
        for row in await tx.fetch(
            ACTORS,
            [e.actor_id for e in found if e.actor_id],
            [
                e.payload["staff_id"]
                for e in found
                if e.kind == BY_PHONE and e.payload.get("staff_id")
            ],
        )
    }
    return reply(
        {
            "events": [
                {
                    **msgspec.structs.asdict(e),
                    "actor": names.get(("account", e.actor_id))
                    or (
                        names.get(("staff", e.payload.get("staff_id")))
                        if e.kind == BY_PHONE
                        else None
                    ),
                }
                for e in found
                if e.visible_to(view)
            ],
            "next": found[-1].id if len(found) == limit else None,
        }
    )


@router.get(
    "/{incident_id}/recommendations", dependencies=[allow(*READERS), Depends(outside_times)]
)
async def recommendations(tx: Reader, who: Who, incident_id: int) -> Response:
    """Ranked units for each need, with reasons, who was left out and why, and what is missing."""
    await seen(tx, incident_id, who)
    return reply(await ranking(tx, incident_id, who))
