"""The statements behind the board. Each stands twice: what is on the board now, and rows by id.

All of them are read-only and bounded: the board is what is open, never the past.
"""

from __future__ import annotations

_INCIDENTS = """
SELECT i.id, i.code, i.type, i.priority, i.state, i.verified, i.hidden, i.place_label AS place,
       i.kelurahan_code, kel.name AS kelurahan, kec.name AS kecamatan, i.kelurahan_alt,
       i.lingkungan AS lk, ST_X(i.geom) AS lon, ST_Y(i.geom) AS lat, i.uncertainty_m, i.out_of_city, i.alarm_level, i.casualties,
       i.opened_at, i.taken_at, coalesce(taker.name, called.name) AS taken_by, i.controlled_at, i.disposition,
       i.merged_into, i.linked_to, i.clock_round, i.version,
       (SELECT count(*) FROM report r WHERE r.incident_id = i.id) AS reports,
       needs.list AS needs, assignments.list AS assignments, handovers.list AS handovers,
       (SELECT max(e.at) FROM event e WHERE e.incident_id = i.id AND e.kind = 'ladder.exhausted')
           AS exhausted_at
FROM incident i
LEFT JOIN area kel ON kel.code = i.kelurahan_code
LEFT JOIN area kec ON kec.code = kel.parent_code
LEFT JOIN account taker ON taker.id = i.taken_by
LEFT JOIN staff called ON called.id = i.taken_by_staff
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
               'id', n.id, 'capability', n.capability, 'wanted', n.count,
               'alarm_level', n.alarm_level, 'waived', n.waived_at IS NOT NULL)
           ORDER BY n.alarm_level, n.id) AS list
    FROM need n WHERE n.incident_id = i.id AND n.alarm_level <= i.alarm_level
) needs ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
               'id', s.id, 'unit_id', s.unit_id, 'unit', u.code, 'agency_id', u.agency_id,
               'capability', s.capability, 'state', s.state, 'code', s.code, 'auto', s.auto,
               'eta_s', s.eta_s, 'distance_m', s.distance_m, 'reason', s.reason,
               'reserved_at', s.reserved_at, 'offered_at', s.offered_at,
               'expires_at', s.expires_at, 'delivered_at', s.delivered_at, 'seen_at', s.seen_at,
               'accepted_at', s.accepted_at, 'en_route_at', s.en_route_at,
               'on_scene_at', s.on_scene_at, 'transporting_at', s.transporting_at,
               'at_facility_at', s.at_facility_at, 'ended_at', s.ended_at,
               'person', person.name, 'version', s.version, 'messages', messages.list,
               'accepted_source', (
                   SELECT t.source FROM assignment_stamp t
                   WHERE t.assignment_id = s.id AND t.state = 'accepted' ORDER BY t.id DESC LIMIT 1),
               'offer_at', (
                   SELECT t.due_at FROM timer t WHERE t.kind = 'assignment.offer'
                     AND t.subject_id = s.id AND t.done_at IS NULL))
           ORDER BY s.id) AS list
    FROM (SELECT * FROM assignment a
          WHERE a.incident_id = i.id AND a.clock_round = i.clock_round
          ORDER BY a.id DESC LIMIT 40) s
    JOIN unit u ON u.id = s.unit_id
    LEFT JOIN staff person ON person.id = s.accepted_by
    LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('channel', m.channel, 'state', m.state)
                         ORDER BY m.id) AS list
        FROM (SELECT * FROM delivery d WHERE d.assignment_id = s.id
              ORDER BY d.id DESC LIMIT 6) m
    ) messages ON true
) assignments ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
               'id', h.id, 'state', h.state, 'to', coalesce(to_agency.name, h.to_name),
               'attempt', h.attempt, 'due_at', h.due_at, 'offered_at', h.offered_at)
           ORDER BY h.id) AS list
    FROM handover h LEFT JOIN agency to_agency ON to_agency.id = h.to_agency_id
    WHERE h.incident_id = i.id AND h.state <> 'returned'
) handovers ON true
"""

INCIDENTS_ON_BOARD = f"""{_INCIDENTS}
WHERE i.live ORDER BY i.id"""

INCIDENTS_BY_ID = f"{_INCIDENTS} WHERE i.id = ANY($1)"

