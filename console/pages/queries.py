"""Statements of the pages: the tracking page, the responder's assignments, the select of areas."""

from __future__ import annotations

# $1 hash of the token. Gone 24 h after the end; a report that nobody linked, after three days.
TRACKED = """
SELECT r.id, r.code, r.handling, r.class, r.type, r.silent, r.place, r.incident_id, r.created_at,
       p.phone_hash IS NOT NULL AS has_phone,
       i.state AS incident_state, i.type AS incident_type, coalesce(i.hidden, false) AS hidden,
       i.closed_at, i.clock_round, clock_timestamp() AS now
FROM report r
LEFT JOIN contact_private p ON p.contact_id = r.contact_id
LEFT JOIN incident i ON i.id = r.incident_id
WHERE r.track_hash = $1
  AND (i.closed_at IS NULL OR i.state NOT IN ('closed', 'cancelled')
       OR i.closed_at > now() - interval '24 hours')
  AND (i.id IS NOT NULL OR r.created_at > now() - interval '3 days')
"""

# $1 incident, $2 its round of clocks.
TRACKED_ASSIGNMENTS = """
SELECT a.state, a.eta_s, a.accepted_at, a.en_route_at, a.on_scene_at,
       u.code AS unit_code, u.name AS unit_name
FROM assignment a JOIN unit u ON u.id = a.unit_id
WHERE a.incident_id = $1 AND a.clock_round = $2 AND a.state <> 'planned'
ORDER BY a.id
"""

UNIT = """
SELECT id, code, name, kind, state, pending_state, capabilities FROM unit WHERE id = $1
"""

# $1 unit. Live assignments of one unit with what its crew may know of the incident.
MY_ASSIGNMENTS = """
SELECT a.id, a.code, a.state, a.trip, a.capability, a.offered_at, a.expires_at, a.accepted_at,
       a.en_route_at, a.on_scene_at, a.transporting_at, a.at_facility_at, a.version,
       i.code AS incident_code, i.type, i.priority, i.verified, i.hidden, i.casualties,
       i.place_label, i.lingkungan, i.uncertainty_m, ST_X(i.geom) AS lon, ST_Y(i.geom) AS lat,
       k.name AS kelurahan,
       ARRAY(SELECT u.code FROM assignment o JOIN unit u ON u.id = o.unit_id
             WHERE o.incident_id = a.incident_id AND o.unit_id <> a.unit_id
               AND assignment_is_live(o.state) ORDER BY u.code) AS others
FROM assignment a
JOIN incident i ON i.id = a.incident_id
LEFT JOIN area k ON k.code = i.kelurahan_code
WHERE a.unit_id = $1 AND assignment_is_live(a.state)
ORDER BY a.id
"""

KELURAHAN = """
SELECT k.code, k.name, p.name AS kecamatan
FROM area k JOIN area p ON p.code = k.parent_code
WHERE k.level = 'kelurahan'
ORDER BY p.code, k.name
"""
