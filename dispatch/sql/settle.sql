-- What becomes of a report with a kind and a place: join the twin and make it as grave as the report
-- says, or open the incident with its needs and take free units of those ranked. To lock the kind's
-- neighbourhood before, and to write the report's own row after, is the caller's. Answers
-- {incident_id, asks, joined, priority, veto_s, units: as dispatch_assign, missing: {capability: n}};
-- incident_id null: a lately closed incident fits (asks), a person is asked.
CREATE FUNCTION dispatch_settle(
    a_report report,                                   -- stored, or as it will be
    a_radius float8, a_window float8, a_area float8,   -- degrees; seconds; seconds (linking.py)
    a_verified bool, a_hidden bool,
    a_never_ask bool,                                  -- a closed one that fits is linked, not asked
    a_capabilities text[], a_ends int[], a_bases text[],   -- what was ranked: of each capability the
    a_ids bigint[], a_etas int[], a_metres int[],          -- end of its part of these
    a_actor_kind text, a_actor bigint)
RETURNS jsonb LANGUAGE plpgsql AS $f$
#variable_conflict use_column
DECLARE
    audience text := CASE WHEN a_hidden THEN 'agencies' ELSE 'staff' END;
    precise bool := a_report.geom IS NOT NULL AND coalesce(a_report.accuracy_m, 0) <= PRECISE_M;
    twin bigint; target bigint; fits bigint; incident_code text; was text;
    card record; taken record; part int; first int; last int; got int;
    units bigint[] := '{}'; codes text[] := '{}'; owners bigint[] := '{}'; needs text[] := '{}';
    etas int[] := '{}'; metres int[] := '{}'; bases text[] := '{}';
    missing jsonb := '{}'; short jsonb := '{}'; answer jsonb := '[]';
