"""No console active for two minutes with work waiting: people on call are told (invariant 6).

The console's processes say in the database that somebody of the desk is connected (`PRESENT`); the row
also keeps when people on call were told, so that it survives restarts and many workers.
"""

from __future__ import annotations

from core.db import Tx
from core.events import append
from core.events.kinds import DeskRef

PRESENT = "desk"
"""Name of the heartbeat of whoever of the desk has a console open."""
AFTER_S = 120.0
AGAIN_S = 600.0

# The first look of an instance on which nobody was ever at a console begins the count.
BEGIN = """
INSERT INTO heartbeat (name, at, detail) VALUES ($1, clock_timestamp(), '{}') ON CONFLICT DO NOTHING
"""

# SKIP LOCKED: another worker looks at this moment.
SILENCE = """
SELECT extract(epoch FROM clock_timestamp() - at)::float8 AS silent_s,
    extract(epoch FROM clock_timestamp() - (detail ->> 'told_at')::timestamptz)::float8 AS told_s
FROM heartbeat WHERE name = $1 FOR UPDATE SKIP LOCKED
"""

TOLD = """
UPDATE heartbeat SET detail = jsonb_build_object('told_at', clock_timestamp()) WHERE name = $1
"""

# Incidents that nobody has taken and for which somebody is still wanted; reports that are no noise;
# telephones that ring or want to be rung back.
WAITING = """
SELECT (
    SELECT count(*) FROM incident i
    WHERE i.live AND i.state <> 'controlled' AND i.taken_at IS NULL AND i.opened_at < $1
      AND (i.state = 'open' OR EXISTS (
          SELECT FROM need n
          WHERE n.incident_id = i.id AND n.waived_at IS NULL AND n.alarm_level <= i.alarm_level
          GROUP BY n.capability
          HAVING sum(n.count) > (SELECT count(*) FROM assignment a WHERE a.incident_id = i.id
              AND a.capability = n.capability
              AND (assignment_is_live(a.state) OR a.state = 'cleared'))))
) + (
    SELECT count(*) FROM report r
    WHERE r.handling = 'new' AND r.created_at < $1
      AND r.class NOT IN ('prank', 'test', 'spam', 'ghost', 'information', 'non_emergency')
) + (
    SELECT count(*) FROM contact c
    WHERE c.state = 'ringing' AND c.received_at < $1
) + (
    SELECT count(*) FROM contact c
    WHERE c.state = 'unreadable' AND c.received_at < $1
      AND c.received_at > $1 - interval '6 hours'
)
"""


async def look(tx: Tx) -> bool:
    """One look; whether people on call were told now."""
    row = await tx.fetchrow(SILENCE, PRESENT)
    if row is None:
        await tx.execute(BEGIN, PRESENT)
        return False
    told_s = row["told_s"]
    if row["silent_s"] < AFTER_S or (told_s is not None and told_s < AGAIN_S):
        return False
    before = await tx.fetchval("SELECT clock_timestamp() - make_interval(secs => $1)", AFTER_S)
    waiting = await tx.fetchval(WAITING, before)
    if not waiting:
        return False
    await tx.execute(TOLD, PRESENT)
    await append(tx, "desk.unattended", DeskRef(waiting=waiting, silent_s=round(row["silent_s"])))
    return True
