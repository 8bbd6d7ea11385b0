"""What the recommendation looks at, read in two statements."""

from __future__ import annotations

from core.db import Database, Row, Tx
from core.errors import NotFound
from core.events import append
from core.events.kinds import IncidentRef
from dispatch.recommend import Candidate, Line, Ranking, as_json, recommend
from geo import eta
from geo.eta import Eta, Origin

NEEDS = """
SELECT n.capability, sum(n.count)::int AS count,
    (SELECT count(*) FROM assignment a WHERE a.incident_id = n.incident_id
       AND a.capability = n.capability AND assignment_is_live(a.state))::int AS assigned
FROM need n
JOIN incident i ON i.id = n.incident_id AND n.alarm_level <= i.alarm_level
WHERE n.incident_id = $1 AND n.waived_at IS NULL
GROUP BY n.incident_id, n.capability ORDER BY min(n.id)
"""

UNITS = """
SELECT u.id, u.code, g.code AS agency, u.capabilities, u.state, u.out_reason, i.code AS busy_on,
    ST_X(coalesce(u.geom, u.home)) AS lon, ST_Y(coalesce(u.geom, u.home)) AS lat,
    CASE WHEN u.geom IS NULL THEN 'home' ELSE u.position_source END AS position_source,
    extract(epoch FROM clock_timestamp() - u.position_at)::float8 AS position_age_s,
    u.vehicle_class
FROM unit u
JOIN agency g ON g.id = u.agency_id
LEFT JOIN assignment a ON a.unit_id = u.id AND assignment_is_live(a.state)
LEFT JOIN incident i ON i.id = a.incident_id
WHERE u.capabilities && $1::text[]
ORDER BY u.id
"""

SAID_NO = """
SELECT DISTINCT unit_id FROM assignment
WHERE incident_id = $1 AND state IN ('declined', 'expired', 'aborted') AND clock_round = $2
"""

PLACE = "SELECT ST_X(geom) AS lon, ST_Y(geom) AS lat, clock_round FROM incident WHERE id = $1"


# Who may be recommended or offered the incident next; $1 is its id.
FREE = """
SELECT u.id, ST_X(coalesce(u.geom, u.home)) AS lon, ST_Y(coalesce(u.geom, u.home)) AS lat,
       u.vehicle_class
FROM incident i JOIN unit u ON u.state = 'available' AND NOT u.busy
    AND coalesce(u.geom, u.home) IS NOT NULL
    AND u.capabilities && ARRAY(SELECT capability FROM need WHERE incident_id = i.id
                                AND waived_at IS NULL)
WHERE i.id = $1 ORDER BY coalesce(u.geom, u.home) <-> i.geom LIMIT 60
"""


async def prepare(db: Database, incident_id: int) -> None:
    """Let an outside router say its times of the free units to an incident, where one is asked at all.

    Waits for it: call it before a transaction, never inside one. An incident that is not there or has
    no place is nothing to ask about.
    """
    source = eta.current()
    if not source.asks_outside:
        return
    async with db.read() as tx:
        place = await tx.fetchrow(PLACE, incident_id)
        if place is None or place["lon"] is None:
            return
        free = [Origin(*row.values()) for row in await tx.fetch(FREE, incident_id)]
    await source.prepare(place["lon"], place["lat"], free)


async def recommendation(
    tx: Tx, incident_id: int, capabilities: list[str] | None = None
) -> list[Ranking]:
    """The ranking for an incident as things stand now. Raises NotFound.

    capabilities: ask for one of each beyond the needs (the operator wants more).
    """
    place = await tx.fetchrow(PLACE, incident_id)
    if place is None:
        raise NotFound
    lines = [Line(*row.values()) for row in await tx.fetch(NEEDS, incident_id)]
    known = {line.capability for line in lines}
    lines += [Line(c, 1, 0) for c in capabilities or () if c not in known]
    rows = await tx.fetch(UNITS, [line.capability for line in lines])
    declined = {
        row["unit_id"] for row in await tx.fetch(SAID_NO, incident_id, place["clock_round"])
    }
    return recommend(lines, [_candidate(row) for row in rows], _etas(place, rows), declined)


async def keep(tx: Tx, incident_id: int, rankings: list[Ranking]) -> None:
    """Store what was recommended at the moment somebody decided, with an event."""
    await tx.execute(
        "INSERT INTO recommendation (incident_id, lines) VALUES ($1, $2)",
        incident_id,
        as_json(rankings),
    )
    await append(
        tx,
        "incident.recommended",
        IncidentRef(incident_id=incident_id),
        incident_id=incident_id,
        subject=("incident", incident_id),
        audience="desk",
    )


def _etas(place: Row, rows: list[Row]) -> dict[int, Eta]:
    if place["lon"] is None:
        return {}
    origins = [
        Origin(row["id"], row["lon"], row["lat"], row["vehicle_class"])
        for row in rows
        if row["lon"] is not None
    ]
    return {e.unit_id: e for e in eta.current().to_scene(place["lon"], place["lat"], origins)}


def _candidate(row: Row) -> Candidate:
    return Candidate(
        unit_id=row["id"],
        code=row["code"],
        agency=row["agency"],
        capabilities=frozenset(row["capabilities"]),
        state=row["state"],
        out_reason=row["out_reason"],
        busy_on=row["busy_on"],
        lon=row["lon"],
        lat=row["lat"],
        position_source=row["position_source"],
        position_age_s=row["position_age_s"],
        vehicle_class=row["vehicle_class"],
    )
