"""A further report can make an incident graver, never lighter: people lower it, by name."""

from __future__ import annotations

from core.db import Tx

# $1 incident  $2 priority ('none': leave it)  $3 casualties  $4 actor kind  $5 actor id
#
# The graver run card's lines come on top of what is asked for; a count never falls. Priorities compare
# by their letters whatever the database's collation: COLLATE "C".
RAISE = """
WITH was AS (
    SELECT id, priority, casualties FROM incident WHERE id = $1 FOR UPDATE
), raised AS (
    UPDATE incident i SET
        priority = least(i.priority COLLATE "C", nullif($2, 'none')),
        casualties = greatest(i.casualties, $3),
        version = i.version + 1
    FROM was
    WHERE i.id = was.id
      AND (i.priority COLLATE "C" > nullif($2, 'none') OR $3 > coalesce(i.casualties, 0))
    RETURNING i.id, i.code, i.type, i.priority, i.hidden, i.clock_round,
        i.priority <> was.priority AS graver,
        i.casualties IS DISTINCT FROM was.casualties AS more
), needs AS (
    INSERT INTO need (incident_id, alarm_level, capability, count)
    SELECT raised.id, l.alarm_level, l.capability, l.count
    FROM raised JOIN run_card c ON c.type = raised.type AND c.priority = raised.priority
    JOIN run_card_line l ON l.run_card_id = c.id AND l.alarm_level = 1
    WHERE raised.graver
    ON CONFLICT (incident_id, alarm_level, capability)
    DO UPDATE SET count = greatest(need.count, excluded.count)
), said AS (
    INSERT INTO event (kind, incident_id, subject_type, subject_id, audience, agencies, actor_kind,
                       actor_id, payload)
    SELECT 'incident.changed', id, 'incident', id,
        CASE WHEN hidden THEN 'agencies' ELSE 'staff' END,
        CASE WHEN hidden THEN ARRAY(
            SELECT DISTINCT u.agency_id FROM assignment a JOIN unit u ON u.id = a.unit_id
            WHERE a.incident_id = raised.id AND a.clock_round = raised.clock_round) ELSE '{}' END,
        $4, $5,
        jsonb_build_object('incident_id', id, 'code', code, 'type', type, 'priority', priority,
            'fields', to_jsonb(array_remove(ARRAY[
                CASE WHEN graver THEN 'priority' END, CASE WHEN more THEN 'casualties' END], NULL)))
    FROM raised
)
SELECT count(*) AS n
FROM raised
"""


async def raise_incident(tx: Tx, incident_id: int, priority: str, casualties: int | None) -> bool:
    """Lift priority ('P1' before 'P2' …, 'none': leave it) and casualties to what a new report says;
    whether anything changed, which one `incident.changed` then names."""
    raised = await tx.fetchval(
        RAISE, incident_id, priority, casualties, tx.actor.kind, tx.actor.account_id
    )
    tx.events += raised
    return bool(raised)