BEGIN
    -- The twin: near enough for two positions, or of the same area for words that name no more.
    -- live_geom, not geom: every other index over live rows would serve a plan made on a quiet night
    -- as well, and then each report of a flood would look at all incidents.
    IF precise AND a_window > 0 THEN
        SELECT i.id INTO twin FROM incident i
        WHERE i.live_geom && ST_Expand(a_report.geom, a_radius)
          AND ST_DWithin(i.live_geom, a_report.geom, a_radius)
          AND i.type = a_report.type AND i.uncertainty_m <= PRECISE_M
          AND i.opened_at > now() - make_interval(secs => a_window)
        ORDER BY ST_Distance(i.live_geom, a_report.geom), i.id LIMIT 1;
    END IF;
    IF twin IS NULL AND a_area > 0 THEN
        SELECT i.id INTO twin FROM incident i
        WHERE i.live AND i.type = a_report.type AND i.kelurahan_code = a_report.kelurahan_code
          AND (NOT precise OR i.uncertainty_m > PRECISE_M)
          AND (i.lingkungan IS NULL OR a_report.lingkungan IS NULL
               OR i.lingkungan = a_report.lingkungan)
          AND i.opened_at > now() - make_interval(secs => a_area)
        ORDER BY i.opened_at DESC, i.id LIMIT 1;
    END IF;
    IF twin IS NOT NULL THEN
        -- Held, and looked at again: nobody closes it while this report joins.
        SELECT i.priority INTO was FROM incident i
        WHERE i.id = twin AND i.live FOR NO KEY UPDATE;
        IF FOUND THEN
            INSERT INTO event (kind, incident_id, subject_type, subject_id, audience, actor_kind,
                               actor_id, payload)
            VALUES ('report.linked', twin, 'report', a_report.id, 'desk', a_actor_kind, a_actor,
                    jsonb_build_object('report_id', a_report.id, 'incident_id', twin,
                                       'from', 'new'));
            PERFORM dispatch_raise(twin, a_report.priority, a_report.casualties, a_actor_kind,
                                   a_actor);
            RETURN jsonb_build_object('incident_id', twin, 'joined', true, 'priority', was,
                                      'units', answer, 'missing', missing);
        END IF;
    END IF;
    SELECT i.id INTO fits FROM incident i
    WHERE i.closed_at > now() - make_interval(hours => ASK_HOURS) AND i.state = 'closed'
      AND i.type = a_report.type AND (
        (precise AND i.uncertainty_m <= PRECISE_M AND ST_DWithin(i.geom, a_report.geom, a_radius))
        OR (a_area > 0 AND i.kelurahan_code = a_report.kelurahan_code
            AND (NOT precise OR i.uncertainty_m > PRECISE_M)
            AND (i.lingkungan IS NULL OR a_report.lingkungan IS NULL
                 OR i.lingkungan = a_report.lingkungan)))
    ORDER BY i.closed_at DESC LIMIT 1;
    IF fits IS NOT NULL AND NOT a_never_ask THEN
        INSERT INTO event (kind, incident_id, subject_type, subject_id, audience, actor_kind,
                           actor_id, payload)
        VALUES ('report.asked', fits, 'report', a_report.id, 'desk', a_actor_kind, a_actor,
                jsonb_build_object('report_id', a_report.id, 'incident_id', fits));
        RETURN jsonb_build_object('incident_id', NULL, 'asks', fits, 'joined', false,
                                  'units', answer, 'missing', missing);
    END IF;

    SELECT c.auto, c.veto_s, array_agg(l.capability ORDER BY l.capability) AS capabilities,
           array_agg(l.count ORDER BY l.capability) AS counts
    INTO card
    FROM run_card c JOIN run_card_line l ON l.run_card_id = c.id AND l.alarm_level = 1
    WHERE c.type = a_report.type AND c.priority = a_report.priority
    GROUP BY c.id;
    -- Units first, so that the incident is written once, in the state that it is in.
    FOR n IN 1 .. coalesce(cardinality(card.capabilities), 0) LOOP
        EXIT WHEN NOT card.auto OR a_ids IS NULL;
        part := array_position(a_capabilities, card.capabilities[n]);
        first := coalesce(a_ends[part - 1], 0) + 1;
        last := coalesce(a_ends[part], first - 1);
        got := 0;
        FOR rank IN first .. last LOOP
            EXIT WHEN got = card.counts[n];
            -- as in dispatch_reserve
            SELECT u.id, u.code, u.agency_id INTO taken FROM unit u
            WHERE u.id = a_ids[rank] AND u.state = 'available' AND NOT u.busy
              AND u.id <> ALL (units)
            FOR UPDATE SKIP LOCKED;
            CONTINUE WHEN NOT FOUND;
            got := got + 1;
            units := units || taken.id;
            codes := codes || taken.code;
            owners := owners || taken.agency_id;
            needs := needs || card.capabilities[n];
            etas := etas || a_etas[rank];
            metres := metres || a_metres[rank];
            bases := bases || a_bases[part];
        END LOOP;
        IF got < card.counts[n] THEN
            -- A list as long as it may be goes on further away, and a unit that was passed over may
            -- only be held for a moment (its position coming in), and what the card did not ask for when
            -- units were ranked was never looked for: the caller looks again before anything is said to
            -- be missing.
            IF part IS NULL OR last - first + 1 >= NEARBY OR last - first + 1 > got THEN
                missing := missing || jsonb_build_object(card.capabilities[n], card.counts[n] - got);
            ELSE
                short := short || jsonb_build_object(card.capabilities[n], card.counts[n] - got);
            END IF;
        END IF;
    END LOOP;

    INSERT INTO incident (type, priority, verified, hidden, geom, kelurahan_code,
        kelurahan_alt, lingkungan, place_label, uncertainty_m, out_of_city, casualties,
        linked_to, state, version)
    VALUES (a_report.type, a_report.priority, a_verified, a_hidden, a_report.geom,
            a_report.kelurahan_code, a_report.kelurahan_alt, a_report.lingkungan,
            a_report.place_label, a_report.accuracy_m, a_report.out_of_city, a_report.casualties,
            fits, CASE WHEN cardinality(units) > 0 THEN 'assigned' ELSE 'open' END,
            CASE WHEN cardinality(units) > 0 THEN 2 ELSE 1 END)
    RETURNING id, code INTO target, incident_code;
    INSERT INTO event (kind, incident_id, subject_type, subject_id, audience, actor_kind,
                       actor_id, payload)
    VALUES ('incident.opened', target, 'incident', target, audience, a_actor_kind, a_actor,
            jsonb_strip_nulls(jsonb_build_object('incident_id', target, 'code', incident_code,
                'type', a_report.type, 'priority', a_report.priority,
                'kelurahan_code', a_report.kelurahan_code))),
        ('report.linked', target, 'report', a_report.id, 'desk', a_actor_kind, a_actor,
            jsonb_build_object('report_id', a_report.id, 'incident_id', target, 'from', 'new'));
    IF card.capabilities IS NOT NULL THEN
        INSERT INTO need (incident_id, alarm_level, capability, count)
        SELECT target, 1, line.capability, line.count
        FROM unnest(card.capabilities, card.counts) AS line (capability, count);
    END IF;
    IF cardinality(units) > 0 THEN
        answer := dispatch_assign(target, incident_code, 1, true, audience, '{}', units, codes,
            owners, needs, etas, metres, bases, true, card.veto_s::float8, a_actor_kind, a_actor);
    END IF;
    IF short <> '{}' THEN
        INSERT INTO event (kind, incident_id, subject_type, subject_id, audience, agencies,
                           actor_kind, actor_id, payload)
        SELECT 'need.shortfall', target, 'incident', target, audience,
            ARRAY(SELECT DISTINCT x FROM unnest(owners) AS x), a_actor_kind, a_actor,
            jsonb_build_object('incident_id', target, 'capability', key, 'missing', value)
        FROM jsonb_each(short);
    END IF;
    RETURN jsonb_build_object('incident_id', target, 'joined', false,
        'priority', a_report.priority, 'veto_s', card.veto_s, 'units', answer,
        'missing', missing);
