"""A further report can make an incident graver, never lighter: people lower it, by name."""

from __future__ import annotations

from core.db import Tx
from core.events import append
from core.events.kinds import IncidentRef

RAISE = """
UPDATE incident SET
    priority = least(priority, $2),
    casualties = greatest(casualties, $3),
    version = version + 1
WHERE id = $1 AND ((priority > $2 AND $2 <> 'none') OR $3 > coalesce(casualties, 0))
RETURNING code, hidden, type, priority
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
    """Lift priority ('P1' before 'P2' …) and casualties to what a new report says; whether changed."""
    row = await tx.fetchrow(RAISE, incident_id, priority, casualties)
    if row is None:
        return False
    await tx.execute(ADD_NEEDS, incident_id, row["type"], row["priority"])
    await append(
        tx,
        "incident.changed",
        IncidentRef(incident_id=incident_id, code=row["code"], fields=["priority", "casualties"]),
        incident_id=incident_id,
        subject=("incident", incident_id),
        audience="agencies" if row["hidden"] else "staff",
    )
    return True
