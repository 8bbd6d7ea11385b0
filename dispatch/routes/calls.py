"""Telephone: the exchange's webhook, and what the operator does with a call."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from core.access import DESK, allow, gateway
from core.actor import Actor
from core.phone import normalize
from core.web.deps import AppContext, Transaction, Who
from core.web.once import made_once
from dispatch import calls
from dispatch.routes.reply import reply

router = APIRouter(prefix="/api/v1", tags=["calls"])

EXCHANGE = Actor("gateway", name="phone")


class CallEventIn(BaseModel):
    event: str
    call_id: str = Field(min_length=1, max_length=100)
    phone: str | None = Field(default=None, max_length=40)
    line: str | None = Field(default=None, max_length=20)


class BeginIn(BaseModel):
    phone: str | None = Field(default=None, max_length=40)
    line: str | None = Field(default=None, max_length=20)


class OutcomeIn(BaseModel):
    outcome: str | None = None


@router.post("/inbound/phone", dependencies=[gateway("phone")])
async def exchange(request: Request, context: AppContext, body: CallEventIn) -> Response:
    """ringing, answered, ended; idempotent by call id, any order."""
    contact_id = await calls.call_event(
        context, EXCHANGE, body.event, body.call_id, normalize(body.phone), body.line,
        await request.body(),
    )  # fmt: skip
    return reply({"contact_id": contact_id})


@router.post("/contacts/phone", dependencies=[allow(*DESK)], status_code=201)
async def begin(
    request: Request, tx: Transaction, context: AppContext, who: Who, body: BeginIn
) -> Response:
    """The operator's N: a call on the line, claimed."""
    raw = await request.body()

    async def make() -> Any:
        assert who.account_id is not None
        contact_id = await calls.begin(
            tx, context.vault, normalize(body.phone), body.line, who.account_id, raw
        )
        return {"contact_id": contact_id}

    return reply(await made_once(request, tx, context.vault, "call", make), status=201)


@router.post("/contacts/{contact_id}/answer", dependencies=[allow(*DESK)])
async def answer(tx: Transaction, who: Who, contact_id: int) -> Response:
    assert who.account_id is not None
    row = await calls.answer(tx, contact_id, who.account_id)
    return reply({"contact_id": contact_id, "state": row["state"]})


@router.post("/contacts/{contact_id}/end", dependencies=[allow(*DESK)])
async def end(tx: Transaction, contact_id: int, body: OutcomeIn | None = None) -> Response:
    row = await calls.end(tx, contact_id, body.outcome if body else None)
    return reply({"contact_id": contact_id, "state": row["state"]})


@router.post("/contacts/{contact_id}/called-back", dependencies=[allow(*DESK)])
async def called_back(tx: Transaction, contact_id: int, body: OutcomeIn | None = None) -> Response:
    row = await calls.called_back(tx, contact_id, body.outcome if body else None)
    return reply({"contact_id": contact_id, "state": row["state"]})