_REPORTS = """
SELECT r.id, r.code, r.handling, r.class, r.type, r.priority, c.channel, r.place_label AS place,
       r.kelurahan_code, kel.name AS kelurahan, r.kelurahan_alt, r.lingkungan AS lk,
       ST_X(r.geom) AS lon, ST_Y(r.geom) AS lat, r.accuracy_m,
       r.out_of_city, r.created_at, r.silent, r.life_threat,
       r.casualties, r.confidence, r.incident_id, r.asks_incident_id, r.contact_id, r.version,
       p.text_enc, cp.phone_enc,
       ARRAY(SELECT i.id FROM incident i
             WHERE i.live
               AND (ST_DWithin(i.live_geom, r.geom, 0.007)
                    OR (i.type = r.type AND i.kelurahan_code = r.kelurahan_code))
             ORDER BY (i.type = r.type) DESC, i.geom <-> r.geom NULLS LAST LIMIT 4) AS candidates
FROM report r
JOIN contact c ON c.id = r.contact_id
LEFT JOIN area kel ON kel.code = r.kelurahan_code
LEFT JOIN report_private p ON p.report_id = r.id
LEFT JOIN contact_private cp ON cp.contact_id = r.contact_id
"""

REPORTS_ON_BOARD = f"{_REPORTS} WHERE r.handling = 'new' ORDER BY r.id DESC LIMIT 1000"

REPORTS_BY_ID = f"{_REPORTS} WHERE r.id = ANY($1)"

_UNITS = """
SELECT u.id, u.code, u.name, u.agency_id, g.name AS agency, g.code AS agency_code, u.kind,
       u.vehicle_class, u.capabilities, u.state, u.out_reason, u.pending_state, u.posting,
       u.example, ST_X(coalesce(u.geom, u.home)) AS lon, ST_Y(coalesce(u.geom, u.home)) AS lat,
       u.position_at, u.position_source,
       u.accuracy_m, st.name AS station, a.id AS assignment_id, a.incident_id,
       a.state AS assignment_state, u.version
FROM unit u
JOIN agency g ON g.id = u.agency_id
LEFT JOIN station st ON st.id = u.station_id
LEFT JOIN assignment a ON a.unit_id = u.id AND a.state IN
    ('reserved', 'offered', 'accepted', 'en_route', 'on_scene', 'transporting', 'at_facility')
"""

UNITS_ON_BOARD = f"{_UNITS} ORDER BY g.code, u.code"

# An assignment's event does not always name its unit.
UNITS_BY_ID = f"""{_UNITS}
WHERE u.id = ANY($1) OR u.id IN (SELECT unit_id FROM assignment WHERE id = ANY($2))"""

_CALLS = """
SELECT c.id, c.channel, c.line, c.state, coalesce(c.ended_at, c.answered_at, c.received_at)
       AS since, c.received_at, claimer.name AS claimed_by, c.outcome, cp.phone_enc, c.version,
       (c.state IN ('ringing', 'answered', 'unreadable')
        OR (c.channel = 'phone' AND c.state = 'ended'
            AND (c.answered_at IS NULL OR c.outcome IN ('silent', 'abandoned'))
            AND c.received_at > clock_timestamp() - interval '24 hours')) AS waiting
FROM {source} c
LEFT JOIN account claimer ON claimer.id = c.claimed_by
LEFT JOIN contact_private cp ON cp.contact_id = c.id
"""

# The last few thousand contacts are looked through by primary key: a missed call that nobody
# rang back within a day or within that many contacts stands in the reports, not on the board.
_LATEST = "(SELECT * FROM contact ORDER BY id DESC LIMIT 3000)"

CALLS_ON_BOARD = f"""
SELECT * FROM ({_CALLS.format(source=_LATEST)}) AS call WHERE waiting ORDER BY id"""

CALLS_BY_ID = f"{_CALLS.format(source='contact')} WHERE c.id = ANY($1)"

POSITIONS = """
SELECT u.id, u.agency_id, ST_X(u.geom) AS lon, ST_Y(u.geom) AS lat, u.position_at,
       extract(epoch FROM clock_timestamp() - u.position_at)::int AS age_s,
       CASE WHEN i.hidden THEN ARRAY(
           SELECT DISTINCT o.agency_id FROM assignment b JOIN unit o ON o.id = b.unit_id
           WHERE b.incident_id = i.id AND b.clock_round = i.clock_round) END AS only_for
FROM unit u
LEFT JOIN assignment a ON a.unit_id = u.id AND a.state IN
    ('reserved', 'offered', 'accepted', 'en_route', 'on_scene', 'transporting', 'at_facility')
LEFT JOIN incident i ON i.id = a.incident_id
WHERE u.geom IS NOT NULL AND u.position_at IS NOT NULL
"""
