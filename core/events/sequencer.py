"""Gives committed events their position and hash: the one writer of order.

Writers insert events in parallel, without a lock and without a position. A row that commits late
would be skipped by a reader that goes by id; so nobody reads by id. One sequencer at a time (it
holds the `event_head` row) takes the committed rows without position in id order, appends them to
the log, and rings. Per incident this is causal: the event is inserted after the guarded UPDATE of
its row, so a later event of the same row has a higher id and cannot be visible before the earlier.
"""

from __future__ import annotations

from core.db import Tx
from core.events.chain import CANONICAL, link

CHANNEL = "event_head"
BATCH = 1_000

LOCK_HEAD = "SELECT position, hash FROM event_head WHERE id = 1 FOR UPDATE SKIP LOCKED"

UNSEALED = f"SELECT {CANONICAL} FROM event WHERE position IS NULL ORDER BY id LIMIT $1"

SEAL = """
WITH sealed AS (
    UPDATE event SET position = s.position, hash = s.hash
    FROM unnest($1::bigint[], $2::bigint[], $3::bytea[]) AS s(id, position, hash)
    WHERE event.id = s.id
)
UPDATE event_head SET position = $4, hash = $5 WHERE id = 1
"""


async def seal(tx: Tx, batch: int = BATCH) -> int:
    """Seal up to `batch` events; returns how many. 0 also when another process holds the head."""
    head = await tx.fetchrow(LOCK_HEAD)
    if head is None:
        return 0
    rows = await tx.fetch(UNSEALED, batch)
    if not rows:
        return 0
    position, previous = head["position"], head["hash"]
    ids, positions, hashes = [], [], []
    for row in rows:
        position += 1
        previous = link(previous, position, row)
        ids.append(row["id"])
        positions.append(position)
        hashes.append(previous)
    await tx.execute(SEAL, ids, positions, hashes, position, previous)
    # Only the sequencer notifies: NOTIFY takes a lock at commit that would serialise all writers.
    await tx.execute(f"NOTIFY {CHANNEL}, '{position}'")
    return len(rows)
