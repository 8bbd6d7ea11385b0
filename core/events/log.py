"""Append to the event log and read it by position."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from core.db import Row, Tx
from core.events.kinds import KINDS, Audience, Payload

APPEND = """
INSERT INTO event (kind, incident_id, subject_type, subject_id, audience, agencies,
                   actor_kind, actor_id, device_at, payload)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
RETURNING id
"""

COLUMNS = """id, position, kind, incident_id, subject_type, subject_id, audience, agencies,
       actor_kind, actor_id, at, device_at, payload"""

READ = f"""
SELECT {COLUMNS}
FROM event WHERE position > $1 ORDER BY position LIMIT $2
"""

TIMELINE = f"""
SELECT {COLUMNS}
FROM event WHERE incident_id = $1 AND id > $2 ORDER BY id LIMIT $3
"""


class Event(msgspec.Struct, frozen=True):
    """One committed fact at its place in the log. `position` is None until sealed."""

    id: int
    position: int | None
    kind: str
    incident_id: int | None
    subject_type: str | None
    subject_id: int | None
    audience: Audience
    agencies: list[int]
    actor_kind: str
    actor_id: int | None
    at: datetime
    device_at: datetime | None
    payload: dict[str, Any]

    def visible_to(self, visibility: str) -> bool:
        """Whether a console of this visibility class ('desk' or 'agency:<id>') may see it."""
        if self.audience == "internal":
            return False
        if visibility == "desk" or self.audience == "staff":
            return True
        return self.audience == "agencies" and visibility in {f"agency:{a}" for a in self.agencies}


async def append(
    tx: Tx,
    kind: str,
    payload: Payload,
    *,
    incident_id: int | None = None,
    subject: tuple[str, int] | None = None,
    audience: Audience | None = None,
    agencies: Iterable[int] = (),
    device_at: datetime | None = None,
) -> int:
    """Write one event in the caller's transaction and return its id.

    Call it after the guarded UPDATE or INSERT of the row it speaks of: the row lock then makes
    ids causal per row. Raises KeyError for an undeclared kind, TypeError for another payload.
    """
    declared = KINDS[kind]
    if type(payload) is not declared.payload:
        raise TypeError(f"{kind} takes {declared.payload.__name__}")
    tx.events += 1
    subject_type, subject_id = subject if subject else (None, None)
    event_id: int = await tx.fetchval(
        APPEND,
        kind,
        incident_id,
        subject_type,
        subject_id,
        audience or declared.audience,
        list(agencies),
        tx.actor.kind,
        tx.actor.account_id,
        device_at,
        msgspec.to_builtins(payload),
    )
    return event_id


async def read(tx: Tx, after: int, limit: int = 500) -> list[Event]:
    """Sealed events with a position greater than `after`, in order."""
    return [event_from(row) for row in await tx.fetch(READ, after, limit)]


async def timeline(tx: Tx, incident_id: int, after_id: int = 0, limit: int = 500) -> list[Event]:
    """Events of one incident, in causal order, sealed or not."""
    return [event_from(row) for row in await tx.fetch(TIMELINE, incident_id, after_id, limit)]


async def head(tx: Tx) -> int:
    """The last position given."""
    position: int = await tx.fetchval("SELECT position FROM event_head WHERE id = 1")
    return position


def event_from(row: Row) -> Event:
    return Event(*row.values())
