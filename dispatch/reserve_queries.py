"""The hot statements of taking units, hand-written: each is one round trip."""

from __future__ import annotations

# Free units of a capability near a point, nearest first: $1 capability $2 lon $3 lat $4 not these.
# The limit is a literal: with a parameter the generic plan expects a tenth of all units.
_NEAREST_FREE = """
SELECT k.unit_id, ST_X(k.geom) AS lon, ST_Y(k.geom) AS lat, u.vehicle_class
FROM (
    SELECT c.unit_id, c.geom, c.geom <-> ST_SetSRID(ST_MakePoint($2, $3), 4326) AS away
    FROM unit_capability c
    WHERE c.capability = $1 AND c.free AND c.geom IS NOT NULL AND c.unit_id <> ALL ($4::bigint[])
    ORDER BY c.geom <-> ST_SetSRID(ST_MakePoint($2, $3), 4326) LIMIT {limit}
) AS k JOIN unit u ON u.id = k.unit_id
ORDER BY k.away, k.unit_id
"""


def nearest_free(limit: int) -> str:
    """The statement for the `limit` nearest; few limits are ever asked for, so few plans are kept."""
    return _NEAREST_FREE.format(limit=int(limit))


# Ids first, locked by key: KNN with FOR UPDATE through a GiST index fails ("attempted to lock
# invisible tuple"). LIMIT stands above the lock: only units taken are locked, and one that another
# transaction is taking is skipped, so the loser gets the next best in the same call.
#
# $1 incident $2 capability $3 how many $4 unit ids by rank $5 eta_s $6 distance_m $7 basis $8 auto
# $9 account $10 offer after s (null: no timer) $11 actor kind $12 wanted in all (for the shortfall)
RESERVE = """
WITH ranked AS (
    SELECT unit_id, eta_s, distance_m, rank
    FROM unnest($4::bigint[], $5::int[], $6::int[]) WITH ORDINALITY
        AS t(unit_id, eta_s, distance_m, rank)
), picked AS (
    SELECT u.id, u.code, u.agency_id
    FROM unit u
    WHERE u.id = ANY ($4::bigint[]) AND u.state = 'available' AND NOT u.busy
    ORDER BY array_position($4::bigint[], u.id) LIMIT $3
    FOR UPDATE SKIP LOCKED
), place AS (
    SELECT id, hidden, clock_round FROM incident WHERE id = $1
), made AS (
    INSERT INTO assignment (incident_id, unit_id, capability, state, auto, eta_s, distance_m,
                            eta_basis, by_account, clock_round)
    SELECT place.id, picked.id, $2, 'reserved', $8, ranked.eta_s, ranked.distance_m, $7, $9,
           place.clock_round
    FROM picked JOIN ranked ON ranked.unit_id = picked.id, place
    ORDER BY ranked.rank
    RETURNING id, unit_id, eta_s
), stamped AS (
    INSERT INTO assignment_stamp (assignment_id, state, source)
    SELECT id, 'reserved', CASE WHEN $8 THEN 'system' ELSE 'operator' END FROM made
), timed AS (
    INSERT INTO timer (kind, subject_id, due_at)
    SELECT 'assignment.offer', id, clock_timestamp() + make_interval(secs => $10)
    FROM made WHERE $10::float8 IS NOT NULL
), moved AS (
    UPDATE incident SET state = 'assigned', version = version + 1
    WHERE id = $1 AND state = 'open' AND EXISTS (SELECT FROM made)
    RETURNING id, code
), said AS (
    INSERT INTO event (kind, incident_id, subject_type, subject_id, audience, agencies, actor_kind,
                       actor_id, payload)
    SELECT kind, $1, subject_type, subject_id, audience, agencies, $11, $9, payload FROM (
        SELECT 1 AS n, 'assignment.reserved' AS kind, 'assignment' AS subject_type,
            made.id AS subject_id,
            CASE WHEN place.hidden THEN 'agencies' ELSE 'staff' END AS audience,
            ARRAY[picked.agency_id] AS agencies,
            jsonb_build_object('assignment_id', made.id, 'incident_id', $1::bigint, 'unit_id',
                made.unit_id, 'unit_code', picked.code, 'eta_s', made.eta_s) AS payload
        FROM made JOIN picked ON picked.id = made.unit_id, place
        UNION ALL
        SELECT 2, 'incident.assigned', 'incident', moved.id,
            CASE WHEN place.hidden THEN 'agencies' ELSE 'staff' END,
            ARRAY(SELECT DISTINCT agency_id FROM picked),
            jsonb_build_object('incident_id', moved.id, 'code', moved.code, 'from', 'open')
        FROM moved, place
        UNION ALL
        SELECT 3, 'need.shortfall', 'incident', $1,
            CASE WHEN place.hidden THEN 'agencies' ELSE 'staff' END, '{}'::bigint[],
            jsonb_build_object('incident_id', $1::bigint, 'capability', $2::text,
                'missing', $12::int - (SELECT count(*) FROM made))
        FROM place WHERE (SELECT count(*) FROM made) < $12
    ) AS facts ORDER BY n, subject_id
)
SELECT made.id AS assignment_id, made.unit_id, picked.code AS unit_code, picked.agency_id, made.eta_s
FROM made JOIN picked ON picked.id = made.unit_id
ORDER BY made.id
"""
