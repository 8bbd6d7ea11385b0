"""POST /api/v1/reports: the door. Anyone; nothing but a place or a phone is enough.

The body is read raw and decoded here, not by FastAPI's machinery: its bytes are the contact. What
cannot be decoded is still kept, as unreadable, and answered with what to mend.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from core.access import public
from core.context import Context
from core.errors import BadInput
from core.limits import address_key
from core.phone import normalize
from core.web.bare import BareRoute
from core.web.deps import get_limiter
from core.web.identity import identify
from core.web.once import client_key
from dispatch.inbound import TYPES, Inbound, Taken
from dispatch.intake import Intake

router = APIRouter(prefix="/api/v1", tags=["reports"], route_class=BareRoute)

MAX_TEXT = 4_000
EXAMPLE = {
    "type": "fire",
    "text": "rumah terbakar di gang mawar",
    "lat": 3.3283,
    "lon": 99.1560,
    "accuracy_m": 25,
}


class ReportIn(msgspec.Struct, forbid_unknown_fields=False):
    """What a client may say. Every field is optional; a place or a phone is needed."""

    text: Annotated[str, msgspec.Meta(max_length=MAX_TEXT)] | None = None
    type: str | None = None
    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    phone: str | None = None
    name: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    place_text: Annotated[str, msgspec.Meta(max_length=400)] | None = None
    kelurahan_code: Annotated[str, msgspec.Meta(max_length=20)] | None = None
    reporter_lat: float | None = None
    reporter_lon: float | None = None
    silent: bool = False
    device_at: datetime | None = None
    client_key: str | None = None
    channel: str | None = None
    uploads: Annotated[list[str], msgspec.Meta(max_length=8)] = []


class ReportOut(msgspec.Struct, omit_defaults=True):
    code: str
    status: str
    tracking_url: str
    token: str
    units: list[str] = []
    duplicate: bool = False


_decode = msgspec.json.Decoder(ReportIn).decode
_encode = msgspec.json.Encoder().encode


@router.post(
    "/reports",
    dependencies=[public()],
    status_code=201,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": msgspec.json.schema(ReportIn)["$defs"]["ReportIn"],
                    "example": EXAMPLE,
                }
            },
        }
    },
)
async def post_report(request: Request) -> Response:
    """Report an emergency. 201 with the code and the tracking link.

    `Idempotency-Key` (a UUID; or `client_key` in the body): the same key and body get the first
    answer. 422 says what to mend; 503 with Retry-After while the database recovers.
    """
    raw = await request.body()
    intake: Intake = request.app.state.intake
    context: Context = request.app.state.context
    limiter = await get_limiter(request)
    try:
        inbound = read_report(raw, request.headers.get("idempotency-key"))
    except BadInput:
        verdict = await limiter.hit("unreadable", address_key(request))
        await intake.keep_unreadable("app", raw, rate_limited=verdict.over)
        raise
    over = await limiter.hit("sos_address", address_key(request))
    if inbound.phone:
        person = await limiter.hit("sos", context.vault.phone_hash(inbound.phone).hex())
        over = person if person.over else over
    if over.over:
        inbound = replace(inbound, rate_limited=True)
    taken = await intake.take(inbound, await identify(request))
    return Response(
        _encode(answer(taken, context.settings.public_url)),
        status_code=201,
        media_type="application/json",
    )


def read_report(raw: bytes, key_header: str | None) -> Inbound:
    """Decode and check a report's JSON. Raises BadInput naming the field and what to do."""
    try:
        body = _decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(
            'Laporan tidak terbaca. Kirim JSON dengan "text" dan "lat"/"lon" atau "phone"; '
            "atau telepon 112.",
            extra={"reason": _reason(error)},
        ) from None
    _check_type(body.type)
    _check_point(body.lat, body.lon)
    _check_point(body.reporter_lat, body.reporter_lon)
    phone = normalize(body.phone)
    if body.phone and phone is None and not (body.lat is not None or body.text):
        raise BadInput(
            "Nomor telepon tidak dikenali. Contoh: 0812xxxxxxx.", extra={"field": "phone"}
        )
    text = clean(body.text)
    if not (text or body.type or body.lat is not None or phone or body.place_text
            or body.kelurahan_code or body.uploads):  # fmt: skip
        raise BadInput("Laporan kosong. Beri tempat, nomor telepon, atau apa yang terjadi.")
    return Inbound(
        channel=body.channel if body.channel in {"app", "web", "sms", "chat"} else "app",
        raw=raw,
        text=text,
        declared_type=None if body.type in {None, "none"} else body.type,
        lat=body.lat,
        lon=body.lon,
        accuracy_m=_accuracy(body.accuracy_m),
        reporter_lat=body.reporter_lat,
        reporter_lon=body.reporter_lon,
        place_text=clean(body.place_text) or None,
        kelurahan_code=body.kelurahan_code,
        phone=phone,
        name=clean(body.name) or None,
        silent=body.silent,
        client_key=client_key(key_header or body.client_key),
        device_at=body.device_at,
        uploads=tuple(body.uploads),
    )


def answer(taken: Taken, public_url: str) -> ReportOut:
    assert taken.code is not None and taken.token is not None
    return ReportOut(
        code=taken.code,
        status=taken.status,
        tracking_url=f"{public_url.rstrip('/')}/l/{taken.token}",
        token=taken.token,
        units=list(taken.unit_codes),
        duplicate=taken.duplicate,
    )


def clean(text: str | None) -> str:
    """Without NUL and other control characters, which no screen and no SMS can carry."""
    if not text:
        return ""
    return "".join(c for c in text if c >= " " or c in "\n\t").strip()


def _check_type(value: str | None) -> None:
    if value is not None and value not in TYPES:
        raise BadInput(
            'Jenis "{value}" tidak dikenal. Pilih salah satu: {types}.',
            value=value[:40],
            types=", ".join(TYPES),
            extra={"field": "type"},
        )


def _check_point(lat: float | None, lon: float | None) -> None:
    if lat is None and lon is None:
        return
    if lat is None or lon is None:
        raise BadInput("Koordinat harus berpasangan: lat dan lon.", extra={"field": "lat"})
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise BadInput(
            "Koordinat di luar bumi: lat antara -90 dan 90, lon antara -180 dan 180.",
            extra={"field": "lat"},
        )


def _accuracy(value: float | None) -> int | None:
    if value is None or not math.isfinite(value) or value < 0:
        return None
    return min(round(value), 100_000)


def _reason(error: Exception) -> str:
    """For a programmer. msgspec's words name types and fields, never the input."""
    return str(error)[:200] if isinstance(error, msgspec.DecodeError) else "not UTF-8"
