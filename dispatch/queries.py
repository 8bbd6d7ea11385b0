"""Statements of the intake that keep what came, hand-written: each is one round trip and commits alone.

RECEIVE and ADD_REPORT take the columns that keeping.py lists, in its order. What opens an incident at
once is kept by `dispatch_take` (sql/take.sql) instead, which must store the same.
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
    SELECT id, $11, $12, CASE WHEN $20::float8 IS NULL THEN 'unlocated' ELSE 'located' END, $36,
        $13, $14, $15, $16, $17, $18, $19, $32, ST_SetSRID(ST_MakePoint($20, $21), 4326), $22,
        ST_SetSRID(ST_MakePoint($23, $24), 4326), $25, $26, $27, $28, $29, $30, $31
    FROM c
    RETURNING id, contact_id, code, class, type, priority, kelurahan_code
), words AS (
    INSERT INTO report_private (report_id, text_enc, name_enc, place_text_enc)
    SELECT id, $33, $34, $35 FROM r
    WHERE $33::bytea IS NOT NULL OR $34::bytea IS NOT NULL OR $35::bytea IS NOT NULL
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
    SELECT id, $2, $3, CASE WHEN $11::float8 IS NULL THEN 'unlocated' ELSE 'located' END, $27,
        $4, $5, $6, $7, $8, $9, $10, $23, ST_SetSRID(ST_MakePoint($11, $12), 4326), $13,
        ST_SetSRID(ST_MakePoint($14, $15), 4326), $16, $17, $18, $19, $20, $21, $22
    FROM contact WHERE id = $1 AND ($30::text IS NULL OR EXISTS (SELECT FROM once))
    RETURNING id, contact_id, code, class, type, priority, kelurahan_code
), words AS (
    INSERT INTO report_private (report_id, text_enc, name_enc, place_text_enc)
    SELECT id, $24, $25, $26 FROM r
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

# Where the last reports of a type lie: $1 type $2 seconds $3 no worse than so many metres.
RECENT_PLACES = """
SELECT ST_X(geom) AS lon, ST_Y(geom) AS lat
FROM (SELECT * FROM report ORDER BY id DESC LIMIT 200) AS last
WHERE type = $1 AND type <> 'none' AND class IN ('emergency', 'update') AND geom IS NOT NULL
  AND accuracy_m <= $3 AND created_at > clock_timestamp() - make_interval(secs => $2)
ORDER BY id DESC LIMIT 40
"""

PENDING = """
SELECT r.id FROM report r
WHERE r.intake = 'pending' AND r.created_at < clock_timestamp() - make_interval(secs => $1)
ORDER BY r.id LIMIT 50
"""

PENDING_REPORT = """
SELECT r.id, r.version, r.contact_id, r.type, r.priority, r.class, ST_X(r.geom) AS lon, ST_Y(r.geom) AS lat,
       r.accuracy_m, r.kelurahan_code, r.kelurahan_alt, r.lingkungan, r.place_label, r.out_of_city,
       r.casualties, r.silent
FROM report r WHERE r.id = $1 AND r.handling = 'new'
"""
