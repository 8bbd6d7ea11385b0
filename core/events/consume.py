"""Consumers: what reacts to events. The reaction and the moved cursor are one transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from core.db import CLAIM_IDLE_S, DOWN, Database, Tx
from core.errors import Unavailable
from core.events.log import Event, read

Handler = Callable[[Tx, Event], Awaitable[None]]

log = structlog.get_logger(__name__)

CLAIM = "SELECT position FROM event_cursor WHERE name = $1 FOR UPDATE SKIP LOCKED"
ENSURE = "INSERT INTO event_cursor (name, position) VALUES ($1, $2) ON CONFLICT DO NOTHING"
ADVANCE = "UPDATE event_cursor SET position = $2 WHERE name = $1"
SET_ASIDE = """
INSERT INTO event_failure (consumer, event_id, error) VALUES ($1, $2, $3)
ON CONFLICT (consumer, event_id) DO UPDATE SET error = excluded.error, at = clock_timestamp()
"""


@dataclass(frozen=True, slots=True)
class Consumer:
    """`kinds` limits what the handler is called for (exact names or prefixes ending in '.')."""

    name: str
    handler: Handler
    kinds: tuple[str, ...] = ()

    def wants(self, kind: str) -> bool:
        return not self.kinds or any(
            kind == k or (k.endswith(".") and kind.startswith(k)) for k in self.kinds
        )


async def step(db: Database, consumer: Consumer, limit: int = 200) -> int:
    """Handle the next events; returns how many were passed. 0: nothing new, or another holds it.

    An event whose handler fails is undone alone, set aside in `event_failure` and logged: one
    poison event must not hold up those behind it. A database that goes down is not a failure of
    the event: the whole step is repeated later.
    """
    async with db.tx(idle_s=CLAIM_IDLE_S) as tx:
        position = await tx.fetchval(CLAIM, consumer.name)
        if position is None:
            await tx.execute(ENSURE, consumer.name, 0)
            return 0
        events = await read(tx, position, limit)
        if not events:
            return 0
        for event in events:
            if consumer.wants(event.kind):
                await _handle(tx, consumer, event)
        await tx.execute(ADVANCE, consumer.name, events[-1].position)
        return len(events)


async def _handle(tx: Tx, consumer: Consumer, event: Event) -> None:
    try:
        async with tx.savepoint():
            await consumer.handler(tx, event)
    except (*DOWN, Unavailable):
        raise
    except Exception as error:
        log.exception("consumer_failed", consumer=consumer.name, event_id=event.id, kind=event.kind)
        await tx.execute(SET_ASIDE, consumer.name, event.id, type(error).__name__)
