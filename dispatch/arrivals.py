"""Arrivals that may be learned from: a crew's own stamps, made where and when it happened.

Everything else is left out, counted under its reason; the first that fits:
    example         units of the demo
    backfilled      a step that nobody made, filled in because a later one was
    not_by_device   told by the desk, by voice or by SMS: when it was told, not when it was
    told_late       the device was offline: where it was at that moment is not known
    transport       another trip, or on scene again from transporting
    no_position     no GPS fix of the last minute at either end
    not_at_scene    arrived more than 300 m from the incident
    closure         a closure stood on the ground between
"""

from __future__ import annotations

from collections import Counter
from zoneinfo import ZoneInfo

from core.db import Tx
from geo.roads.arrivals import Arrival

MOST = 5_000
LATE_S = 30.0
FIX_S = 60.0
AT_SCENE_M = 300.0

READ = """
WITH pair AS (
    SELECT a.id, a.trip, u.example, u.vehicle_class, i.geom AS scene, gone, there,
        coalesce(gone.device_at, gone.server_at) AS set_out_at,
        coalesce(there.device_at, there.server_at) AS arrived_at
    FROM assignment a
    JOIN unit u ON u.id = a.unit_id
    JOIN incident i ON i.id = a.incident_id
    CROSS JOIN LATERAL (SELECT s.* FROM assignment_stamp s WHERE s.assignment_id = a.id
        AND s.state = 'en_route' AND NOT s.observation ORDER BY s.id LIMIT 1) AS gone
    CROSS JOIN LATERAL (SELECT s.* FROM assignment_stamp s WHERE s.assignment_id = a.id
        AND s.state = 'on_scene' AND NOT s.observation ORDER BY s.id LIMIT 1) AS there
    WHERE a.on_scene_at > clock_timestamp() - make_interval(days => $1)
    ORDER BY a.id DESC LIMIT $2
)
SELECT vehicle_class, set_out_at, extract(epoch FROM arrived_at - set_out_at)::float8 AS took_s,
    ST_X((gone).geom) AS lon, ST_Y((gone).geom) AS lat,
    ST_X((there).geom) AS lon2, ST_Y((there).geom) AS lat2,
    CASE
        WHEN example THEN 'example'
        WHEN (gone).backfilled OR (there).backfilled THEN 'backfilled'
        WHEN (gone).source NOT IN ('device', 'geofence')
            OR (there).source NOT IN ('device', 'geofence') THEN 'not_by_device'
        WHEN abs(extract(epoch FROM (gone).server_at - set_out_at)) > $3
            OR abs(extract(epoch FROM (there).server_at - arrived_at)) > $3 THEN 'told_late'
        WHEN (there).trip > 1 OR EXISTS (SELECT FROM assignment_stamp s
            WHERE s.assignment_id = pair.id AND s.state = 'transporting' AND s.id < (there).id)
            THEN 'transport'
        WHEN (gone).geom IS NULL OR (there).geom IS NULL
            OR abs((gone).position_age_s) > $4 OR abs((there).position_age_s) > $4
            THEN 'no_position'
        WHEN scene IS NULL OR ST_Distance((there).geom::geography, scene::geography) > $5
            THEN 'not_at_scene'
        WHEN EXISTS (SELECT FROM closure c WHERE c.starts_at < arrived_at
            AND least(c.closed_at, c.ends_at, 'infinity') > set_out_at
            AND ST_Intersects(c.shape, ST_Expand(ST_Envelope(
                ST_MakeLine((gone).geom, (there).geom)), 0.005))) THEN 'closure'
    END AS why_not
FROM pair
"""


async def read(tx: Tx, zone: ZoneInfo, days: int) -> tuple[list[Arrival], Counter[str]]:
    """The honest ones of the last days, `MOST` at most, and how many were left out for which reason."""
    honest: list[Arrival] = []
    left_out: Counter[str] = Counter()
    for row in await tx.fetch(READ, days, MOST, LATE_S, FIX_S, AT_SCENE_M):
        if row["why_not"] is not None:
            left_out[row["why_not"]] += 1
            continue
        honest.append(
            Arrival(
                (row["lon"], row["lat"]), (row["lon2"], row["lat2"]), row["vehicle_class"],
                row["set_out_at"].astimezone(zone), row["took_s"],
            )
        )  # fmt: skip
    return honest, left_out
