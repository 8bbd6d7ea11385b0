"""A further report can make an incident graver, never lighter: people lower it, by name."""

from __future__ import annotations

from core.db import Tx
from dispatch.incidents import say

# Priorities compare by their letters, so whatever the database's collation: COLLATE "C".
RAISE = """
UPDATE incident i SET
    priority = least(i.priority COLLATE "C", nullif($2, 'none')),
    casualties = greatest(i.casualties, $3),
    version = i.version + 1
FROM (SELECT id, priority, casualties FROM incident WHERE id = $1 FOR UPDATE) AS was
WHERE i.id = was.id
  AND (i.priority COLLATE "C" > nullif($2, 'none') OR $3 > coalesce(i.casualties, 0))
RETURNING i.*, i.priority <> was.priority AS graver,
    i.casualties IS DISTINCT FROM was.casualties AS more
"""

# The graver run card's lines on top of what is asked for; a count never falls.
ADD_NEEDS = """
INSERT INTO need (incident_id, alarm_level, capability, count)
SELECT $1, l.alarm_level, l.capability, l.count
FROM run_card c JOIN run_card_line l ON l.run_card_id = c.id AND l.alarm_level = 1
WHERE c.type = $2 AND c.priority = $3
ON CONFLICT (incident_id, alarm_level, capability)
DO UPDATE SET count = greatest(need.count, excluded.count)
"""


async def raise_incident(tx: Tx, incident_id: int, priority: str, casualties: int | None) -> bool:
    """Lift priority ('P1' before 'P2' …, 'none': leave it) and casualties to what a new report says;
    whether anything changed."""
    row = await tx.fetchrow(RAISE, incident_id, priority, casualties)
    if row is None:
        return False
    if row["graver"]:
        await tx.execute(ADD_NEEDS, incident_id, row["type"], row["priority"])
    fields = [name for name, new in (("priority", "graver"), ("casualties", "more")) if row[new]]
    await say(tx, row, "incident.changed", fields=fields)
    return True
