-- Taking units for an incident that stands, for the desk and for who looks further.

-- One assignment after another for units that are locked already, with its stamp, timer and event.
-- a_opened: the incident moves from open to assigned with them. Answers
-- [[assignment_id, unit_id, code, agency_id, eta_s], ...].
CREATE FUNCTION dispatch_assign(
    a_incident bigint, a_incident_code text, a_round int, a_opened bool,
    a_audience text, a_agencies bigint[],              -- who hears it besides the units' own
    a_units bigint[], a_codes text[], a_owners bigint[], a_capabilities text[],
    a_etas int[], a_metres int[], a_bases text[],
    a_auto bool, a_offer_after float8,                 -- seconds; null: no timer, the caller offers
    a_actor_kind text, a_account bigint)
RETURNS jsonb LANGUAGE plpgsql AS $f$
DECLARE
    new_id bigint; ids bigint[] := '{}'; units jsonb := '[]';
BEGIN
    FOR n IN 1 .. cardinality(a_units) LOOP
        INSERT INTO assignment (incident_id, unit_id, capability, state, auto, eta_s, distance_m,
                                eta_basis, by_account, clock_round)
        VALUES (a_incident, a_units[n], a_capabilities[n], 'reserved', a_auto, a_etas[n],
                a_metres[n], a_bases[n], a_account, a_round)
        RETURNING id INTO new_id;
        INSERT INTO assignment_stamp (assignment_id, state, source)
        VALUES (new_id, 'reserved', CASE WHEN a_auto THEN 'system' ELSE 'operator' END);
        IF a_offer_after IS NOT NULL THEN
            INSERT INTO timer (kind, subject_id, due_at)
            VALUES ('assignment.offer', new_id,
                    clock_timestamp() + make_interval(secs => a_offer_after));
        END IF;
        IF a_owners[n] <> ALL (a_agencies) THEN
            a_agencies := a_agencies || a_owners[n];
        END IF;
        ids := ids || new_id;
        units := units || jsonb_build_array(jsonb_build_array(
            new_id, a_units[n], a_codes[n], a_owners[n], a_etas[n]));
    END LOOP;
    INSERT INTO event (kind, incident_id, subject_type, subject_id, audience, agencies,
                       actor_kind, actor_id, payload)
    SELECT 'assignment.reserved', a_incident, 'assignment', made.id, a_audience, a_agencies,
        a_actor_kind, a_account,
        jsonb_build_object('assignment_id', made.id, 'incident_id', a_incident,
                           'unit_id', made.unit, 'unit_code', made.code, 'eta_s', made.eta)
    FROM unnest(ids, a_units, a_codes, a_etas) AS made (id, unit, code, eta)
    UNION ALL
    SELECT 'incident.assigned', a_incident, 'incident', a_incident, a_audience, a_agencies,
        a_actor_kind, a_account,
        jsonb_build_object('incident_id', a_incident, 'code', a_incident_code, 'from', 'open')
    WHERE a_opened;
    RETURN units;
END $f$;

-- Takes up to a_count of the units given by rank. Answers as dispatch_assign.
CREATE FUNCTION dispatch_reserve(
    a_incident bigint, a_capability text, a_count int,
    a_ids bigint[], a_etas int[], a_metres int[],      -- units by rank, seconds, metres
    a_basis text, a_auto bool, a_account bigint,
    a_offer_after float8,                              -- seconds; null: no timer, the caller offers
    a_actor_kind text,
    a_wanted int)                                      -- fewer got than this: a shortfall is said
RETURNS jsonb LANGUAGE plpgsql AS $f$
DECLARE
    place record; taken record; opened bool := false; audience text; answer jsonb := '[]';
    agencies bigint[] := '{}'; units bigint[] := '{}'; codes text[] := '{}';
    owners bigint[] := '{}'; etas int[] := '{}'; metres int[] := '{}';
BEGIN
    SELECT i.hidden, i.clock_round, i.state, i.code INTO place FROM incident i
    WHERE i.id = a_incident;
    audience := CASE WHEN place.hidden THEN 'agencies' ELSE 'staff' END;
    IF place.hidden THEN  -- all who are on it hear it, not only whose unit comes now
        agencies := ARRAY(SELECT DISTINCT o.agency_id FROM assignment b
                          JOIN unit o ON o.id = b.unit_id
                          WHERE b.incident_id = a_incident
                            AND b.clock_round = place.clock_round);
    END IF;
    -- Ids first, locked by key: KNN with FOR UPDATE through a GiST index fails ("attempted to lock
    -- invisible tuple"). One by one: only units taken are locked, mostly the first is free, and one that
    -- another transaction is taking is skipped, so the loser gets the next best in the same call.
    FOR rank IN 1 .. cardinality(a_ids) LOOP
        EXIT WHEN cardinality(units) = a_count;
        SELECT u.id, u.code, u.agency_id INTO taken FROM unit u
        WHERE u.id = a_ids[rank] AND u.state = 'available' AND NOT u.busy
          AND u.id <> ALL (units)
        FOR UPDATE SKIP LOCKED;
        CONTINUE WHEN NOT FOUND;
        units := units || taken.id;
        codes := codes || taken.code;
        owners := owners || taken.agency_id;
        etas := etas || a_etas[rank];
        metres := metres || a_metres[rank];
    END LOOP;
    IF cardinality(units) > 0 THEN
        UPDATE incident SET state = 'assigned', version = version + 1
        WHERE id = a_incident AND state = 'open';
        opened := FOUND;
        answer := dispatch_assign(
            a_incident, place.code, place.clock_round, opened, audience, agencies, units, codes,
            owners, array_fill(a_capability, ARRAY[cardinality(units)]), etas, metres,
            array_fill(a_basis, ARRAY[cardinality(units)]), a_auto, a_offer_after, a_actor_kind,
            a_account);
    END IF;
    IF cardinality(units) < a_wanted THEN
        INSERT INTO event (kind, incident_id, subject_type, subject_id, audience, agencies,
                           actor_kind, actor_id, payload)
        VALUES ('need.shortfall', a_incident, 'incident', a_incident, audience,
                ARRAY(SELECT DISTINCT x FROM unnest(agencies || owners) AS x), a_actor_kind,
                a_account,
                jsonb_build_object('incident_id', a_incident, 'capability', a_capability,
                                   'missing', a_wanted - cardinality(units)));
    END IF;
    RETURN answer;
END $f$;
