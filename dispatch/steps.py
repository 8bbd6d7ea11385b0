"""One step of an assignment: lock, move by the table, stamp with both clocks, settle the incident.

A step that is no longer legal is not raised but returned (`Outcome.refused`), so that a device's late
stamp is kept as an observation in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.db import Row, Tx
from core.errors import IllegalMove, NotFound
from core.events import append
from core.events.kinds import AssignmentRef
from core.machine import Moved, move
from dispatch.progress import settle
from dispatch.states import ASSIGNMENT

LOAD = """
SELECT a.*, u.code AS unit_code, u.agency_id,
       i.hidden, i.state AS incident_state, i.taken_at IS NOT NULL AS taken,
       CASE WHEN i.hidden THEN ARRAY(
           SELECT DISTINCT o.agency_id FROM assignment b JOIN unit o ON o.id = b.unit_id
           WHERE b.incident_id = i.id AND (b.clock_round = i.clock_round OR b.id = a.id))
       ELSE ARRAY[u.agency_id] END AS agencies, i.type, i.priority, i.code AS incident_code,
       ST_X(i.geom) AS lon, ST_Y(i.geom) AS lat, i.clock_round AS incident_round
FROM assignment a JOIN unit u ON u.id = a.unit_id JOIN incident i ON i.id = a.incident_id
WHERE a.id = $1
"""

# Where it set out and where it arrived is what speeds are learned from (dispatch/arrivals.py).
STAMP = """
INSERT INTO assignment_stamp (assignment_id, state, trip, source, backfilled, observation, device_at,
                              geom, position_age_s)
SELECT a.id, $2, $3, $4, $5, $6, $7, u.geom, extract(epoch FROM clock_timestamp() - u.position_at)
FROM assignment a
LEFT JOIN unit u ON u.id = a.unit_id AND u.position_source = 'gps'
    AND $2 IN ('en_route', 'on_scene') AND NOT $5
WHERE a.id = $1
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """state: where the assignment stands now. message_code: what to tell who asked.

    message_code: ok | repeated | late_accepted | replaced | not_needed | refused.
    """

    assignment_id: int
    state: str
    changed: bool
    message_code: str
    replaced_by_code: str | None = None
    refused: IllegalMove | None = None


async def load(tx: Tx, assignment_id: int) -> Row:
    """The assignment with its unit and incident; the incident's row is locked. Raises NotFound."""
    while True:
        incident_id = await tx.fetchval(
            "SELECT incident_id FROM assignment WHERE id = $1", assignment_id
        )
        if incident_id is None:
            raise NotFound
        await tx.execute("SELECT FROM incident WHERE id = $1 FOR UPDATE", incident_id)
        row = await tx.fetchrow(LOAD, assignment_id)
        assert row is not None
        if row["incident_id"] == incident_id:  # else a merge moved it meanwhile
            return row


async def step(
    tx: Tx,
    row: Row,
    to: str,
    source: str,
    reason: str | None,
    device_at: datetime | None,
    values: Mapping[str, Any],
    *,
    settled: bool = True,
) -> Outcome:
    """Make the step, or say why not. settled=False: the caller settles the incident once it has
    done what follows, so that nobody is told of a state that lasted no time."""
    try:
        moved = await _move(tx, row, to, source, reason, device_at, values)
    except IllegalMove as refused:
        if source in {"device", "sms"}:
            await observe(tx, row, to, source, device_at)
            await say(tx, row, "assignment.observed", source=source, reason=to)
        return Outcome(row["id"], row["state"], False, "refused", refused=refused)
    if not moved.changed:
        return Outcome(row["id"], to, False, "repeated")
    trip = moved.row["trip"]
    for name in moved.steps:
        stamped = device_at if name == to else None
        await tx.execute(STAMP, row["id"], name, trip, source, name != to, False, stamped)
    if settled:
        await settle(tx, row["incident_id"])
    return Outcome(row["id"], to, True, "ok")


async def _move(
    tx: Tx, row: Row, to: str, source: str, reason: str | None, device_at: datetime | None,
    values: Mapping[str, Any],
) -> Moved:  # fmt: skip
    return await move(
        tx,
        ASSIGNMENT,
        row["id"],
        to,
        values=values,
        payload={"unit_code": row["unit_code"]},
        audience="agencies" if row["hidden"] else None,
        agencies=row["agencies"],
        reason=reason,
        source=source,
        device_at=device_at,
    )


async def say(
    tx: Tx, row: Row, kind: str, source: str | None = None, reason: str | None = None
) -> None:
    await append(
        tx,
        kind,
        AssignmentRef(
            assignment_id=row["id"],
            incident_id=row["incident_id"],
            unit_id=row["unit_id"],
            unit_code=row["unit_code"],
            source=source,
            reason=reason,
        ),
        incident_id=row["incident_id"],
        subject=("assignment", row["id"]),
        audience="agencies" if row["hidden"] else None,
        agencies=row["agencies"],
    )


async def observe(tx: Tx, row: Row, to: str, source: str, device_at: datetime | None) -> None:
    """Keep the stamp of a move that is not made."""
    await tx.execute(STAMP, row["id"], to, row["trip"], source, False, True, device_at)
