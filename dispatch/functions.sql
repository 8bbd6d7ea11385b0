-- The second half of a report's way, in the database: one round trip, one commit.
--
--   dispatch_open     lock the kind's neighbourhood -> join the twin and make it as grave as the report
--                     says, or open the incident with its needs -> take free units of those ranked
--   dispatch_reserve  the taking alone, also for the desk
--
-- Functions, because each statement in them sees what was committed before it began: the search for a
-- twin must look after the lock is held. Small statements, because starting one large one costs more
-- than running it. dispatch_raise is made by functions.py from raising.py.
-- A change here comes with a migration that creates the functions anew.

CREATE OR REPLACE FUNCTION dispatch_reserve(
    a_incident bigint, a_capability text, a_count int,
    a_ids bigint[], a_etas int[], a_metres int[],   -- units by rank, seconds, metres
    a_basis text, a_auto bool, a_account bigint,
    a_offer_after float8,                           -- seconds; null: no timer, the caller offers
    a_actor_kind text,
    a_wanted int)                                   -- fewer got than this: a shortfall is said
RETURNS TABLE (assignment_id bigint, unit_id bigint, unit_code text, agency_id bigint, eta_s int)
LANGUAGE plpgsql AS $f$
#variable_conflict use_column
DECLARE
    place record; taken record; rank int; made bigint; got int := 0; seen text;
    agencies bigint[] := '{}';
