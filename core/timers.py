"""Timers in the database: what must happen at a time survives every restart (invariant 6).

A due timer is claimed with SKIP LOCKED, and its handler runs in the same transaction that marks it
done: either both happen or neither. A handler must not call out; it writes rows and events.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec
import structlog

from core.db import CLAIM_IDLE_S, DOWN, Database, Row, Tx
from core.errors import Unavailable

log = structlog.get_logger(__name__)

RETRY_S = 5.0
MAX_RETRY_S = 300.0

SCHEDULE = """
INSERT INTO timer (kind, subject_id, due_at, payload)
VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3), $4)
ON CONFLICT (kind, subject_id) WHERE done_at IS NULL
DO UPDATE SET due_at = excluded.due_at, payload = excluded.payload, attempts = 0
RETURNING id
"""
# A timer whose handler runs at this moment is left to it: the handler waits for the row that the
# canceller holds, and would be waited for here.
CANCEL = """
UPDATE timer SET done_at = clock_timestamp()
WHERE id = (SELECT id FROM timer WHERE kind = $1 AND subject_id = $2 AND done_at IS NULL
            FOR UPDATE SKIP LOCKED)
"""
CLAIM = """
SELECT id, kind, subject_id, due_at, payload, attempts FROM timer
WHERE done_at IS NULL AND due_at <= clock_timestamp() AND kind = ANY($1)
ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
"""
DONE = "UPDATE timer SET done_at = clock_timestamp() WHERE id = $1"
PUT_OFF = """
UPDATE timer SET attempts = attempts + 1, due_at = clock_timestamp() + make_interval(secs => $2)
WHERE id = $1
"""
NEXT_DUE = """
SELECT extract(epoch FROM min(due_at) - clock_timestamp())::float8 FROM timer
WHERE done_at IS NULL AND kind = ANY($1)
"""


class Timer(msgspec.Struct, frozen=True):
    """A due timer as its handler sees it."""

    id: int
    kind: str
    subject_id: int
    due_at: datetime
    payload: dict[str, Any]
    attempts: int


Handler = Callable[[Tx, Timer], Awaitable[None]]


async def schedule(
    tx: Tx, kind: str, subject_id: int, after_s: float, payload: dict[str, Any] | None = None
) -> int:
    """Due in `after_s` seconds; an open timer of the same kind and subject is moved instead."""
    timer_id: int = await tx.fetchval(SCHEDULE, kind, subject_id, float(after_s), payload or {})
    return timer_id


async def cancel(tx: Tx, kind: str, subject_id: int) -> None:
    """Nothing happens when it is not open. A handler must still look whether it is wanted: one that
    was claimed before this call runs after it."""
    await tx.execute(CANCEL, kind, subject_id)


async def next_due_s(tx: Tx, kinds: list[str]) -> float | None:
    """Seconds until the next timer is due (negative: overdue), None without one."""
    value: float | None = await tx.fetchval(NEXT_DUE, kinds)
    return value


async def run_due(db: Database, handlers: Mapping[str, Handler]) -> bool:
    """Handle one due timer; whether there was one. A failing handler is put off, not lost."""
    async with db.tx(idle_s=CLAIM_IDLE_S) as tx:
        row = await tx.fetchrow(CLAIM, list(handlers))
        if row is None:
            return False
        await _handle(tx, handlers[row["kind"]], row)
        return True


async def _handle(tx: Tx, handler: Handler, row: Row) -> None:
    timer = Timer(*row.values())
    try:
        async with tx.savepoint():
            # First, so that a handler may schedule the next of the same kind and subject.
            await tx.execute(DONE, timer.id)
            await handler(tx, timer)
    except (*DOWN, Unavailable):
        raise
    except Exception:
        log.exception("timer_failed", kind=timer.kind, timer_id=timer.id)
        await tx.execute(PUT_OFF, timer.id, min(RETRY_S * 2**timer.attempts, MAX_RETRY_S))
