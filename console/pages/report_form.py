"""/lapor: the form, and its plain POST for browsers without script.

The bytes of the form are the contact, kept as they came. The hidden `client_key` makes pressing
twice, and reloading, safe: the same form sent again leads to the first report's link.
"""

from __future__ import annotations

import contextlib
import uuid
from dataclasses import replace
from itertools import groupby
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from console.pages import queries, words
from console.pages.page import page
from core.access import public
from core.db import Tx
from core.limits import address_key
from core.phone import normalize
from core.web.deps import AppContext, Lang, Limits, Reader
from core.words import t
from dispatch.inbound import TYPES, Inbound
from dispatch.intake import Intake

EMPTY = {
    "type": "", "kelurahan_code": "", "place_text": "", "text": "", "phone": "", "silent": "",
}  # fmt: skip
SOS = "SOS"
NOTHING = "Tulis apa yang terjadi, tempatnya, atau nomor HP. Terburu-buru? Tekan SOS."
NOT_READ = (
    "Formulir tidak terbaca; isinya disimpan untuk petugas. Kirim sekali lagi atau telepon 112."
)

router = APIRouter(include_in_schema=False)


@router.get("/lapor", dependencies=[public()])
async def form(request: Request, tx: Reader, lang: Lang) -> Response:
    return await show(request, tx, lang, EMPTY)


@router.post("/lapor", dependencies=[public()])
async def send(request: Request, context: AppContext, limits: Limits, lang: Lang) -> Response:
    """303 to the tracking page; 422 with the form as it was when nothing at all is said.

    No connection is held while the intake works: it needs its own, and a crowd would wait for itself.
    """
    raw = await request.body()
    intake: Intake = request.app.state.intake
    filled, inbound, readable = dict(EMPTY), None, not raw
    with contextlib.suppress(HTTPException):
        async with request.form(max_files=0, max_fields=40) as data:
            readable = readable or bool(data)
            filled = {name: text_of(data, name) for name in EMPTY}
            inbound = read(data, raw)
    if not readable:  # a broken form, or none at all: its bytes are kept for people to read
        verdict = await limits.hit("unreadable", address_key(request))
        await intake.keep_unreadable("web", raw, rate_limited=verdict.over)
    if inbound is None:
        problem = NOTHING if readable else NOT_READ
        async with context.db.read() as tx:
            return await show(request, tx, lang, filled, problem=t(problem, lang), status=422)
    verdict = await limits.hit("sos_address", address_key(request))
    taken = await intake.take(replace(inbound, rate_limited=verdict.over))
    return RedirectResponse(f"/l/{taken.token}?baru=1", 303, {"Referrer-Policy": "no-referrer"})


def read(data: FormData, raw: bytes) -> Inbound | None:
    """What the form says, or None when it says nothing. Odd values are left out, never refused:
    the bytes are kept, and a person in trouble is not sent back over a field."""
    text = text_of(data, "text")
    if data.get("sos"):
        text = text or SOS
    lon, lat = _point(data)
    type_ = text_of(data, "type")
    phone = normalize(text_of(data, "phone"))
    place_text = text_of(data, "place_text")[:300] or None
    kelurahan = text_of(data, "kelurahan_code")[:20] or None
    if not (text or place_text or kelurahan or phone or lon is not None):
        return None
    elsewhere = bool(data.get("elsewhere"))
    return Inbound(
        channel="web",
        raw=raw,
        text=text[:4000],
        declared_type=type_ if type_ in TYPES and type_ != "none" else None,
        lon=None if elsewhere else lon,
        lat=None if elsewhere else lat,
        accuracy_m=None if elsewhere else _metres(data),
        reporter_lon=lon if elsewhere else None,
        reporter_lat=lat if elsewhere else None,
        place_text=place_text,
        kelurahan_code=kelurahan,
        phone=phone,
        silent=bool(data.get("silent")),
        client_key=uuid_of(data, "client_key"),
    )


async def show(
    request: Request,
    tx: Tx,
    lang: str,
    filled: dict[str, str],
    *,
    problem: str | None = None,
    status: int = 200,
) -> Response:
    """The form with `filled` in it and a fresh key."""
    return page(
        request,
        "lapor.html",
        status=status,
        form=filled,
        problem=problem,
        client_key=str(uuid.uuid4()),
        types=words.TYPES,
        more=[code for code, _ in words.TYPES[9:]],
        areas=await areas(tx),
        words=words.script_words(words.LAPOR, lang),
        sms_number=request.app.state.context.settings.sms_number,
    )


async def areas(tx: Tx) -> list[tuple[str, list[tuple[str, str]]]]:
    """[(kecamatan, [(code, kelurahan)])] in the order of their codes."""
    rows = await tx.fetch(queries.KELURAHAN)
    return [
        (kecamatan, [(row["code"], row["name"]) for row in group])
        for kecamatan, group in groupby(rows, lambda row: str(row["kecamatan"]))
    ]


def text_of(data: FormData, name: str) -> str:
    """A text field, trimmed; '' when absent, a file, or nothing but NUL bytes."""
    value: Any = data.get(name)
    return value.replace("\x00", "").strip() if isinstance(value, str) else ""


def uuid_of(data: FormData, name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text_of(data, name))
    except ValueError:
        return None


def _point(data: FormData) -> tuple[float | None, float | None]:
    try:
        lon, lat = float(text_of(data, "lon")), float(text_of(data, "lat"))
    except ValueError:
        return None, None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90) or (lon, lat) == (0.0, 0.0):
        return None, None
    return lon, lat


def _metres(data: FormData) -> int | None:
    try:
        return max(0, min(100_000, round(float(text_of(data, "accuracy_m")))))
    except (ValueError, OverflowError):
        return None
