"""The notifier's share of the worker, running: from an event to a ringing handset and its receipt."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial

import pytest

from core.background import running
from core.context import Context
from core.events import append
from core.events.consume import step
from core.events.kinds import AssignmentRef
from core.events.sequencer import seal
from dispatch.intake import Intake
from notifier import worker
from tests.notifier.world import World


@dataclass(slots=True)
class WorkerContext(Context):
    """As the worker process makes it."""

    intake: Intake


def with_intake(ctx: Context, intake: Intake) -> WorkerContext:
    return WorkerContext(ctx.settings, ctx.db, ctx.redis, ctx.bell, ctx.vault, intake)


async def test_an_offer_reaches_the_handset_by_itself(
    ctx: Context, intake: Intake, world: World
) -> None:
    crew, incident = await world.crew(), await world.incident()
    assignment = await world.assignment(crew, incident)
    context = with_intake(ctx, intake)
    (outbox,) = worker.consumers(context)

    async def read_on() -> None:
        while True:
            async with ctx.db.tx() as tx:
                await seal(tx)
            if not await step(ctx.db, outbox):
                await ctx.bell.wait("events", 0.05)

    ctx.db.on_events = partial(ctx.bell.ring, "events")
    async with running([*worker.tasks(context), ("read_on", read_on)]):
        async with ctx.db.tx() as tx:
            await append(
                tx,
                "assignment.offered",
                AssignmentRef(assignment_id=assignment, incident_id=incident),
                incident_id=incident,
            )
        async with asyncio.timeout(20):
            while not await world.events("delivery.delivered", assignment_id=assignment):
                await ctx.bell.wait("events", 0.05)
    (row,) = await world.deliveries("assignment_id = $1", assignment)
    assert row["delivered_at"] >= row["queued_at"]


def test_a_context_without_intake_is_refused(ctx: Context) -> None:
    with pytest.raises(TypeError, match="intake"):
        worker.tasks(ctx)
