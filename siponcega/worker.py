"""The worker process: seals events, lets rooms react to them, runs timers and the rooms' own tasks.

Any number may run: each piece of work is claimed in the database.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import uvloop

import programs.worker
import registry.worker
from core import heartbeat, logs, memory, published, timers
from core.background import Task, running
from core.context import Context, open_context
from core.db import CLAIM_IDLE_S, Database
from core.events import sequencer
from core.events.consume import Consumer, step
from core.files import store
from core.settings import Settings, get_settings
from core.wake import Bell
from dispatch import worker as dispatch
from dispatch.intake import Intake
from geo import eta
from geo.geography import Geography
from geo.roads.live import Roads
from notifier import worker as notifier
from siponcega.purge import purge

ROOMS = (registry.worker, dispatch, notifier, programs.worker)

# How long lost rings may cost; each poll is one tiny indexed read.
SEAL_POLL_S = 0.05
CONSUME_POLL_S = 0.25
TIMER_POLL_S = 0.25
SWEEP_EVERY_S = 5.0
BEAT_EVERY_S = 5.0
PUBLISH_EVERY_S = 15.0
FILES_EVERY_S = 3600.0
PURGE_EVERY_S = 86_400.0


@dataclass(slots=True)
class WorkerContext(Context):
    """The core's context, and what the rooms made of it. Handed to every room's tasks."""

    geography: Geography
    roads: Roads
    intake: Intake


async def seal_events(db: Database, bell: Bell) -> None:
    """The sequencer of the log (core/events/sequencer.py)."""
    while True:
        async with db.tx(idle_s=CLAIM_IDLE_S) as tx:
            sealed = await sequencer.seal(tx)
        if sealed:
            bell.ring("head")
        if sealed < sequencer.BATCH:
            await bell.wait("events", SEAL_POLL_S)


async def consume(db: Database, bell: Bell, consumer: Consumer) -> None:
    ear = bell.ear("head")
    while True:
        if not await step(db, consumer):
            await ear.wait(CONSUME_POLL_S)


async def run_timers(db: Database, handlers: Mapping[str, timers.Handler]) -> None:
    kinds = list(handlers)
    while True:
        while await timers.run_due(db, handlers):
            pass
        async with db.read() as tx:
            due = await timers.next_due_s(tx, kinds)
        await asyncio.sleep(TIMER_POLL_S if due is None else min(max(due, 0.0), TIMER_POLL_S))


async def every(seconds: float, work: Callable[[], Awaitable[object]]) -> None:
    while True:
        await work()
        await asyncio.sleep(seconds)


async def beat(db: Database) -> None:
    async with db.tx() as tx:
        await heartbeat.beat(tx, "worker")


async def publish(db: Database) -> None:
    async with db.tx() as tx:
        await published.publish(tx, "worker")


async def sweep_files(context: Context) -> None:
    async with context.db.tx() as tx:
        await store.sweep(tx, context.settings.uploads_dir)


def tasks_of(context: WorkerContext) -> list[Task]:
    """Everything this process does, by name."""
    db, bell = context.db, context.bell
    tasks: list[Task] = [
        ("bell", bell.run),
        ("sequencer", partial(seal_events, db, bell)),
        ("geography", partial(context.geography.keep_fresh, db, memory.settle)),
        ("roads", partial(context.roads.keep_fresh, db, bell, memory.settle)),
        ("heartbeat", partial(every, BEAT_EVERY_S, partial(beat, db))),
        ("metrics", partial(every, PUBLISH_EVERY_S, partial(publish, db))),
        ("intake_sweep", partial(every, SWEEP_EVERY_S, context.intake.sweep)),
        ("files", partial(every, FILES_EVERY_S, partial(sweep_files, context))),
        ("retention", partial(every, PURGE_EVERY_S, partial(purge, db, context.settings))),
    ]
    handlers: dict[str, timers.Handler] = {}
    for room in ROOMS:
        tasks += room.tasks(context)
        handlers |= room.timers(context)
    tasks += [(c.name, partial(consume, db, bell, c)) for c in consumers_of(context)]
    tasks.append(("timers", partial(run_timers, db, handlers)))
    return tasks


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[WorkerContext]:
    """The context of a worker, connected; closed at the end."""
    async with open_context(settings) as core:
        async with core.db.read() as tx:
            geography = await Geography.load(tx, settings.city)
        roads = await Roads.load(core.db, settings)
        eta.use(roads)
        try:
            yield WorkerContext(
                core.settings, core.db, core.redis, core.bell, core.vault, geography, roads,
                Intake(core, geography, eta.current()),
            )  # fmt: skip
        finally:
            await roads.close()


def consumers_of(context: WorkerContext) -> list[Consumer]:
    """Everything that reacts to events, in the order of the rooms."""
    return [consumer for room in ROOMS for consumer in room.consumers(context)]


async def run() -> None:
    """Until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with opened(get_settings()) as context, running(tasks_of(context)):
        memory.settle()
        await stop.wait()


def main() -> int:
    settings = get_settings()
    logs.configure(settings.log_level, settings.log_file)
    uvloop.run(run())
    return 0
