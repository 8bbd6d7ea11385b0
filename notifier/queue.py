"""The queue of deliveries: put in, claim, write results, expire, cancel. SQL and its events.

A claim leases a delivery to one sender under a token that nobody had before; a result is written
only while state and token still are what the sender claimed. A sender that was frozen past its
lease therefore writes nothing, and its message is looked up instead of being sent again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.db import Row, Tx
from notifier.pointless import IS_POINTLESS
from notifier.states import advance, announce

Lane = Literal["life", "normal"]

REFS = """id, template, channel, gateway, assignment_id, report_id, incident_id, staff_id,
    request_event_id, reason"""
OF_DELIVERY = ", ".join(f"delivery.{column.strip()}" for column in REFS.split(","))

COLUMNS = {
    "template": "text", "channel": "text", "lane": "text", "urgency": "int",
    "recipient_enc": "bytea", "recipient_hash": "bytea", "body_enc": "bytea", "segments": "int",
    "dedupe_key": "text", "event_id": "bigint", "request_event_id": "bigint",
    "inbound_id": "bigint", "incident_id": "bigint", "assignment_id": "bigint",
    "report_id": "bigint", "staff_id": "bigint", "replay_of": "bigint",
    "expires_at": "timestamptz", "state": "text", "reason": "text",
}  # fmt: skip

INSERT = f"""
INSERT INTO delivery ({", ".join(COLUMNS)}, ended_at)
SELECT {", ".join(f"t.{name}" for name in COLUMNS)},
    CASE WHEN t.state = 'suppressed' THEN clock_timestamp() END
FROM unnest({", ".join(f"${n}::{kind}[]" for n, kind in enumerate(COLUMNS.values(), 1))})
    AS t({", ".join(COLUMNS)})
ON CONFLICT (dedupe_key) DO NOTHING
RETURNING state, {REFS}
"""

# Ids first, so that the lock is taken on few rows in queue order; the partial index serves it.
CLAIM = f"""
WITH picked AS (
    SELECT id FROM delivery
    WHERE state = 'queued' AND lane = $1 AND channel = ANY($2::text[])
      AND next_attempt_at <= clock_timestamp() AND expires_at > clock_timestamp()
      AND NOT {IS_POINTLESS}
    ORDER BY urgency, id LIMIT $5 FOR UPDATE SKIP LOCKED
)
UPDATE delivery SET
    state = 'sending', sending_at = clock_timestamp(), attempts = attempts + 1,
    lease_token = nextval('delivery_lease'),
    lease_until = clock_timestamp() + make_interval(secs => $4),
    gateway = ($3::jsonb) ->> delivery.channel
FROM picked WHERE delivery.id = picked.id
RETURNING {OF_DELIVERY},
    lease_token, attempts, recipient_enc, body_enc, sending_at,
    extract(epoch FROM expires_at - clock_timestamp())::float8 AS life_s
"""

# A provider's callback may have moved the row on: then only its id is still news.
RESULT = f"""
WITH held AS (
    SELECT d.id, r.* FROM unnest(
        $1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::float8[]
    ) AS r(delivery_id, token, provider_id, provider_status, reason, delay_s)
    JOIN delivery AS d ON d.id = r.delivery_id AND d.state = 'sending' AND d.lease_token = r.token
    ORDER BY d.id FOR UPDATE OF d
)
UPDATE delivery SET
    state = $7,
    provider_id = coalesce(held.provider_id, delivery.provider_id),
    provider_status = coalesce(held.provider_status, delivery.provider_status),
    reason = held.reason,
    lease_until = NULL,
    next_attempt_at = CASE WHEN $7 = 'queued'
        THEN clock_timestamp() + make_interval(secs => held.delay_s) ELSE next_attempt_at END,
    lookup_at = CASE WHEN $7 = 'unknown'
        THEN clock_timestamp() + make_interval(secs => held.delay_s) ELSE lookup_at END,
    sent_at = CASE WHEN $7 = 'sent' THEN clock_timestamp() ELSE sent_at END,
    ended_at = CASE WHEN $7 = 'failed' THEN clock_timestamp() ELSE ended_at END
FROM held WHERE delivery.id = held.id
RETURNING {OF_DELIVERY}
"""

NAME_PROVIDER = """
UPDATE delivery SET provider_id = $3
WHERE id = $1 AND lease_token = $2 AND provider_id IS NULL AND state <> 'sending'
"""

EXPIRE = f"""
UPDATE delivery SET state = 'expired', ended_at = clock_timestamp(), reason = 'too_late'
WHERE id = ANY(ARRAY(
    SELECT id FROM delivery WHERE state = 'queued' AND expires_at <= clock_timestamp()
    ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED))
RETURNING {REFS}
"""

LEASE_LOST = f"""
UPDATE delivery SET state = 'unknown', lookup_at = clock_timestamp(), reason = 'lease_lost'
WHERE id = ANY(ARRAY(
    SELECT id FROM delivery WHERE state = 'sending' AND lease_until <= clock_timestamp()
    ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED))
