"""The life of an assignment: every step a responder, an operator or a clock can make.

Each function works in the caller's transaction (how one step is made: dispatch/steps.py) and adds what
follows from it: clocks stop, the next unit is offered, a shift that waited ends.
"""

from __future__ import annotations

from datetime import datetime

import asyncpg

from core import timers
from core.db import Row, Tx
from dispatch import ladder
from dispatch.progress import settle, still_needed
from dispatch.states import ASSIGNMENT, INCIDENT_LIVE
from dispatch.steps import LOAD, Outcome, load, observe, say, step

REPLACED_BY = """
SELECT u.code FROM assignment a JOIN unit u ON u.id = a.unit_id
WHERE a.incident_id = $1 AND a.capability = $2 AND assignment_is_live(a.state) AND a.unit_id <> $3
ORDER BY (a.id = $4) DESC, a.id DESC LIMIT 1
"""

# What takes the unit itself out of service, and not only off this job.
DISABLING = {"breakdown": "breakdown", "crash": "breakdown", "ill": "crew"}


async def accept(
    tx: Tx, assignment_id: int, *, source: str, reason: str | None = None,
    device_at: datetime | None = None, staff_id: int | None = None,
) -> Outcome:  # fmt: skip
    """Yes. On an expired offer it still counts while the need is open and the unit free."""
    row = await load(tx, assignment_id)
    if row["state"] == "expired":
        return await _accept_late(tx, row, source, device_at, staff_id)
    outcome = await step(tx, row, "accepted", source, None, device_at, {"accepted_by": staff_id})
    if outcome.changed:
        await ladder.stop(tx, assignment_id)
    return outcome


async def decline(
    tx: Tx, assignment_id: int, *, source: str, reason: str | None = None,
    device_at: datetime | None = None, staff_id: int | None = None,
) -> Outcome:  # fmt: skip
    """No. The next best unit is offered in the same transaction."""
    row = await load(tx, assignment_id)
    outcome = await step(
        tx, row, "declined", source, reason or "declined", device_at, {"reason": reason},
        settled=False,
    )  # fmt: skip
    if outcome.changed:
        await _ended(tx, row, replace=True)
    return outcome


async def expire(tx: Tx, assignment_id: int) -> Outcome:
    """The clock ran out on an offer: it expires in the transaction that makes the next one."""
    row = await load(tx, assignment_id)
    if row["state"] != "offered":
        return Outcome(assignment_id, row["state"], False, "repeated")
    outcome = await step(tx, row, "expired", "system", "no_answer", None, {}, settled=False)
    await _ended(tx, row, replace=True)
    return outcome


async def en_route(
    tx: Tx, assignment_id: int, *, source: str, reason: str | None = None,
    device_at: datetime | None = None, staff_id: int | None = None,
) -> Outcome:  # fmt: skip
    """Under way; from a facility this begins the next trip."""
    row = await load(tx, assignment_id)
    values = {"trip": row["trip"] + 1} if row["state"] == "at_facility" else {}
    outcome = await step(tx, row, "en_route", source, None, device_at, values)
    if outcome.changed:
        await ladder.stop(tx, assignment_id)
    return outcome


async def arrive(
    tx: Tx, assignment_id: int, *, source: str, reason: str | None = None,
    device_at: datetime | None = None, staff_id: int | None = None,
) -> Outcome:  # fmt: skip
    """On scene; from transporting: back on scene."""
    return await _simple(tx, assignment_id, "on_scene", source, device_at)


async def transport(
    tx: Tx, assignment_id: int, *, source: str, reason: str | None = None,
    device_at: datetime | None = None, staff_id: int | None = None,
) -> Outcome:  # fmt: skip
    return await _simple(tx, assignment_id, "transporting", source, device_at)


async def at_facility(
    tx: Tx, assignment_id: int, *, source: str, reason: str | None = None,
    device_at: datetime | None = None, staff_id: int | None = None,
) -> Outcome:  # fmt: skip
    return await _simple(tx, assignment_id, "at_facility", source, device_at)


async def clear(
    tx: Tx, assignment_id: int, *, source: str, reason: str | None = None,
    device_at: datetime | None = None, staff_id: int | None = None,
) -> Outcome:  # fmt: skip
    """Done. An end of shift asked for during the job takes effect now."""
    row = await load(tx, assignment_id)
    outcome = await step(tx, row, "cleared", source, None, device_at, {}, settled=False)
    if outcome.changed:
        await _ended(tx, row)
    return outcome


async def recall(
    tx: Tx, assignment_id: int, *, source: str, reason: str | None = None,
    device_at: datetime | None = None, staff_id: int | None = None,
) -> Outcome:  # fmt: skip
    """Called back by the desk before it set out; after that the move is an abort."""
    row = await load(tx, assignment_id)
    to = "recalled" if ASSIGNMENT.path(row["state"], "recalled") else "aborted"
    outcome = await step(
        tx, row, to, source, reason or "recalled", device_at, {"reason": reason or "recalled"},
        settled=False,
    )  # fmt: skip
    if outcome.changed:
        await _ended(tx, row)
    return outcome


