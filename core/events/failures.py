"""Events that a consumer could not handle: listed, and handled again once the cause is mended.

The handler runs in a transaction of its own that also marks the failure resolved, so that it counts
once. Order is lost by nature: what came after was handled before; handlers look at present rows.
"""

from __future__ import annotations

import structlog

from core.db import DOWN, Database, Row, Tx
from core.errors import Unavailable
from core.events.consume import Consumer
from core.events.log import COLUMNS, event_from

log = structlog.get_logger(__name__)

OPEN = """
SELECT f.id, f.consumer, f.event_id, f.error, f.at, e.kind, e.incident_id
FROM event_failure f JOIN event e ON e.id = f.event_id
WHERE f.resolved_at IS NULL AND ($1::text IS NULL OR f.consumer = $1)
  AND ($2::bigint IS NULL OR f.event_id = $2)
ORDER BY f.event_id, f.id
"""
CLAIM = "SELECT event_id FROM event_failure WHERE id = $1 AND resolved_at IS NULL FOR UPDATE"
EVENT = f"SELECT {COLUMNS} FROM event WHERE id = $1"
RESOLVED = "UPDATE event_failure SET resolved_at = clock_timestamp() WHERE id = $1"
FAILED_AGAIN = "UPDATE event_failure SET error = $2, at = clock_timestamp() WHERE id = $1"


async def unresolved(tx: Tx, consumer: str | None = None, event_id: int | None = None) -> list[Row]:
    """Oldest first: id, consumer, event_id, error, at, kind, incident_id."""
    return await tx.fetch(OPEN, consumer, event_id)


async def handle_again(db: Database, consumer: Consumer, failure_id: int) -> str | None:
    """None when it is resolved now (or was by somebody else); else the name of the new error.

    Raises what a database that is down raises: then nothing has changed.
    """
    try:
        async with db.tx() as tx:
            event_id = await tx.fetchval(CLAIM, failure_id)
            if event_id is None:
                return None
            row = await tx.fetchrow(EVENT, event_id)
            assert row is not None  # events are never deleted
            await consumer.handler(tx, event_from(row))
            await tx.execute(RESOLVED, failure_id)
    except (*DOWN, Unavailable):
        raise
    except Exception as error:
        name = type(error).__name__
        log.exception("consumer_failed_again", consumer=consumer.name, failure_id=failure_id)
        async with db.tx() as tx:
            await tx.execute(FAILED_AGAIN, failure_id, name)
        return name
    return None
