"""An offer is answered or escalates (invariant 6): clocks, the next unit, then people on call.

A replacement is reserved and offered in the very transaction in which the old offer ends.
"""

from __future__ import annotations

from core import timers
from core.db import Row, Tx
from core.events import append
from core.events.kinds import LadderStep
from core.machine import move
from dispatch import on_call
from dispatch.reserve import Reserved, reserve_best
from dispatch.states import INCIDENT_LIVE, UNIT
from geo import eta

DEFAULT_TIMEOUT_S = 60
NUDGE_SHARE = 1 / 3

TIMEOUT = "SELECT offer_timeout_s FROM run_card WHERE type = $1 AND priority = $2"

# Also who was recalled: an operator's veto, or a breakdown before it set out.
TRIED = """
SELECT array_agg(DISTINCT unit_id) FROM assignment
WHERE incident_id = $1 AND clock_round = $2 AND state NOT IN ('planned', 'cleared')
"""

# Somebody has answered by name for not meeting it; what was never a need is replaced all the same.
WAIVED = """
SELECT coalesce(bool_and(waived_at IS NOT NULL), false) FROM need
WHERE incident_id = $1 AND capability = $2
"""


async def offer_timeout_s(tx: Tx, type_: str, priority: str) -> int:
    """Seconds until an offer for this kind of incident expires."""
    value = await tx.fetchval(TIMEOUT, type_, priority)
    return int(value or DEFAULT_TIMEOUT_S)


async def start(tx: Tx, assignment_id: int, timeout_s: int) -> None:
    """The clocks of an offer."""
    await timers.schedule(tx, "assignment.expire", assignment_id, timeout_s)
    await timers.schedule(tx, "assignment.nudge", assignment_id, timeout_s * NUDGE_SHARE)


async def stop(tx: Tx, assignment_id: int) -> None:
    """Answered: no clock of the offer runs on."""
    for kind in ("assignment.offer", "assignment.expire", "assignment.nudge"):
        await timers.cancel(tx, kind, assignment_id)


async def nudge(tx: Tx, assignment: Row) -> None:
    """Nobody has been reached yet: the notifier sends it once more."""
    if assignment["state"] != "offered" or assignment["delivered_at"] is not None:
        return
    await append(
        tx,
        "ladder.step_due",
        LadderStep(
            incident_id=assignment["incident_id"],
            assignment_id=assignment["id"],
            step=1,
            channel="sms",
        ),
        incident_id=assignment["incident_id"],
        subject=("assignment", assignment["id"]),
    )


async def replace(tx: Tx, assignment: Row) -> Reserved | None:
    """Reserve the next best unit for the same need; the caller offers it.

    When no unit is left, the ladder is exhausted: people on call are told, and the shortfall stays
    in the attention list.
    """
    incident_id = assignment["incident_id"]
    if assignment["incident_state"] not in INCIDENT_LIVE:
        return None
    if await tx.fetchval(WAIVED, incident_id, assignment["capability"]):
        return None
    got: list[Reserved] = []
    if assignment["lon"] is not None:
        tried = await tx.fetchval(TRIED, incident_id, assignment["incident_round"])
        got = await reserve_best(
            tx,
            eta.current(),
            incident_id=incident_id,
            capability=assignment["capability"],
            count=1,
            lon=assignment["lon"],
            lat=assignment["lat"],
            exclude=tried or (),
            auto=assignment["auto"],
        )
    if got:
        await tx.execute(
            "UPDATE assignment SET replaced_by = $2 WHERE id = $1",
            assignment["id"],
            got[0].assignment_id,
        )
        return got[0]
    await on_call.ask(tx, assignment)
    return None


async def freed(tx: Tx, assignment: Row, out_reason: str | None = None) -> None:
    """A unit has no job any more: an end of shift asked for during it is applied now.

    out_reason: why it cannot take another one; it goes out of service.
    """
    pending = await tx.fetchval(
        "SELECT pending_state FROM unit WHERE id = $1 FOR UPDATE", assignment["unit_id"]
    )
    to = "out_of_service" if out_reason else pending
    if to is None:
        return
    await tx.execute(
        "UPDATE unit SET pending_state = NULL WHERE id = $1 AND pending_state IS NOT NULL",
        assignment["unit_id"],
    )
    await move(
        tx,
        UNIT,
        assignment["unit_id"],
        to,
        values={"out_reason": out_reason} if out_reason else None,
        payload={"unit_code": assignment["unit_code"]},
        reason=out_reason or "end_of_job",
    )