END $f$;

-- The same for a report that is stored and was left pending. a_locks, enable_seqscan: as in take.sql.
-- a_version: what hidden, locks and ranking were made for; null: it was stored just now. Answers
-- {"stale": true} when the report is another by now.
CREATE FUNCTION dispatch_finish(
    a_report bigint, a_version int, a_locks bigint[], a_radius float8, a_window float8, a_area float8,
    a_verified bool, a_hidden bool, a_never_ask bool, a_capabilities text[], a_ends int[],
    a_bases text[], a_ids bigint[], a_etas int[], a_metres int[], a_actor_kind text, a_actor bigint)
RETURNS jsonb LANGUAGE plpgsql SET enable_seqscan = off AS $f$
DECLARE
    r report; answer jsonb; key bigint;
BEGIN
    FOREACH key IN ARRAY a_locks LOOP
        PERFORM pg_advisory_xact_lock(key);
    END LOOP;
    SELECT * INTO r FROM report WHERE id = a_report AND handling = 'new' FOR UPDATE;
    IF NOT FOUND THEN
        RETURN jsonb_build_object('incident_id', NULL, 'joined', false, 'units', '[]'::jsonb,
                                  'missing', '{}'::jsonb);
    END IF;
    IF r.version <> a_version THEN
        RETURN '{"stale": true}';
    END IF;
    answer := dispatch_settle(r, a_radius, a_window, a_area, a_verified, a_hidden, a_never_ask,
        a_capabilities, a_ends, a_bases, a_ids, a_etas, a_metres, a_actor_kind, a_actor);
    UPDATE report SET intake = 'done', version = version + 1,
        handling = CASE WHEN answer ->> 'incident_id' IS NULL THEN 'new' ELSE 'linked' END,
        incident_id = (answer ->> 'incident_id')::bigint,
        asks_incident_id = (answer ->> 'asks')::bigint
    WHERE id = a_report;
    RETURN answer;
END $f$;
