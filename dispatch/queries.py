"""The hot statements of the intake, hand-written: each is one round trip.

RECEIVE       contact, report, their private parts and two events, in one statement that commits alone
LINK_OR_OPEN  find the twin, or open the incident with its needs; tells the free units nearby

(RESERVE, the third of a report's way, stands in reserve_queries.py.)
"""

from __future__ import annotations

RECEIVE = """
WITH c AS (
    INSERT INTO contact (channel, gateway, provider_id, client_key, body_mac, key_reused,
                         device_at, rate_limited, state)
    VALUES ($1, $2, $3, $4, $5,
            $4::uuid IS NOT NULL AND EXISTS (SELECT FROM contact k WHERE k.client_key = $4),
            $6, $7, 'received')
    ON CONFLICT DO NOTHING
    RETURNING id
), private AS (
    INSERT INTO contact_private (contact_id, raw_enc, phone_enc, phone_hash)
    SELECT id, $8, $9, $10 FROM c
), r AS (
    INSERT INTO report (contact_id, code, track_hash, place, intake, class, type, priority,
        confidence, reasons, casualties, silent, life_threat, geom, accuracy_m, reporter_geom,
        kelurahan_code, kelurahan_alt, lingkungan, place_label, place_basis, out_of_city, candidates)
    SELECT id, $11, $12, CASE WHEN $21::float8 IS NULL THEN 'unlocated' ELSE 'located' END, $13,
        $14, $15, $16, $17, $18, $19, $20, $33, ST_SetSRID(ST_MakePoint($21, $22), 4326), $23,
        ST_SetSRID(ST_MakePoint($24, $25), 4326), $26, $27, $28, $29, $30, $31, $32
    FROM c
    RETURNING id, contact_id, code, class, type, priority, kelurahan_code
), words AS (
    INSERT INTO report_private (report_id, text_enc, name_enc, place_text_enc)
    SELECT id, $34, $35, $36 FROM r
    WHERE $34::bytea IS NOT NULL OR $35::bytea IS NOT NULL OR $36::bytea IS NOT NULL
), said AS (
    INSERT INTO event (kind, subject_type, subject_id, audience, actor_kind, actor_id, device_at,
                       payload)
    SELECT kind, subject_type, subject_id, 'desk', $37, $38, $6, payload FROM (
        SELECT 1 AS n, 'contact.received' AS kind, 'contact' AS subject_type, id AS subject_id,
            jsonb_strip_nulls(jsonb_build_object(
                'contact_id', id, 'channel', $1::text, 'gateway', $2::text)) AS payload
        FROM c
        UNION ALL
        SELECT 2, 'report.created', 'report', id,
            jsonb_strip_nulls(jsonb_build_object(
                'report_id', id, 'contact_id', contact_id, 'code', code, 'class', class,
                'type', type, 'priority', priority, 'kelurahan_code', kelurahan_code))
        FROM r
    ) AS facts ORDER BY n
)
SELECT contact_id, id AS report_id FROM r
"""

# A later report of a contact that is kept already. The key, if any, makes it once (again.py).
ADD_REPORT = """
WITH once AS (
    INSERT INTO idempotency (scope, key, body_mac, answer)
    SELECT 'report of contact', $30, $31, jsonb_build_object('code', $2::text)
    WHERE $30::text IS NOT NULL
    ON CONFLICT DO NOTHING
    RETURNING id
), r AS (
    INSERT INTO report (contact_id, code, track_hash, place, intake, class, type, priority,
        confidence, reasons, casualties, silent, life_threat, geom, accuracy_m, reporter_geom,
        kelurahan_code, kelurahan_alt, lingkungan, place_label, place_basis, out_of_city, candidates)
    SELECT id, $2, $3, CASE WHEN $12::float8 IS NULL THEN 'unlocated' ELSE 'located' END, $4,
        $5, $6, $7, $8, $9, $10, $11, $24, ST_SetSRID(ST_MakePoint($12, $13), 4326), $14,
        ST_SetSRID(ST_MakePoint($15, $16), 4326), $17, $18, $19, $20, $21, $22, $23
    FROM contact WHERE id = $1 AND ($30::text IS NULL OR EXISTS (SELECT FROM once))
    RETURNING id, contact_id, code, class, type, priority, kelurahan_code
), words AS (
    INSERT INTO report_private (report_id, text_enc, name_enc, place_text_enc)
    SELECT id, $25, $26, $27 FROM r
), said AS (
    INSERT INTO event (kind, subject_type, subject_id, audience, actor_kind, actor_id, payload)
    SELECT 'report.created', 'report', id, 'desk', $28, $29,
        jsonb_strip_nulls(jsonb_build_object(
            'report_id', id, 'contact_id', contact_id, 'code', code, 'class', class,
            'type', type, 'priority', priority, 'kelurahan_code', kelurahan_code))
    FROM r
)
SELECT contact_id, id AS report_id FROM r
"""

