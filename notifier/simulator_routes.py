"""The demo's telephone network as `/hp` shows it. Mounted in demo mode only; 404 otherwise.

A handset is named by an opaque id, so that no number stands in an address or a log.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, TypeVar

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from core.access import public
from core.db import Row
from core.errors import BadInput, NotFound
from core.phone import normalize
from core.privacy import Vault
from core.web.deps import AppContext, Reader, SettingsDep, Transaction
from dispatch.intake import Intake
from notifier.gateways.simulator import BELL
from notifier.inbound import receive
from notifier.sealed import opened
from notifier.simulated import written
from notifier.states import advance


async def demo_only(settings: SettingsDep) -> None:
    if not settings.demo:
        raise NotFound


router = APIRouter(prefix="/api/v1", tags=["simulator"], dependencies=[Depends(demo_only)])

T = TypeVar("T")

MAX_TEXT = 1_000
SHOWN = {"chat": "whatsapp"}
TAKEN = {"whatsapp": "chat", "chat": "chat", "sms": "sms"}

STAFF = """
SELECT p.phone_enc, p.phone_hash, s.name, s.role, s.example, u.code AS unit,
    s.account_id IS NOT NULL AS login
FROM staff AS s
JOIN staff_private AS p ON p.staff_id = s.id AND p.phone_enc IS NOT NULL
LEFT JOIN LATERAL (
    SELECT unit_id FROM duty
    WHERE duty.staff_id = s.id AND duty.kind = 'crew'
      AND starts_at <= clock_timestamp() AND ends_at > clock_timestamp()
    ORDER BY duty.id LIMIT 1
) AS d ON true
LEFT JOIN unit AS u ON u.id = d.unit_id
WHERE s.active AND ($1 = '' OR s.name ILIKE '%' || $1 || '%' OR u.code ILIKE '%' || $1 || '%')
ORDER BY (u.code IS NULL), u.code, s.id LIMIT 200
"""

TALKED = """
SELECT number_hash, (array_agg(number_enc ORDER BY id DESC))[1] AS number_enc,
    count(*) FILTER (WHERE direction = 'to_handset' AND seen_at IS NULL) AS unread,
    max(at) AS last_at
FROM simulator_message GROUP BY number_hash ORDER BY max(at) DESC LIMIT 500
"""

MESSAGES = """
SELECT m.id, m.direction, m.channel, m.number_enc, m.number_hash, m.body_enc, m.at, m.seen_at,
    d.state
