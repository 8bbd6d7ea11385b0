"""The doors of the notifier: what providers tell us, and what staff may ask about deliveries."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from core.access import DESK, allow, gateway
from core.actor import Actor
from core.context import Context
from core.db import Row
from core.privacy import mask_phone
from core.web.deps import AppContext, Reader, Transaction
from core.web.once import made_once
from dispatch.intake import Intake
from notifier import receipts
from notifier.gateways.base import Incoming
from notifier.gateways.twilio import NAME as TWILIO
from notifier.gateways.twilio import STATES
from notifier.gateways.twilio_webhook import read_webhook, status_of
from notifier.inbound import receive
from notifier.queries import BY_ID, LISTED
from notifier.replay import by_hand
from notifier.sealed import opened
from notifier.sender import BELL

router = APIRouter(prefix="/api/v1", tags=["messages"])

EMPTY_TWIML = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'
MAX_BIGINT = 2**63 - 1


class DeliveryOut(msgspec.Struct):
    """One delivery as staff see it: its truth and its times, the number masked, never the words."""

    id: int
    state: str
    template: str
    channel: str
    gateway: str | None
    to: str
    reason: str | None
    attempts: int
    assignment_id: int | None
    incident_id: int | None
    report_id: int | None
    staff_id: int | None
    replay_of: int | None
    queued_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    expires_at: datetime


class Deliveries(msgspec.Struct):
    deliveries: list[DeliveryOut]


@router.post("/inbound/twilio", dependencies=[gateway(TWILIO)])
async def from_twilio(request: Request, context: AppContext) -> Response:
    """An SMS or WhatsApp message. Answered with empty TwiML once the bytes are kept."""
    body = await request.body()
    incoming = read_webhook(body)
    if incoming is None:
        # Signed, but without an id: kept under a name made from its bytes.
        named = "body:" + hashlib.sha256(body).hexdigest()[:32]
        incoming = Incoming(TWILIO, named, "sms", None, "", body)
    intake: Intake = request.app.state.intake
    await receive(context, intake, incoming, "webhook")
    return Response(EMPTY_TWIML, media_type="text/xml")


@router.post("/receipts/twilio", dependencies=[gateway(TWILIO)])
async def receipt_from_twilio(
    request: Request,
    context: AppContext,
    d: Annotated[int | None, Query(ge=-MAX_BIGINT, le=MAX_BIGINT)] = None,
) -> Response:
    """A status callback; `d` is the delivery that the message was made for."""
    call = status_of(await request.body())
    if call is not None and (state := STATES.get(call.status)) is not None:
        async with context.db.tx(Actor("gateway", name=TWILIO)) as tx:
            await receipts.apply(
                tx,
                TWILIO,
                call.provider_id,
                call.status,
                state,
                delivery_id=d,
                error_code=call.error_code,
            )
    return Response(status_code=204)


@router.get("/deliveries", dependencies=[allow(*DESK)])
async def deliveries(
    tx: Reader,
    context: AppContext,
    assignment_id: int | None = None,
    incident_id: int | None = None,
    report_id: int | None = None,
) -> Response:
    """What was sent about an assignment, an incident or a report, newest first (at most 200)."""
    rows = await tx.fetch(LISTED, assignment_id, incident_id, report_id)
    return _json(Deliveries([_shown(context, row) for row in rows]))


@router.post("/deliveries/{delivery_id}/replay", dependencies=[allow(*DESK)], status_code=201)
async def replay(
    request: Request, delivery_id: int, tx: Transaction, context: AppContext
) -> Response:
    """Send the words of a delivery that did not get through again, as a new delivery."""
    made = await made_once(
        request, tx, context.vault, f"replay:{delivery_id}", lambda: by_hand(tx, delivery_id)
    )
    tx.after_commit(lambda: context.bell.ring(BELL))
    new = await tx.fetchrow(BY_ID, made)
    assert new is not None
    return _json(_shown(context, new), 201)


def _shown(context: Context, row: Row) -> DeliveryOut:
    number = opened(context.vault, row["recipient_enc"])
    known = {name: row[name] for name in DeliveryOut.__struct_fields__ if name in row}
    return DeliveryOut(to=mask_phone(number), **known)


def _json(value: msgspec.Struct, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")
