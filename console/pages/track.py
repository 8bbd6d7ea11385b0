"""/l/{token} and GET /api/v1/track/{token}: what becomes of a report, for whoever holds its link.

The token is the whole right: unknown, expired and malformed ones answer alike (404). A reporter's
words are kept and shown to people; they never call help off (invariant 13).
"""

from __future__ import annotations

import hashlib
import re
import uuid
from dataclasses import dataclass, replace
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Body
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from console.pages import queries, words
from console.pages.page import secret_page
from console.pages.progress import progress
from console.pages.report_form import text_of, uuid_of
from console.pages.track_view import clock, view
from core.access import public
from core.db import Tx
from core.errors import BadInput, NotFound, Problem
from core.files import store
from core.limits import address_key
from core.phone import normalize
from core.web.deps import AppContext, Lang, Limits, Reader, SettingsDep
from core.web.once import client_key
from core.words import t
from dispatch.inbound import TYPES, Inbound
from dispatch.intake import Intake
from dispatch.tracking import token_hash

TOKEN = re.compile(r"[A-Za-z0-9_-]{22,64}")
PHOTO_BYTES = 12 * 2**20
BODY_LIMITS = {"/l/": PHOTO_BYTES}
NO_REFERRER = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
NOTHING = "Tulis keterangan, pilih foto, atau kirim lokasi."

router = APIRouter()


class MessageIn(BaseModel):
    """What a reporter adds. Place in WGS 84 degrees; `uploads` are ids of POST /uploads."""

    model_config = ConfigDict(extra="ignore")

    text: str = Field(default="", max_length=2000)
    lat: FiniteFloat | None = Field(default=None, ge=-90, le=90)
    lon: FiniteFloat | None = Field(default=None, ge=-180, le=180)
    accuracy_m: FiniteFloat | None = Field(default=None, ge=0, le=100_000)
    reporter_lat: FiniteFloat | None = Field(default=None, ge=-90, le=90)
    reporter_lon: FiniteFloat | None = Field(default=None, ge=-180, le=180)
    phone: str | None = Field(default=None, max_length=40)
    type: str | None = None
    uploads: list[str] = Field(default_factory=list, max_length=4)
    client_key: uuid.UUID | None = None


class Added(BaseModel):
    status: str


@dataclass(frozen=True, slots=True)
class Tracked:
    report_id: int
    shown: dict[str, Any]
    etag: str
    as_of: str


@router.get("/l/{token}", dependencies=[public()], include_in_schema=False)
async def show(
    request: Request, token: str, tx: Reader, limits: Limits, settings: SettingsDep, lang: Lang
) -> Response:
    await limits.hit("track", address_key(request))
    return _page(request, token, await load(tx, token, lang, settings.timezone), lang)


@router.post("/l/{token}", dependencies=[public()], include_in_schema=False)
async def add_by_form(
    request: Request,
    token: str,
    context: AppContext,
    limits: Limits,
    lang: Lang,
) -> Response:
    """The same as the API for browsers without script: text, a phone, one photo."""
    tracked = await _behind(context, token, lang)
    raw = await request.body()
    try:
        async with request.form(max_files=1, max_fields=10) as data:
            photo = data.get("photo")
            taken = await photo.read() if isinstance(photo, UploadFile) and photo.size else b""
            text, phone = text_of(data, "text")[:2000], normalize(text_of(data, "phone"))
            key = uuid_of(data, "client_key")
        if not (text or phone or taken):
            raise BadInput(NOTHING)
        uploads = await _keep_photo(request, context, limits, taken) if taken else ()
    except Problem as problem:
        said = t(problem.message, lang, **problem.params)
        return _page(request, token, tracked, lang, problem=said, status=problem.status)
    # A photo is kept as a file; the contact's bytes are the words beside it.
    kept = raw if not taken else msgspec.json.encode({"text": text, "uploads": uploads})
    inbound = Inbound(
        channel="web", raw=kept, text=text, phone=phone, client_key=key, uploads=uploads
    )
    await _add(request, limits, tracked.report_id, inbound)
    return RedirectResponse(f"/l/{token}?masuk=1", 303, NO_REFERRER)


