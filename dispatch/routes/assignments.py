"""Sending units and every step of an assignment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import msgspec
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from core.access import DESK, SEES_ALL, allow
from core.actor import Actor
from core.db import Tx
from core.errors import Forbidden, NotFound
from core.moment import moment
from core.web.deps import AppContext, Reader, Transaction, Who
from core.web.once import made_once
from core.web.problems import answer as problem
from dispatch import assignments, foresight, sending, views
from dispatch.routes.incident_page import outside_times
from dispatch.routes.incident_page import seen as may_see
from dispatch.routes.reply import reply
from dispatch.steps import Outcome
from dispatch.units import crew_unit
from geo import eta
from registry.queries import staff_by_account

router = APIRouter(prefix="/api/v1", tags=["assignments"])

STEPS: dict[str, Callable[..., Awaitable[Outcome]]] = {
    "accept": assignments.accept,
    "decline": assignments.decline,
    "en-route": assignments.en_route,
    "arrive": assignments.arrive,
    "transport": assignments.transport,
    "at-facility": assignments.at_facility,
    "clear": assignments.clear,
    "recall": assignments.recall,
    "abort": assignments.abort,
}
DESK_ONLY = frozenset({"recall"})
REPLACED = frozenset({"decline", "abort"})
ROLES = (*DESK, "petugas", "opd")


class SendIn(BaseModel):
    """None named = the recommended units."""

    units: list[int] | None = Field(default=None, max_length=50)


class StepIn(BaseModel):
    """device_at: when the thumb pressed, by the device's clock."""

    reason: str | None = Field(default=None, max_length=40, pattern=r"^[a-z_]+$")
    device_at: datetime | None = None
    spoken: bool = False


@router.post(
    "/incidents/{incident_id}/assignments",
    dependencies=[allow(*DESK), Depends(outside_times)],
    status_code=201,
)
async def send(
    request: Request, tx: Transaction, context: AppContext, incident_id: int,
    body: SendIn | None = None,
) -> Response:  # fmt: skip
    """Reserve and offer, atomically. 409 names the incident that a named unit is busy on."""

    async def make() -> Any:
        sent = (
            await sending.send_named(tx, incident_id, body.units)
            if body and body.units
            else await sending.send_recommended(tx, incident_id)
        )
        return {
            "assignments": msgspec.to_builtins(sent.assignments),
            "shortfalls": [{"capability": c, "missing": n} for c, n in sent.shortfalls],
        }

    scope = f"send:{incident_id}"
    return reply(await made_once(request, tx, context.vault, scope, make), status=201)


@router.get("/incidents/{incident_id}/assignments", dependencies=[allow(*DESK, "auditor")])
async def listing(tx: Reader, who: Who, incident_id: int) -> Response:
    await may_see(tx, incident_id, who)
    rows = await tx.fetch(views.ASSIGNMENTS, incident_id)
    return reply({"assignments": [views.assignment(r) for r in rows]})


@router.post("/assignments/{assignment_id}/seen", dependencies=[allow(*ROLES)])
async def seen(tx: Transaction, who: Who, assignment_id: int) -> Response:
    """The assignment was looked at on the responder's screen."""
    await may_act(tx, who, assignment_id)
    return reply({"changed": await assignments.seen(tx, assignment_id)})


@router.post("/assignments/{assignment_id}/help", dependencies=[allow(*ROLES)])
async def call_for_help(tx: Transaction, who: Who, assignment_id: int) -> Response:
    """The crew needs help: the desk is told; nothing else changes."""
    staff_id = await may_act(tx, who, assignment_id)
    await assignments.help_(tx, assignment_id, source=source_of(who, False), staff_id=staff_id)
    return reply({"changed": True})


async def next_times(context: AppContext, assignment_id: int, step: str) -> None:
    """A dependency of the route itself, so that it runs before the handler's transaction opens."""
    if step in REPLACED and eta.current().asks_outside:
        await foresight.before_answer(context.db, assignment_id)


@router.post(
    "/assignments/{assignment_id}/{step}", dependencies=[allow(*ROLES), Depends(next_times)]
)
async def step(
    request: Request, tx: Transaction, who: Who, assignment_id: int, step: str,
    body: StepIn | None = None,
) -> Response:  # fmt: skip
    """accept, decline, en-route, arrive, transport, at-facility, clear, recall, abort.

    Repeating the present state is 200 and changes nothing; an illegal move is 409 with the state
    and the legal moves; a late move from a device keeps its stamp all the same.
    """
    act = STEPS.get(step)
    if act is None:
        raise NotFound
    body = body or StepIn()
    staff_id = await may_act(tx, who, assignment_id)
    if step in DESK_ONLY and who.role not in DESK:
        raise Forbidden("Hanya meja operator yang dapat menarik unit.")
    outcome = await act(
        tx,
        assignment_id,
        source=source_of(who, body.spoken),
        reason=body.reason,
        device_at=moment(body.device_at),
        staff_id=staff_id,
    )
    if outcome.refused is not None:
        # Answered, not raised: the observation that was kept must commit.
        return await problem(request, outcome.refused)
    return reply(
        {
            "assignment_id": assignment_id,
            "state": outcome.state,
            "changed": outcome.changed,
            "message_code": outcome.message_code,
            "replaced_by": outcome.replaced_by_code,
        }
    )


async def may_act(tx: Tx, who: Actor, assignment_id: int) -> int | None:
    """The acting staff member's id. Raises NotFound for an assignment that is not the caller's."""
    if who.role in SEES_ALL:
        return None
    assert who.account_id is not None
    person = await staff_by_account(tx, who.account_id)
    row = await tx.fetchrow(
        "SELECT a.unit_id, a.accepted_by, u.agency_id "
        "FROM assignment a JOIN unit u ON u.id = a.unit_id "
        "WHERE a.id = $1",
        assignment_id,
    )
    if row is None:
        raise NotFound
    if who.role == "opd":
        if row["agency_id"] != who.agency_id:
            raise NotFound
        return person.staff_id if person else None
    if person is None:
        raise NotFound
    if row["accepted_by"] != person.staff_id:  # who said yes to it ends it, shift or no shift
        unit = await crew_unit(tx, who.account_id)
        if unit is None or unit["id"] != row["unit_id"]:
            raise NotFound
    return person.staff_id


def source_of(who: Actor, spoken: bool) -> str:
    """Where a stamp comes from: the desk (spoken: by radio or telephone), or a device."""
    if who.role in SEES_ALL:
        return "voice" if spoken else "operator"
    return "device"
