"""The second half of a report's way as one database function: one round trip, one commit.

    dispatch_open     lock the kind's neighbourhood → join the twin and make it as grave as the report
                      says, or open the incident with its needs → take the first free ones of the
                      units that were ranked before
    dispatch_reserve  the taking alone (reserve_queries.RESERVE)

A function, because each of its statements sees what was committed before it began: the search for a
twin must look after the lock is held. The statements themselves are the strings below; the migration
creates the functions from them, and a change here comes with a migration that creates them anew.
"""

from __future__ import annotations

import re

from dispatch.queries import NEARBY
from dispatch.raising import RAISE
from dispatch.reserve_queries import RESERVE

_LIVE = "i.live"
_HERE = "ST_SetSRID(ST_MakePoint($3, $4), 4326)"

# $1 report  $2 type  $3 lon  $4 lat  $5 radius (degrees)  $6 window s  $7 area window s
# $8 kelurahan  $9 precise?  $10 lingkungan  $11 ask window h  $12 priority  $13 verified  $14 hidden
# $15 kelurahan alternatives  $16 label  $17 uncertainty m  $18 out of city  $19 casualties
# $20 actor kind  $21 actor id  $22 precise m  $23 never ask, link instead
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
    (SELECT jsonb_agg(jsonb_build_object('capability', needs.capability, 'count', needs.count)
                      ORDER BY needs.capability) FROM needs) AS needs
FROM r LEFT JOIN target ON true
"""

_OPEN_TYPES = (
    "bigint", "text", "float8", "float8", "float8", "float8", "float8", "text", "bool", "text",
    "int", "text", "bool", "bool", "text[]", "text", "int", "bool", "int", "text", "bigint", "int",
    "bool",
)  # fmt: skip
_RESERVE_TYPES = (
    "bigint", "text", "int", "bigint[]", "int[]", "int[]", "text", "bool", "bigint", "float8",
    "text", "int",
)  # fmt: skip


def _named(statement: str, *names: str) -> str:
    """`$7` becomes `p7`, or the seventh of `names`: a statement's parameters as a function's."""
    if names:
        return re.sub(r"\$(\d+)", lambda found: names[int(found.group(1)) - 1], statement)
    return re.sub(r"\$(\d+)", r"p\1", statement)


def _arguments(types: tuple[str, ...]) -> str:
    return ", ".join(f"p{n} {type_}" for n, type_ in enumerate(types, start=1))


def _into(statement: str, target: str) -> str:
    """INTO stands after the select list of the outermost SELECT, the last at a line's start."""
    at = statement.rindex("\nSELECT ")
    cut = statement.rindex("\nFROM r")
    assert cut > at
    return f"{statement[:cut]} INTO {target}{statement[cut:]}"


CREATE_RESERVE = f"""
CREATE OR REPLACE FUNCTION dispatch_reserve({_arguments(_RESERVE_TYPES)})
RETURNS TABLE (assignment_id bigint, unit_id bigint, unit_code text, agency_id bigint, eta_s int)
LANGUAGE plpgsql AS $f$
#variable_conflict use_column
BEGIN
    RETURN QUERY {_named(RESERVE)};
END $f$;
"""

# near: {capability: {"ids": [...], "etas": [...], "metres": [...], "basis": ""}}, ranked. A list as long
# as NEARBY may go on further away, and a unit that was passed over may only be held for a moment (its
# position coming in): the caller looks again, and no shortfall is said yet.
CREATE_OPEN = f"""
CREATE OR REPLACE FUNCTION dispatch_open({_arguments(_OPEN_TYPES)}, locks bigint[], near jsonb)
RETURNS jsonb LANGUAGE plpgsql AS $f$
#variable_conflict use_column
DECLARE
    key bigint; v record; need record; ranked jsonb; ids bigint[]; part jsonb; got int; raised int;
    units jsonb := '[]'; missing jsonb := '{{}}';
BEGIN
    FOREACH key IN ARRAY locks LOOP
        PERFORM pg_advisory_xact_lock(key);
    END LOOP;
    {_into(_named(LINK_OR_OPEN), "v")};
    IF v.incident_id IS NOT NULL AND v.code IS NULL THEN
        {_into(_named(RAISE, "v.incident_id", "p12", "p19", "p20", "p21"), "raised")};
    END IF;
    IF v.incident_id IS NULL OR v.auto IS NOT TRUE OR near IS NULL THEN
        RETURN jsonb_build_object('incident_id', v.incident_id, 'joined', v.code IS NULL,
            'priority', v.priority, 'veto_s', v.veto_s, 'units', units, 'missing', missing);
    END IF;
    FOR need IN SELECT x.capability, x.count
                FROM jsonb_to_recordset(v.needs) AS x(capability text, count int) LOOP
        ranked := coalesce(near -> need.capability, '{{"ids": [], "etas": [], "metres": []}}');
        ids := ARRAY(SELECT jsonb_array_elements_text(ranked -> 'ids')::bigint);
        SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]') INTO part
        FROM dispatch_reserve(
            v.incident_id, need.capability, need.count, ids,
            ARRAY(SELECT jsonb_array_elements_text(ranked -> 'etas')::int),
            ARRAY(SELECT jsonb_array_elements_text(ranked -> 'metres')::int),
            coalesce(ranked ->> 'basis', 'distance'), true, p21, v.veto_s::float8, p20,
            0) AS t;
        units := units || part;
        got := jsonb_array_length(part);
        IF got < need.count AND (cardinality(ids) >= {NEARBY} OR cardinality(ids) > got) THEN
            missing := missing || jsonb_build_object(need.capability, need.count - got);
        ELSIF got < need.count THEN
            PERFORM dispatch_reserve(v.incident_id, need.capability, 0, '{{}}', '{{}}', '{{}}',
                'distance', true, p21, v.veto_s::float8, p20, need.count - got);
        END IF;
    END LOOP;
    RETURN jsonb_build_object('incident_id', v.incident_id, 'joined', false, 'priority', v.priority,
        'veto_s', v.veto_s, 'units', units, 'missing', missing);
END $f$;
"""

CREATE = CREATE_RESERVE + CREATE_OPEN

OPEN = "SELECT dispatch_open({})".format(", ".join(f"${n}" for n in range(1, len(_OPEN_TYPES) + 3)))

DROP = f"""
DROP FUNCTION dispatch_open({", ".join(_OPEN_TYPES)}, bigint[], jsonb);
DROP FUNCTION dispatch_reserve({", ".join(_RESERVE_TYPES)});
"""