FROM simulator_message AS m LEFT JOIN delivery AS d ON d.id = m.delivery_id
WHERE m.id > $1 AND ($2::bytea IS NULL OR m.number_hash = $2)
ORDER BY m.id LIMIT 500
"""

WRITE = """
INSERT INTO simulator_message (direction, channel, number_enc, number_hash, body_enc, seen_at)
VALUES ('from_handset', $1, $2, $3, $4, clock_timestamp()) RETURNING id
"""

SEEN = """
UPDATE simulator_message SET seen_at = coalesce(seen_at, clock_timestamp())
WHERE id = $1 AND direction = 'to_handset' RETURNING delivery_id
"""


class Handset(msgspec.Struct):
    """`login`: its owner also has a log-in, so that a visitor can play both sides."""

    id: str
    number: str
    name: str
    role: str
    unit: str | None
    unread: int
    last_at: datetime | None
    example: bool
    login: bool = False


class Shown(msgspec.Struct):
    """`state`: of the delivery, for messages to the handset."""

    id: int
    handset: str
    number: str
    direction: str
    channel: str
    text: str
    at: datetime
    state: str | None


class Typed(msgspec.Struct):
    number: str
    text: Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]
    channel: str = "sms"


class TypedFrom(msgspec.Struct, rename={"sender": "from"}):
    sender: str
    text: Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]
    channel: str = "sms"


@router.get("/simulator/handsets", dependencies=[public()])
async def handsets(
    tx: Reader, context: AppContext, q: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    """Staff with their phones, then every other number that has sent or received something."""
    vault = context.vault
    talked = {row["number_hash"]: row for row in await tx.fetch(TALKED)}
    shown: list[Handset] = []
    for row in await tx.fetch(STAFF, q.strip()):
        found = talked.pop(row["phone_hash"], None)
        known = (row["name"], row["role"], row["unit"])
        example, login = row["example"], row["login"]
        shown.append(
            _handset(vault, row["phone_hash"], row["phone_enc"], *known, found, example, login)
        )
    if not q.strip():
        shown += [
            _handset(vault, number, row["number_enc"], "Warga (contoh)", "warga", None, row, True)
            for number, row in talked.items()
        ]
    return _json({"handsets": [one for one in shown if one.number]})


@router.get("/simulator/messages", dependencies=[public()])
async def messages(
    tx: Reader,
    context: AppContext,
    after: Annotated[int, Query(ge=0, le=2**62)] = 0,
    handset: Annotated[str | None, Query(pattern="^[0-9a-f]{64}$")] = None,
) -> Response:
    """Messages since `after` (an id), of all handsets or of one; cheap enough to ask every second."""
    number = bytes.fromhex(handset) if handset else None
    rows = await tx.fetch(MESSAGES, after, number)
    shown = [_shown(context.vault, row) for row in rows]
    return _json({"messages": shown, "last": shown[-1].id if shown else after})


@router.post("/simulator/messages", dependencies=[public()], status_code=201)
async def type_message(request: Request, context: AppContext) -> Response:
    """A handset sends: {number, text, channel?: sms | whatsapp}."""
    typed = _read(await request.body(), Typed)
    return await _send(request, context, typed.number, typed.text, typed.channel)


@router.post("/inbound/simulator", dependencies=[public()], status_code=201)
async def from_simulator(request: Request, context: AppContext) -> Response:
    """The same as a gateway would tell it: {from, text, channel?: sms | chat}."""
    typed = _read(await request.body(), TypedFrom)
    return await _send(request, context, typed.sender, typed.text, typed.channel)


@router.post("/simulator/messages/{message_id}/seen", dependencies=[public()], status_code=204)
async def seen(message_id: int, tx: Transaction) -> Response:
    """Somebody looked at the handset: the delivery counts as read."""
    row = await tx.fetchrow(SEEN, message_id)
    if row is None:
        raise NotFound
    if row["delivery_id"] is not None:
        await advance(tx, row["delivery_id"], "read", source="handset")
    return Response(status_code=204)


async def _send(
    request: Request, context: AppContext, number: str, text: str, channel: str
) -> Response:
    sender = normalize(number)
    if sender is None:
        raise BadInput("Nomor itu tidak bisa dipakai. Contoh: 0811 0000 0001.")
    taken = TAKEN.get(channel)
    if taken is None:
        raise BadInput("Saluran harus sms atau whatsapp.")
    vault = context.vault
    async with context.db.tx() as tx:
        message_id = await tx.fetchval(
            WRITE, taken, vault.encrypt(sender), vault.phone_hash(sender), vault.encrypt(text)
        )
    context.bell.ring(BELL)
    incoming = written(sender, text, "chat" if taken == "chat" else "sms", f"HP{uuid.uuid4().hex}")
    intake: Intake = request.app.state.intake
    await receive(context, intake, incoming, "webhook")
    return _json({"id": message_id}, 201)


def _read(body: bytes, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise BadInput("Isi permintaan tidak bisa dibaca.") from error


def _handset(
    vault: Vault, number_hash: bytes, number: bytes, name: str, role: str, unit: str | None,
    talked: Row | None, example: bool, login: bool = False,
) -> Handset:  # fmt: skip
    return Handset(
        id=number_hash.hex(),
        number=opened(vault, number) or "",
        name=name,
        role=role,
        unit=unit,
        unread=talked["unread"] if talked else 0,
        last_at=talked["last_at"] if talked else None,
        example=example,
        login=login,
    )


def _shown(vault: Vault, row: Row) -> Shown:
    return Shown(
        id=row["id"],
        handset=row["number_hash"].hex(),
        number=opened(vault, row["number_enc"]) or "",
        direction=row["direction"],
        channel=SHOWN.get(row["channel"], row["channel"]),
        text=opened(vault, row["body_enc"]) or "",
        at=row["at"],
        state="read" if row["seen_at"] and row["direction"] == "to_handset" else row["state"],
    )


def _json(value: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")