BEGIN
    SELECT i.hidden, i.clock_round, i.state, i.code INTO place FROM incident i
    WHERE i.id = a_incident;
    seen := CASE WHEN place.hidden THEN 'agencies' ELSE 'staff' END;
    IF place.hidden THEN  -- all who are on it hear it, not only whose unit comes now
        agencies := ARRAY(SELECT DISTINCT o.agency_id FROM assignment b
                          JOIN unit o ON o.id = b.unit_id
                          WHERE b.incident_id = a_incident
                            AND b.clock_round = place.clock_round);
    END IF;
    -- Ids first, locked by key: KNN with FOR UPDATE through a GiST index fails ("attempted to lock
    -- invisible tuple"). LIMIT stands above the lock: only units taken are locked, and one that
    -- another transaction is taking is skipped, so the loser gets the next best in the same call.
    FOR taken IN
        SELECT u.id, u.code, u.agency_id FROM unit u
        WHERE u.id = ANY (a_ids) AND u.state = 'available' AND NOT u.busy
        ORDER BY array_position(a_ids, u.id) LIMIT a_count
        FOR UPDATE SKIP LOCKED
    LOOP
        got := got + 1;
        rank := array_position(a_ids, taken.id);
        INSERT INTO assignment (incident_id, unit_id, capability, state, auto, eta_s, distance_m,
                                eta_basis, by_account, clock_round)
        VALUES (a_incident, taken.id, a_capability, 'reserved', a_auto, a_etas[rank],
                a_metres[rank], a_basis, a_account, place.clock_round)
        RETURNING id INTO made;
        INSERT INTO assignment_stamp (assignment_id, state, source)
        VALUES (made, 'reserved', CASE WHEN a_auto THEN 'system' ELSE 'operator' END);
        IF a_offer_after IS NOT NULL THEN
            INSERT INTO timer (kind, subject_id, due_at)
            VALUES ('assignment.offer', made,
                    clock_timestamp() + make_interval(secs => a_offer_after));
        END IF;
        IF taken.agency_id <> ALL (agencies) THEN
            agencies := agencies || taken.agency_id;
        END IF;
        INSERT INTO event (kind, incident_id, subject_type, subject_id, audience, agencies,
                           actor_kind, actor_id, payload)
        VALUES ('assignment.reserved', a_incident, 'assignment', made, seen,
                agencies, a_actor_kind, a_account,
                jsonb_build_object('assignment_id', made, 'incident_id', a_incident,
                    'unit_id', taken.id, 'unit_code', taken.code, 'eta_s', a_etas[rank]));
        assignment_id := made;
        unit_id := taken.id;
        unit_code := taken.code;
        agency_id := taken.agency_id;
        eta_s := a_etas[rank];
        RETURN NEXT;
    END LOOP;
    IF got > 0 THEN
        UPDATE incident SET state = 'assigned', version = version + 1
        WHERE id = a_incident AND state = 'open';
        IF FOUND THEN
            INSERT INTO event (kind, incident_id, subject_type, subject_id, audience, agencies,
                               actor_kind, actor_id, payload)
            VALUES ('incident.assigned', a_incident, 'incident', a_incident, seen, agencies,
                    a_actor_kind, a_account,
                    jsonb_build_object('incident_id', a_incident, 'code', place.code,
                                       'from', 'open'));
        END IF;
    END IF;
    IF got < a_wanted THEN
        INSERT INTO event (kind, incident_id, subject_type, subject_id, audience, agencies,
                           actor_kind, actor_id, payload)
        VALUES ('need.shortfall', a_incident, 'incident', a_incident, seen, agencies,
                a_actor_kind, a_account,
                jsonb_build_object('incident_id', a_incident, 'capability', a_capability,
                                   'missing', a_wanted - got));
    END IF;
END $f$;

CREATE OR REPLACE FUNCTION dispatch_open(
    a_report bigint, a_type text, a_lon float8, a_lat float8,
    a_radius float8, a_window float8, a_area float8,   -- degrees; seconds; seconds (linking.py)
    a_kelurahan text, a_precise bool, a_lingkungan text, a_ask_hours int,
    a_priority text, a_verified bool, a_hidden bool, a_alternatives text[], a_label text,
    a_uncertainty int, a_outside bool, a_casualties int,
    a_actor_kind text, a_actor bigint,
    a_precise_m int,                                   -- as good as this is a position, else an area
    a_never_ask bool,                                  -- a closed one that fits is linked, not asked
    a_locks bigint[],
    a_near jsonb)                                      -- {capability: {ids, etas, metres, basis}}
RETURNS jsonb LANGUAGE plpgsql AS $f$
#variable_conflict use_column
DECLARE
    here geometry := ST_SetSRID(ST_MakePoint(a_lon, a_lat), 4326);
    seen text := CASE WHEN a_hidden THEN 'agencies' ELSE 'staff' END;
    key bigint; twin bigint; target bigint; fits bigint; incident_code text; was text;
    card record; line record; ranked jsonb; ids bigint[]; part jsonb; got int;
    units jsonb := '[]'; missing jsonb := '{}';
BEGIN
    FOREACH key IN ARRAY a_locks LOOP
        PERFORM pg_advisory_xact_lock(key);
    END LOOP;
    PERFORM FROM report r WHERE r.id = a_report AND r.handling = 'new' FOR UPDATE;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('incident_id', NULL, 'joined', false, 'units', units,
                                  'missing', missing);
    END IF;

    -- The twin: near enough for two positions, or of the same area for words that name no more.
    IF a_precise THEN
        SELECT i.id INTO twin FROM incident i
        WHERE i.live AND i.type = a_type AND i.uncertainty_m <= a_precise_m
          AND i.geom && ST_Expand(here, a_radius) AND ST_DWithin(i.geom, here, a_radius)
          AND i.opened_at > now() - make_interval(secs => a_window)
        ORDER BY ST_Distance(i.geom, here), i.id LIMIT 1;
    END IF;
    IF twin IS NULL AND a_area > 0 THEN
        SELECT i.id INTO twin FROM incident i
        WHERE i.live AND i.type = a_type AND i.kelurahan_code = a_kelurahan
          AND (NOT a_precise OR i.uncertainty_m > a_precise_m)
          AND (i.lingkungan IS NULL OR a_lingkungan IS NULL OR i.lingkungan = a_lingkungan)
          AND i.opened_at > now() - make_interval(secs => a_area)
        ORDER BY i.opened_at DESC, i.id LIMIT 1;
    END IF;
    IF twin IS NOT NULL THEN
        -- Held, and looked at again: nobody closes it while this report joins.
        SELECT i.priority INTO was FROM incident i
        WHERE i.id = twin AND i.live FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            twin := NULL;
        END IF;
    END IF;
    IF twin IS NULL THEN
        SELECT i.id INTO fits FROM incident i
        WHERE i.closed_at > now() - make_interval(hours => a_ask_hours) AND i.state = 'closed'
          AND i.type = a_type AND (
            (a_precise AND i.uncertainty_m <= a_precise_m AND ST_DWithin(i.geom, here, a_radius))
            OR (a_area > 0 AND i.kelurahan_code = a_kelurahan
                AND (NOT a_precise OR i.uncertainty_m > a_precise_m)
                AND (i.lingkungan IS NULL OR a_lingkungan IS NULL
                     OR i.lingkungan = a_lingkungan)))
        ORDER BY i.closed_at DESC LIMIT 1;
        IF fits IS NOT NULL AND NOT a_never_ask THEN
            UPDATE report SET intake = 'done', version = version + 1, asks_incident_id = fits
            WHERE id = a_report;
            INSERT INTO event (kind, incident_id, subject_type, subject_id, audience, actor_kind,
                               actor_id, payload)
            VALUES ('report.asked', fits, 'report', a_report, 'desk', a_actor_kind, a_actor,
                    jsonb_build_object('report_id', a_report, 'incident_id', fits));
            RETURN jsonb_build_object('incident_id', NULL, 'joined', false, 'units', units,
                                      'missing', missing);
        END IF;
    END IF;

    IF twin IS NULL THEN
        INSERT INTO incident (type, priority, verified, hidden, geom, kelurahan_code,
            kelurahan_alt, lingkungan, place_label, uncertainty_m, out_of_city, casualties,
            linked_to)
        VALUES (a_type, a_priority, a_verified, a_hidden, here, a_kelurahan, a_alternatives,
                a_lingkungan, a_label, a_uncertainty, a_outside, a_casualties, fits)
        RETURNING id, code INTO target, incident_code;
        INSERT INTO event (kind, incident_id, subject_type, subject_id, audience, actor_kind,
                           actor_id, payload)
        VALUES ('incident.opened', target, 'incident', target, seen, a_actor_kind, a_actor,
                jsonb_strip_nulls(jsonb_build_object('incident_id', target, 'code', incident_code,
                    'type', a_type, 'priority', a_priority, 'kelurahan_code', a_kelurahan)));
    ELSE
        target := twin;
    END IF;
    UPDATE report SET intake = 'done', version = version + 1, handling = 'linked',
        incident_id = target, asks_incident_id = NULL
    WHERE id = a_report;
    INSERT INTO event (kind, incident_id, subject_type, subject_id, audience, actor_kind, actor_id,
                       payload)
    VALUES ('report.linked', target, 'report', a_report, 'desk', a_actor_kind, a_actor,
            jsonb_build_object('report_id', a_report, 'incident_id', target, 'from', 'new'));
    IF twin IS NOT NULL THEN
        PERFORM dispatch_raise(twin, a_priority, a_casualties, a_actor_kind, a_actor);
        RETURN jsonb_build_object('incident_id', twin, 'joined', true, 'priority', was,
                                  'units', units, 'missing', missing);
    END IF;

    SELECT c.id, c.auto, c.veto_s INTO card FROM run_card c
    WHERE c.type = a_type AND c.priority = a_priority;
    FOR line IN SELECT l.capability, l.count FROM run_card_line l
                WHERE l.run_card_id = card.id AND l.alarm_level = 1 ORDER BY l.capability LOOP
        INSERT INTO need (incident_id, alarm_level, capability, count)
        VALUES (target, 1, line.capability, line.count);
        CONTINUE WHEN card.auto IS NOT TRUE OR a_near IS NULL;
        ranked := coalesce(a_near -> line.capability, '{"ids": [], "etas": [], "metres": []}');
        ids := ARRAY(SELECT jsonb_array_elements_text(ranked -> 'ids')::bigint);
        SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]') INTO part
        FROM dispatch_reserve(
            target, line.capability, line.count, ids,
            ARRAY(SELECT jsonb_array_elements_text(ranked -> 'etas')::int),
            ARRAY(SELECT jsonb_array_elements_text(ranked -> 'metres')::int),
            coalesce(ranked ->> 'basis', 'distance'), true, a_actor, card.veto_s::float8,
            a_actor_kind, 0) AS t;
        units := units || part;
        got := jsonb_array_length(part);
        -- A list as long as it may be goes on further away, and a unit that was passed over may only
        -- be held for a moment (its position coming in): the caller looks again before anything is
        -- said to be missing.
        IF got < line.count AND (cardinality(ids) >= NEARBY OR cardinality(ids) > got) THEN
            missing := missing || jsonb_build_object(line.capability, line.count - got);
        ELSIF got < line.count THEN
            PERFORM dispatch_reserve(target, line.capability, 0, '{}', '{}', '{}', 'distance',
                true, a_actor, card.veto_s::float8, a_actor_kind, line.count - got);
        END IF;
    END LOOP;
    RETURN jsonb_build_object('incident_id', target, 'joined', false, 'priority', a_priority,
        'veto_s', card.veto_s, 'units', units, 'missing', missing);
END $f$;
