"""The computed part of an incident's state: what its assignments make of it, up and down.

open: nobody is on it. assigned: a unit is reserved, offered, accepted or under way. active: a unit
is on scene or busy with the patient. A state that people set (controlled, closed …) stays.
"""

from __future__ import annotations

from core.db import Tx
from core.machine import move
from dispatch.states import COMPUTED, INCIDENT

WORKING = frozenset({"on_scene", "transporting", "at_facility"})
ON_THE_WAY = frozenset({"reserved", "offered", "accepted", "en_route"})

STATES = """
SELECT i.state, i.hidden,
       coalesce(array_agg(a.state) FILTER (WHERE assignment_is_live(a.state)), '{}') AS states,
       coalesce(array_agg(DISTINCT u.agency_id) FILTER (WHERE a.clock_round = i.clock_round), '{}')
           AS agencies
FROM incident i
LEFT JOIN assignment a ON a.incident_id = i.id
LEFT JOIN unit u ON u.id = a.unit_id
WHERE i.id = $1 GROUP BY i.id
"""

# More of this capability is wanted than is on the way.
STILL_NEEDED = """
SELECT coalesce(sum(n.count), 0) > (SELECT count(*) FROM assignment a WHERE a.incident_id = $1
                                    AND a.capability = $2 AND assignment_is_live(a.state))
FROM need n JOIN incident i ON i.id = n.incident_id AND n.alarm_level <= i.alarm_level
WHERE n.incident_id = $1 AND n.capability = $2 AND n.waived_at IS NULL
"""


async def still_needed(tx: Tx, incident_id: int, capability: str) -> bool:
    """Whether a need of the incident is neither met by who is on the way nor waived."""
    return bool(await tx.fetchval(STILL_NEEDED, incident_id, capability))


def computed_state(states: set[str]) -> str:
    """The incident's state that these live assignment states make."""
    if states & WORKING:
        return "active"
    return "assigned" if states & ON_THE_WAY else "open"


async def settle(tx: Tx, incident_id: int) -> None:
    """Bring the computed state up to date; one event per real change. The incident is locked."""
    row = await tx.fetchrow(STATES, incident_id)
    if row is None or row["state"] not in COMPUTED:
        return
    to = computed_state(set(row["states"]))
    if to != row["state"]:
        await move(
            tx,
            INCIDENT,
            incident_id,
            to,
            incident_id=incident_id,
            audience="agencies" if row["hidden"] else None,
            agencies=row["agencies"],
        )