@router.get("/api/v1/track/{token}", dependencies=[public()], tags=["track"])
async def track(
    request: Request, token: str, tx: Reader, limits: Limits, settings: SettingsDep, lang: Lang
) -> Response:
    """Progress of a report. Poll each 10-20 s with If-None-Match; 304 while nothing changed."""
    await limits.hit("track", address_key(request))
    tracked = await load(tx, token, lang, settings.timezone)
    headers = {**NO_REFERRER, "ETag": tracked.etag, "Cache-Control": "private, no-cache"}
    if tracked.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(msgspec.json.encode(tracked.shown), 200, headers, "application/json")


@router.post(
    "/api/v1/track/{token}/messages", status_code=201, dependencies=[public()], tags=["track"]
)
async def add(
    request: Request,
    token: str,
    context: AppContext,
    limits: Limits,
    lang: Lang,
    body: Annotated[MessageIn, Body()],
) -> Added:
    """Add words, a place, a phone or photos to a report. The same key and body twice is once."""
    tracked = await _behind(context, token, lang)
    placed = body.lat is not None and body.lon is not None
    seen_from = body.reporter_lat is not None and body.reporter_lon is not None
    phone = normalize(body.phone)
    text = body.text.replace("\x00", "").strip()
    if not (text or placed or seen_from or phone or body.uploads or body.type):
        raise BadInput(NOTHING)
    inbound = Inbound(
        channel="web",
        raw=await request.body(),
        text=text,
        declared_type=body.type if body.type in TYPES else None,
        lon=body.lon if placed else None,
        lat=body.lat if placed else None,
        accuracy_m=round(body.accuracy_m) if placed and body.accuracy_m is not None else None,
        reporter_lon=body.reporter_lon if seen_from else None,
        reporter_lat=body.reporter_lat if seen_from else None,
        phone=phone,
        client_key=client_key(request.headers.get("idempotency-key")) or body.client_key,
        uploads=tuple(body.uploads),
    )
    await _add(request, limits, tracked.report_id, inbound)
    return Added(status="diterima")


async def _behind(context: AppContext, token: str, lang: str) -> Tracked:
    """`load` on a connection of its own, given back before the intake takes one: a crowd that adds
    to its reports would otherwise wait for itself."""
    async with context.db.read() as tx:
        return await load(tx, token, lang, context.settings.timezone)


async def load(tx: Tx, token: str, lang: str, timezone: str) -> Tracked:
    """The report behind a token. Raises NotFound."""
    row = None
    if TOKEN.fullmatch(token):
        row = await tx.fetchrow(queries.TRACKED, token_hash(token))
    if row is None:
        raise NotFound("Laporan ini tidak ada, atau tautannya sudah tidak berlaku.")
    units: list[dict[str, Any]] = []
    if row["incident_id"] is not None:
        found = await tx.fetch(queries.TRACKED_ASSIGNMENTS, row["incident_id"], row["clock_round"])
        units = [dict(one) for one in found]
    shown = view(progress(dict(row), units, row["now"]), lang, timezone)
    digest = hashlib.sha256(msgspec.json.encode(shown)).hexdigest()[:20]
    return Tracked(row["id"], shown, f'"{digest}"', clock(row["now"], timezone))


def _page(
    request: Request,
    token: str,
    tracked: Tracked,
    lang: str,
    *,
    problem: str | None = None,
    status: int = 200,
) -> Response:
    asked = request.query_params
    return secret_page(
        request,
        "lacak.html",
        status=status,
        track=tracked.shown,
        token=token,
        etag=tracked.etag,
        as_of=tracked.as_of,
        fresh="baru" in asked,
        added="masuk" in asked,
        adding="tambah" in asked or problem is not None,
        problem=problem,
        client_key=str(uuid.uuid4()),
        words=words.script_words(words.LACAK, lang),
    )


async def _add(request: Request, limits: Limits, report_id: int, inbound: Inbound) -> None:
    verdict = await limits.hit("track_add", str(report_id))
    intake: Intake = request.app.state.intake
    await intake.add(report_id, replace(inbound, rate_limited=verdict.over))


async def _keep_photo(
    request: Request, context: AppContext, limits: Limits, data: bytes
) -> tuple[str, ...]:
    await limits.hit("upload", address_key(request))
    ready = await store.check(data)
    async with context.db.tx() as tx:
        kept = await store.keep(tx, context.vault, context.settings.uploads_dir, ready)
    return (kept.handle,)