RETURNING {REFS}
"""

CANCEL = f"""
UPDATE delivery SET state = 'cancelled', ended_at = clock_timestamp(), reason = $3
WHERE id = ANY(ARRAY(
    SELECT id FROM delivery
    WHERE assignment_id = $1 AND state = 'queued' AND template = ANY($2::text[])
    ORDER BY id FOR UPDATE))
RETURNING {REFS}
"""

DROP_POINTLESS = f"""
UPDATE delivery SET state = 'cancelled', ended_at = clock_timestamp(),
    reason = (SELECT a.state FROM assignment AS a WHERE a.id = delivery.assignment_id)
WHERE id = ANY(ARRAY(
    SELECT id FROM delivery WHERE state = 'queued' AND assignment_id IS NOT NULL AND {IS_POINTLESS}
    ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED))
RETURNING {REFS}
"""

NEXT_DUE = """
SELECT extract(epoch FROM min(next_attempt_at) - clock_timestamp())::float8
FROM delivery WHERE state = 'queued' AND lane = $1
"""

SPENT_TODAY = """
SELECT coalesce(sum(segments), 0) FROM delivery
WHERE gateway = $1 AND sending_at >= date_trunc('day', clock_timestamp(), $2)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A message to be queued; with a `reason` it is suppressed at once, so that people see why."""

    template: str
    channel: str
    lane: Lane
    urgency: int
    dedupe_key: str
    expires_at: datetime
    recipient_enc: bytes | None = None
    recipient_hash: bytes | None = None
    body_enc: bytes | None = None
    segments: int = 1
    event_id: int | None = None
    request_event_id: int | None = None
    inbound_id: int | None = None
    incident_id: int | None = None
    assignment_id: int | None = None
    report_id: int | None = None
    staff_id: int | None = None
    replay_of: int | None = None
    reason: str | None = None

    @property
    def state(self) -> str:
        return "queued" if self.reason is None else "suppressed"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one claimed delivery. `to`: sent, failed, queued (again) or unknown.

    `delivered`: the gateway handed it to the phone itself.
    """

    delivery_id: int
    token: int
    to: str
    provider_id: str | None = None
    status: str | None = None
    reason: str | None = None
    delay_s: float = 0.0
    delivered: bool = False


async def put(tx: Tx, entries: Sequence[Entry]) -> list[int]:
    """Queue messages; a known `dedupe_key` is passed over. Returns the ids of the new ones."""
    if not entries:
        return []
    columns = ([getattr(entry, name) for entry in entries] for name in COLUMNS)
    rows = await tx.fetch(INSERT, *columns)
    await announce(tx, "queued", rows, source="rule")
    await announce(
        tx, "suppressed", [row for row in rows if row["state"] == "suppressed"], source="rule"
    )
    return [row["id"] for row in rows]


async def claim(
    tx: Tx, lane: Lane, gateways: dict[str, str], *, limit: int, lease_s: float
) -> list[Row]:
    """Lease up to `limit` due messages to the caller; `gateways` maps channel to gateway."""
    rows = await tx.fetch(CLAIM, lane, list(gateways), gateways, lease_s, limit)
    await announce(tx, "sending", rows, source="sender")
    return rows


async def record(tx: Tx, results: Iterable[Result]) -> int:
    """Write results whose lease still holds; returns how many did."""
    by_state: dict[str, list[Result]] = {}
    for result in results:
        by_state.setdefault(result.to, []).append(result)
    written = 0
    for to, same in by_state.items():
        rows = await tx.fetch(
            RESULT,
            [r.delivery_id for r in same],
            [r.token for r in same],
            [r.provider_id for r in same],
            [r.status for r in same],
            [r.reason for r in same],
            [r.delay_s for r in same],
            to,
        )
        await announce(tx, to, rows, source="sender")
        written += len(rows)
        if len(rows) < len(same):
            done = {row["id"] for row in rows}
            for r in same:
                if r.provider_id and r.delivery_id not in done:
                    await tx.execute(NAME_PROVIDER, r.delivery_id, r.token, r.provider_id)
        for r in same:
            if r.delivered:
                await advance(tx, r.delivery_id, "delivered", source="gateway")
    return written


async def sweep(tx: Tx) -> tuple[int, int]:
    """Expire what is too late, doubt what a dead sender held; returns how many of each. What came
    back to the queue after its job had ended is cancelled."""
    await announce(tx, "cancelled", await tx.fetch(DROP_POINTLESS), source="sweep")
    expired = await tx.fetch(EXPIRE)
    await announce(tx, "expired", expired, source="sweep")
    lost = await tx.fetch(LEASE_LOST)
    await announce(tx, "unknown", lost, source="sweep")
    return len(expired), len(lost)


async def cancel(tx: Tx, assignment_id: int, templates: Sequence[str], reason: str) -> int:
    """Cancel what is still unsent of an assignment; returns how many."""
    rows = await tx.fetch(CANCEL, assignment_id, list(templates), reason)
    await announce(tx, "cancelled", rows, source="rule")
    return len(rows)
