"""What dispatch does by itself: clocks of offers and of taken incidents, receipts of messages."""

from __future__ import annotations

import asyncio
from functools import partial

from core.background import Task
from core.context import Context
from core.db import Tx
from core.errors import IllegalMove, NotFound
from core.events import Event
from core.events.consume import Consumer
from core.timers import Handler, Timer
from dispatch import assignments, foresight, handover, ladder, on_call, taking, unattended
from dispatch.steps import load
from geo import eta

WATCH_EVERY_S = 10.0


def tasks(context: Context) -> list[Task]:
    wanted: list[Task] = [("desk_watch", partial(watch, context))]
    if eta.current().asks_outside:
        wanted.append(("next_times", partial(foresight.watch, context)))
    return wanted


def consumers(_context: Context) -> list[Consumer]:
    return [Consumer("dispatch.receipts", on_receipt, ("delivery.delivered", "delivery.read"))]


def timers(_context: Context) -> dict[str, Handler]:
    return {
        "assignment.offer": on_offer_due,
        "assignment.expire": on_expired,
        "assignment.nudge": on_nudge_due,
        "assignment.on_call": on_ask_again,
        "incident.untouched": on_untouched,
        "handover.timeout": on_handover_due,
    }


async def watch(context: Context) -> None:
    """Whether somebody sits at a console, while work waits."""
    while True:
        async with context.db.tx() as tx:
            await unattended.look(tx)
        await asyncio.sleep(WATCH_EVERY_S)


async def on_receipt(tx: Tx, event: Event) -> None:
    """The crew's phone has the offer (or somebody read it): stamp the assignment."""
    assignment_id = event.payload.get("assignment_id")
    if assignment_id is None:
        return
    await assignments.delivered(tx, assignment_id)
    if event.kind == "delivery.read":
        await assignments.seen(tx, assignment_id)


async def on_offer_due(tx: Tx, timer: Timer) -> None:
    """The veto window of an automatic dispatch is over."""
    row = await load(tx, timer.subject_id)
    if row["state"] == "reserved":
        await assignments.offer(tx, timer.subject_id)


async def on_expired(tx: Tx, timer: Timer) -> None:
    await assignments.expire(tx, timer.subject_id)


async def on_nudge_due(tx: Tx, timer: Timer) -> None:
    await ladder.nudge(tx, await load(tx, timer.subject_id))


async def on_ask_again(tx: Tx, timer: Timer) -> None:
    """Nobody has taken it since the people on call were asked."""
    await on_call.ask_again(tx, timer.subject_id)


async def on_untouched(tx: Tx, timer: Timer) -> None:
    """Taken by name and nothing done: back to the sounding queue."""
    try:
        await taking.release_untouched(tx, timer.subject_id)
    except NotFound:
        return


async def on_handover_due(tx: Tx, timer: Timer) -> None:
    """Nobody answered the hand-over: it stays ours and stands in the attention list."""
    try:
        await handover.answer(tx, timer.subject_id, "timed_out")
    except IllegalMove:  # answered while this timer waited for the incident
        return
