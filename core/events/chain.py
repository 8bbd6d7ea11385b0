"""The hash chain over the event log, and its verifier.

hash(n) = SHA-256( hash(n-1) || canonical bytes of event n ), from 32 zero bytes. The canonical bytes
hold every column of the row, so one changed byte, a removed or an inserted row breaks the chain at
that position. A chain rewritten as a whole is caught against an anchor: the head that backups,
the log and `siponcega audit verify --anchor` wrote down earlier.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator

import msgspec

from core.db import Row, Tx

GENESIS = bytes(32)

# Times as microseconds and the payload as PostgreSQL's own normalised text: the same on every read.
CANONICAL = """id, kind, incident_id, subject_type, subject_id, audience, agencies, actor_kind,
       actor_id, (extract(epoch FROM at) * 1000000)::bigint AS at_us,
       (extract(epoch FROM device_at) * 1000000)::bigint AS device_us, payload::text AS body"""

VERIFY = f"""
SELECT position, hash, {CANONICAL}
FROM event WHERE position > $1 AND position <= $2 ORDER BY position LIMIT 2000
"""

HEAD = "SELECT position, hash FROM event_head WHERE id = 1"
BEYOND = """
SELECT min(position) FROM event WHERE position > (SELECT position FROM event_head WHERE id = 1)
"""

_encode = msgspec.json.Encoder().encode


def link(previous: bytes, position: int, row: Row) -> bytes:
    """The hash of the event at `position`; `row` has the CANONICAL columns."""
    fields = (
        position, row["id"], row["kind"], row["incident_id"], row["subject_type"],
        row["subject_id"], row["audience"], row["agencies"], row["actor_kind"], row["actor_id"],
        row["at_us"], row["device_us"], row["body"],
    )  # fmt: skip
    return hashlib.sha256(previous + _encode(fields)).digest()


class Verdict(msgspec.Struct, frozen=True):
    """`ok`, or the first position that does not fit and what is wrong there."""

    ok: bool
    checked: int
    head: str
    broken_at: int | None = None
    event_id: int | None = None
    problem: str | None = None


async def verify(tx: Tx, *, anchor: tuple[int, str] | None = None) -> Verdict:
    """Recompute the whole chain. `anchor` = (position, hex hash) noted earlier.

    Up to the head as it was at the beginning: the log may grow meanwhile.
    """
    head = await tx.fetchrow(HEAD)
    assert head is not None
    previous, expected, checked = GENESIS, 1, 0
    async for row in _rows(tx, head["position"]):
        position = row["position"]
        if position != expected:
            return _broken(checked, previous, expected, None, f"position {expected} is missing")
        previous = link(previous, position, row)
        if previous != row["hash"]:
            return _broken(checked, previous, position, row["id"], "content does not fit its hash")
        if anchor and position == anchor[0] and previous.hex() != anchor[1]:
            return _broken(checked, previous, position, row["id"], "differs from the anchor")
        expected, checked = position + 1, checked + 1
    if (head["position"], head["hash"]) != (checked, previous):
        return _broken(checked, previous, expected, None, "the head names events that are missing")
    if (beyond := await tx.fetchval(BEYOND)) is not None:
        return _broken(checked, previous, beyond, None, "events beyond the head")
    if anchor and anchor[0] > checked:
        return _broken(checked, previous, expected, None, "shorter than the anchor")
    return Verdict(ok=True, checked=checked, head=previous.hex())


async def _rows(tx: Tx, until: int) -> AsyncIterator[Row]:
    after = 0
    while rows := await tx.fetch(VERIFY, after, until):
        for row in rows:
            yield row
        after = rows[-1]["position"]


def _broken(checked: int, head: bytes, at: int, event_id: int | None, problem: str) -> Verdict:
    return Verdict(False, checked, head.hex(), at, event_id, problem)
