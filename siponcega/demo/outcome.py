"""What the system made of contacts: counted in its database by the callers' numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from core.db import Tx
from core.privacy import Vault

COUNTED = """
WITH ours AS (
    SELECT c.id FROM contact c JOIN contact_private p ON p.contact_id = c.id
    WHERE p.phone_hash = ANY ($1::bytea[]) AND c.received_at >= $2
), told AS (
    SELECT r.* FROM report r JOIN ours ON ours.id = r.contact_id
), touched AS (
    SELECT i.* FROM incident i WHERE i.id IN (SELECT incident_id FROM told)
), jobs AS (
    SELECT a.* FROM assignment a JOIN touched i ON i.id = a.incident_id WHERE a.reserved_at >= $2
), met AS (
    SELECT n.incident_id, n.capability, greatest(0, n.wanted - count(a.id))::int AS missing
    FROM (SELECT n.incident_id, n.capability, sum(n.count) AS wanted FROM need n
          JOIN touched i ON i.id = n.incident_id AND n.alarm_level <= i.alarm_level
          WHERE n.waived_at IS NULL AND i.live GROUP BY 1, 2) n
    LEFT JOIN assignment a ON a.incident_id = n.incident_id AND a.capability = n.capability
         AND (assignment_is_live(a.state) OR a.state = 'cleared')
    GROUP BY n.incident_id, n.capability, n.wanted
)
SELECT (SELECT count(*) FROM ours)::int AS contacts,
       (SELECT count(*) FROM touched WHERE opened_at >= $2)::int AS incidents,
       (SELECT count(*) FROM told WHERE incident_id IS NOT NULL)::int AS linked,
       (SELECT count(*) FROM told WHERE handling = 'new')::int AS waiting,
       (SELECT count(DISTINCT unit_id) FROM jobs
        WHERE state NOT IN ('reserved', 'planned'))::int AS units_offered,
       (SELECT count(DISTINCT unit_id) FROM jobs WHERE accepted_at IS NOT NULL)::int AS units_sent,
       (SELECT count(*) FROM jobs WHERE accepted_at IS NOT NULL)::int AS jobs_taken,
       (SELECT coalesce(sum(missing), 0) FROM met)::int AS unmet,
       (SELECT coalesce(jsonb_object_agg(capability, missing), '{}') FROM (
            SELECT capability, sum(missing)::int AS missing FROM met GROUP BY 1
            HAVING sum(missing) > 0) m) AS unmet_by_capability
"""


class Outcome(msgspec.Struct, frozen=True):
    """joined: reports that came to an incident which was there already. waiting: still in the queue.

    units_offered, units_sent: different units; sent = a crew accepted. unmet: units that the run
    cards want and nobody is or was on, of incidents still live; unmet_by_capability names them.
    sent: how many the callers sent; `contacts` is what the system has kept of them.
    """

    contacts: int
    incidents: int
    joined: int
    waiting: int
    units_offered: int
    units_sent: int
    jobs_taken: int
    unmet: int
    unmet_by_capability: dict[str, int]
    sent: int = 0


async def now(tx: Tx) -> datetime:
    """The database's clock."""
    moment: datetime = await tx.fetchval("SELECT clock_timestamp()")
    return moment


async def count(tx: Tx, vault: Vault, numbers: Sequence[str], since: datetime) -> Outcome:
    """What contacts of these numbers since then have led to."""
    row = await tx.fetchrow(COUNTED, [vault.phone_hash(number) for number in numbers], since)
    assert row is not None
    found = dict(row)
    found["joined"] = found.pop("linked") - found["incidents"]
    return Outcome(**found)
