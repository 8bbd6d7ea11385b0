"""Free units near a point. Taking them is the database function dispatch_reserve (sql/reserve.sql)."""

from __future__ import annotations

# Free units of a capability near a point, nearest first: $1 capability $2 lon $3 lat $4 not these.
# Those without a place come last; to leave them out in the index costs half as much again. The limit is
# a literal: with a parameter the generic plan expects a tenth of all units.
_NEAREST_FREE = """
SELECT k.unit_id, ST_X(k.geom) AS lon, ST_Y(k.geom) AS lat, k.vehicle_class
FROM (
    SELECT c.unit_id, c.geom, c.vehicle_class, c.geom <-> ST_SetSRID(ST_MakePoint($2, $3), 4326) AS away
    FROM unit_capability c
    WHERE c.capability = $1 AND c.free AND c.unit_id <> ALL ($4::bigint[])
    ORDER BY c.geom <-> ST_SetSRID(ST_MakePoint($2, $3), 4326) LIMIT {limit}
) AS k
WHERE k.geom IS NOT NULL
ORDER BY k.away, k.unit_id
"""


def nearest_free(limit: int) -> str:
    """The statement for the `limit` nearest; few limits are ever asked for, so few plans are kept."""
    return _NEAREST_FREE.format(limit=int(limit))
