"""What the notifier runs in the worker: the outbox, two senders, look-ups, sweeps, reconciliation."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from core.background import Task
from core.context import Context
from core.events.consume import Consumer
from core.timers import Handler
from dispatch.intake import Intake
from notifier import inbound, lookup, outbox, queue, reconcile, retention
from notifier.gateways import open_gateways
from notifier.gateways.base import Gateway
from notifier.sender import Sender

SWEEP_EVERY_S = 1.0
LOOKUP_EVERY_S = 1.0
INBOUND_EVERY_S = 2.0
RECONCILE_EVERY_S = 30.0
"""How long an SMS may wait that came while only the web process was away."""
PROBE_EVERY_S = 2.0
RETENTION_EVERY_S = 3_600.0


def tasks(context: Context) -> list[Task]:
    """Each runs for ever and is started again when it fails; gateways live as long as the process.

    `context` is the worker's, with the process's intake. Raises GatewayMisconfigured when a
    configured gateway cannot be opened.
    """
    gateways = open_gateways(context)
    intake = getattr(context, "intake", None)
    if not isinstance(intake, Intake):
        raise TypeError("the worker's context has no intake")
    return [
        ("gateways", partial(hold, gateways)),
        ("send_life", Sender(context, gateways, "life").run),
        ("send_normal", Sender(context, gateways, "normal").run),
        ("lookup", partial(every, LOOKUP_EVERY_S, partial(lookup.step, context, gateways))),
        ("delivery_sweep", partial(every, SWEEP_EVERY_S, partial(sweep, context))),
        ("inbound_sweep", partial(every, INBOUND_EVERY_S, partial(inbound.sweep, context, intake))),
        (
            "reconcile",
            partial(reconcile_often, context, intake, gateways),
        ),
        ("message_retention", partial(every, RETENTION_EVERY_S, partial(retention.step, context))),
    ]


def consumers(context: Context) -> list[Consumer]:
    return [outbox.consumer(context)]


def timers(context: Context) -> dict[str, Handler]:
    """Deliveries keep their own clocks in their rows."""
    del context
    return {}


async def hold(gateways: Mapping[str, Gateway]) -> None:
    """Nothing, until the process ends: then the gateways' connections are closed."""
    try:
        await asyncio.Event().wait()
    finally:
        for gateway in gateways.values():
            await gateway.close()


async def reconcile_often(
    context: Context, intake: Intake, gateways: Mapping[str, Gateway]
) -> None:
    """A round now and then, and at once when the database is back after it was away: that is when
    no provider could hand us anything. A probe that fails ends this task, which is started anew."""
    while True:
        await reconcile.step(context, intake, gateways)
        for _ in range(round(RECONCILE_EVERY_S / PROBE_EVERY_S)):
            await asyncio.sleep(PROBE_EVERY_S)
            async with context.db.read() as tx:
                await tx.fetchval("SELECT 1")


async def sweep(context: Context) -> None:
    async with context.db.tx() as tx:
        await queue.sweep(tx)


async def every(seconds: float, work: Callable[[], Awaitable[object]]) -> None:
    while True:
        await work()
        await asyncio.sleep(seconds)