async def abort(
    tx: Tx, assignment_id: int, *, source: str, reason: str | None = None,
    device_at: datetime | None = None, staff_id: int | None = None,
) -> Outcome:  # fmt: skip
    """It cannot go on (breakdown, crash, ill, diverted, unreachable): the need is open again.

    What was dispatched automatically is replaced in the same transaction; else the desk is told. A
    unit that broke down is out of service, so that it is not sent to the next incident.
    """
    row = await load(tx, assignment_id)
    to = "aborted" if ASSIGNMENT.path(row["state"], "aborted") else "recalled"
    outcome = await step(
        tx, row, to, source, reason or "unreachable", device_at, {"reason": reason}, settled=False
    )
    if outcome.changed:
        out_reason = DISABLING.get(reason or "")
        await _ended(tx, row, replace=row["auto"], out_reason=out_reason)
    return outcome


async def offer(tx: Tx, assignment_id: int, *, source: str = "system") -> Outcome:
    """Reserved → offered: the crew is asked, and the clock starts."""
    row = await load(tx, assignment_id)
    timeout_s = await ladder.offer_timeout_s(tx, row["type"], row["priority"])
    expires = await tx.fetchval(
        "SELECT clock_timestamp() + make_interval(secs => $1)", float(timeout_s)
    )
    outcome = await step(tx, row, "offered", source, None, None, {"expires_at": expires})
    if outcome.changed:
        await timers.cancel(tx, "assignment.offer", assignment_id)
        await ladder.start(tx, assignment_id, timeout_s)
    return outcome


async def delivered(tx: Tx, assignment_id: int, *, source: str = "gateway") -> bool:
    """The message reached the phone (first time only)."""
    return await _stamp_once(tx, assignment_id, "delivered")


async def seen(tx: Tx, assignment_id: int, *, source: str = "device") -> bool:
    """A person looked at it (first time only)."""
    return await _stamp_once(tx, assignment_id, "seen")


async def help_(tx: Tx, assignment_id: int, *, source: str, staff_id: int | None = None) -> None:
    """The crew asks for help: an event for the desk, no change of state."""
    row = await load(tx, assignment_id)
    await say(tx, row, "assignment.help", source=source)


async def _ended(tx: Tx, row: Row, *, replace: bool = False, out_reason: str | None = None) -> None:
    """What follows from the end of an assignment: clocks stop, the unit is free (or out of service),
    the next one is offered, and the incident's state is what is left."""
    await ladder.stop(tx, row["id"])
    await ladder.freed(tx, row, out_reason)
    replacement = await ladder.replace(tx, row) if replace else None
    if replacement is not None:
        await offer(tx, replacement.assignment_id)
    await settle(tx, row["incident_id"])


async def _simple(
    tx: Tx, assignment_id: int, to: str, source: str, device_at: datetime | None
) -> Outcome:
    row = await load(tx, assignment_id)
    outcome = await step(tx, row, to, source, None, device_at, {})
    if outcome.changed:
        await ladder.stop(tx, assignment_id)
    return outcome


async def _accept_late(
    tx: Tx, row: Row, source: str, device_at: datetime | None, staff_id: int | None
) -> Outcome:
    wanted = row["incident_state"] in INCIDENT_LIVE and await still_needed(
        tx, row["incident_id"], row["capability"]
    )
    # Held until the end, so that nobody takes it off duty between our look and our write.
    unit = await tx.fetchrow(
        "SELECT state, busy FROM unit WHERE id = $1 FOR UPDATE", row["unit_id"]
    )
    if wanted and unit is not None and unit["state"] == "available" and not unit["busy"]:
        try:
            async with tx.savepoint():
                outcome = await step(
                    tx, row, "accepted", source, None, device_at,
                    {
                        "accepted_by": staff_id,
                        "ended_at": None,
                        "clock_round": row["incident_round"],
                    },
                )  # fmt: skip
            return Outcome(outcome.assignment_id, "accepted", True, "late_accepted")
        except asyncpg.UniqueViolationError:
            pass  # the unit was taken for something else between our look and our write
    code = await tx.fetchval(
        REPLACED_BY, row["incident_id"], row["capability"], row["unit_id"], row["replaced_by"]
    )
    await observe(tx, row, "accepted", source, device_at)
    await say(tx, row, "assignment.late", source=source)
    return Outcome(row["id"], "expired", False, "replaced" if code else "not_needed", code)


async def _stamp_once(tx: Tx, assignment_id: int, what: str) -> bool:
    changed = await tx.fetchval(
        f"UPDATE assignment SET {what}_at = clock_timestamp(), version = version + 1 "
        f"WHERE id = $1 AND {what}_at IS NULL RETURNING id",
        assignment_id,
    )
    if changed is None:
        return False
    row = await tx.fetchrow(LOAD, assignment_id)
    assert row is not None
    await say(tx, row, f"assignment.{what}")
    return True
