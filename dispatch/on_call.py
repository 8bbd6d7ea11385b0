"""People on call: asked when no unit is left for a need, and again until the need is met or one of
them, or the desk, takes the incident by name (invariant 6)."""

from __future__ import annotations

from core import timers
from core.db import Row, Tx
from core.events import append
from core.events.kinds import LadderStep
from dispatch.progress import still_needed
from dispatch.states import INCIDENT_LIVE
from dispatch.steps import load

AGAIN_S = 600.0
"""Not sooner than the notifier's own pause between two such messages to one person."""


async def ask(tx: Tx, assignment: Row) -> None:
    """No unit is left after this assignment: the ladder is exhausted. The incident is locked."""
    incident_id = assignment["incident_id"]
    step = LadderStep(
        incident_id=incident_id, assignment_id=assignment["id"], step=9, channel="sms"
    )
    for kind in ("ladder.exhausted", "ladder.step_due"):
        await append(tx, kind, step, incident_id=incident_id, subject=("incident", incident_id))
    await timers.schedule(tx, "assignment.on_call", assignment["id"], AGAIN_S)


async def ask_again(tx: Tx, assignment_id: int) -> bool:
    """The time has come; whether they were asked. While somebody has it, only looked at again."""
    row = await load(tx, assignment_id)
    if row["incident_state"] not in INCIDENT_LIVE or not await still_needed(
        tx, row["incident_id"], row["capability"]
    ):
        return False
    if row["taken"]:
        await timers.schedule(tx, "assignment.on_call", assignment_id, AGAIN_S)
        return False
    await ask(tx, row)
    return True