KEEP_UNREADABLE = """
WITH c AS (
    INSERT INTO contact (channel, gateway, provider_id, body_mac, state, rate_limited)
    VALUES ($1, $2, $3, $4, 'unreadable', $5)
    ON CONFLICT DO NOTHING
    RETURNING id
), private AS (
    INSERT INTO contact_private (contact_id, raw_enc) SELECT id, $6 FROM c
), said AS (
    INSERT INTO event (kind, subject_type, subject_id, audience, actor_kind, payload)
    SELECT 'contact.unreadable', 'contact', id, 'desk', 'reporter',
           jsonb_build_object('contact_id', id, 'channel', $1::text)
    FROM c
)
SELECT id FROM c
"""

NEARBY = 8
_LIVE = "i.state IN ('open', 'assigned', 'active', 'controlled')"

# The point stands as an expression everywhere: as a joined row the planner could not walk the
# spatial indexes with it.
_HERE = "ST_SetSRID(ST_MakePoint($3, $4), 4326)"

# $1 report  $2 type  $3 lon  $4 lat  $5 radius (degrees)  $6 window s  $7 area window s
# $8 kelurahan  $9 precise?  $10 lingkungan  $11 ask window h  $12 priority  $13 verified  $14 hidden
# $15 kelurahan alternatives  $16 label  $17 uncertainty m  $18 out of city  $19 casualties
# $20 actor kind  $21 actor id  $22 precise m  $23 never ask, link instead
# NEARBY is a literal: with a parameter the generic plan expects a tenth of all units and joins them all.
LINK_OR_OPEN = f"""
WITH r AS (
    SELECT id, contact_id FROM report
    WHERE id = $1 AND handling = 'new' FOR UPDATE
), near AS (
    SELECT id FROM (
        SELECT i.id, i.geom <-> {_HERE} AS away FROM incident i
        WHERE $9 AND {_LIVE} AND i.type = $2 AND i.uncertainty_m <= $22
          AND i.geom && ST_Expand({_HERE}, $5) AND ST_DWithin(i.geom, {_HERE}, $5)
          AND i.opened_at > now() - make_interval(secs => $6)
        UNION ALL
        SELECT i.id, 1000 + extract(epoch FROM now() - i.opened_at) FROM incident i
        WHERE $7 > 0 AND {_LIVE} AND i.type = $2 AND i.kelurahan_code = $8
          AND (NOT $9 OR i.uncertainty_m > $22)
          AND (i.lingkungan IS NULL OR $10::text IS NULL OR i.lingkungan = $10)
          AND i.opened_at > now() - make_interval(secs => $7)
    ) AS found ORDER BY away LIMIT 1
), twin AS (
    -- Held, and looked at again: nobody closes it while this report joins.
    SELECT i.id, i.priority FROM incident i WHERE i.id = (SELECT id FROM near) AND {_LIVE}
    FOR NO KEY UPDATE
), lately AS MATERIALIZED (
    SELECT i.id, i.geom, i.uncertainty_m, i.kelurahan_code, i.lingkungan, i.closed_at
    FROM incident i
    WHERE i.closed_at > now() - make_interval(hours => $11) AND i.state = 'closed' AND i.type = $2
), fits AS (
    SELECT lately.id FROM lately
    WHERE NOT EXISTS (SELECT FROM twin) AND (
        ($9 AND lately.uncertainty_m <= $22 AND ST_DWithin(lately.geom, {_HERE}, $5))
        OR ($7 > 0 AND lately.kelurahan_code = $8 AND (NOT $9 OR lately.uncertainty_m > $22)
            AND (lately.lingkungan IS NULL OR $10::text IS NULL OR lately.lingkungan = $10)))
    ORDER BY closed_at DESC LIMIT 1
), asked AS (
    SELECT id FROM fits WHERE NOT $23
), opened AS (
    INSERT INTO incident (type, priority, verified, hidden, geom, kelurahan_code, kelurahan_alt,
                          lingkungan, place_label, uncertainty_m, out_of_city, casualties, linked_to)
    SELECT $2, $12, $13, $14, {_HERE}, $8, $15, $10, $16, $17, $18, $19, (SELECT id FROM fits)
    FROM r
    WHERE NOT EXISTS (SELECT FROM twin) AND NOT EXISTS (SELECT FROM asked)
    RETURNING id, code
), target AS (
    SELECT id, NULL::text AS code, priority FROM twin
    UNION ALL
    SELECT id, code, $12 FROM opened
), card AS (
    SELECT c.id, c.auto, c.veto_s FROM run_card c
    WHERE c.type = $2 AND c.priority = $12 AND EXISTS (SELECT FROM opened)
), needs AS (
    INSERT INTO need (incident_id, alarm_level, capability, count)
    SELECT opened.id, l.alarm_level, l.capability, l.count
    FROM opened, card JOIN run_card_line l ON l.run_card_id = card.id AND l.alarm_level = 1
    RETURNING capability, count
), linked AS (
    UPDATE report SET intake = 'done', version = version + 1,
        handling = CASE WHEN target.id IS NULL THEN handling ELSE 'linked' END,
        incident_id = target.id,
        asks_incident_id = (SELECT id FROM asked)
    FROM r LEFT JOIN target ON true
    WHERE report.id = r.id
    RETURNING report.id, report.incident_id, report.asks_incident_id
), said AS (
    INSERT INTO event (kind, incident_id, subject_type, subject_id, audience, actor_kind, actor_id,
                       payload)
    SELECT kind, incident_id, subject_type, subject_id, audience, $20, $21, payload FROM (
        SELECT 1 AS n, 'incident.opened' AS kind, id AS incident_id, 'incident' AS subject_type,
            id AS subject_id, CASE WHEN $14 THEN 'agencies' ELSE 'staff' END AS audience,
            jsonb_strip_nulls(jsonb_build_object('incident_id', id, 'code', code, 'type', $2::text,
                'priority', $12::text, 'kelurahan_code', $8::text)) AS payload
        FROM opened
        UNION ALL
        SELECT 2, 'report.linked', incident_id, 'report', id, 'desk',
            jsonb_build_object('report_id', id, 'incident_id', incident_id, 'from', 'new')
        FROM linked WHERE incident_id IS NOT NULL
        UNION ALL
        SELECT 3, 'report.asked', asks_incident_id, 'report', id, 'desk',
            jsonb_build_object('report_id', id, 'incident_id', asks_incident_id)
        FROM linked WHERE asks_incident_id IS NOT NULL
    ) AS facts ORDER BY n
)
SELECT target.id AS incident_id, target.code, target.priority,
    (SELECT auto FROM card) AS auto, (SELECT veto_s FROM card) AS veto_s,
    (SELECT id FROM asked) AS asks,
    (SELECT jsonb_agg(jsonb_build_object('capability', needs.capability, 'count', needs.count,
            'units', near.units) ORDER BY needs.capability)
     FROM needs CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_agg(jsonb_build_array(k.unit_id, ST_X(k.geom), ST_Y(k.geom),
                   u.vehicle_class) ORDER BY k.away), '[]'::jsonb) AS units
        FROM (
            SELECT c.unit_id, c.geom, c.geom <-> {_HERE} AS away
            FROM unit_capability c
            WHERE c.capability = needs.capability AND c.free AND c.geom IS NOT NULL
            ORDER BY c.geom <-> {_HERE} LIMIT {NEARBY}
        ) AS k JOIN unit u ON u.id = k.unit_id
        WHERE (SELECT auto FROM card)
     ) AS near) AS needs
FROM r LEFT JOIN target ON true
"""

PENDING = """
SELECT r.id FROM report r
WHERE r.intake = 'pending' AND r.created_at < clock_timestamp() - make_interval(secs => $1)
ORDER BY r.id LIMIT 50
"""

PENDING_REPORT = """
SELECT r.id, r.contact_id, r.type, r.priority, r.class, ST_X(r.geom) AS lon, ST_Y(r.geom) AS lat,
       r.accuracy_m, r.kelurahan_code, r.kelurahan_alt, r.lingkungan, r.place_label, r.out_of_city,
       r.casualties, r.silent
FROM report r WHERE r.id = $1 AND r.handling = 'new'
"""
