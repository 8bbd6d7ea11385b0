-- Contacts with a report that opens an incident: each is kept, and in a savepoint after that settled, in
-- one round trip and one commit for all who came together. An answer each, in their order:
--   null                           this contact came before
--   {"used": true}                 its code is another report's: send it with a new one
--   {"busy": true}                 others are at work in its neighbourhood: send it alone, it then waits;
--                                  nothing of either is stored
--   {contact_id, report_id, ...}   and what dispatch_settle says; or "failed" with the database's reason
--                                  and whether it was alone, and the report stands pending

-- What dispatch/at_once.py sends: contact, report (sealed parts in bytea), and the rest for
-- dispatch_settle. locks: of the kind's neighbourhood, ascending (linking.py).
CREATE TYPE dispatch_arrival AS (
    channel text, gateway text, provider_id text, client_key uuid, body_mac bytea,
    device_at timestamptz, rate_limited bool, raw bytea, phone bytea, phone_hash bytea,
    code text, track_hash bytea, class text, type text, priority text, confidence float8,
    reasons text[], casualties int, silent bool, lon float8, lat float8, accuracy_m int,
    reporter_lon float8, reporter_lat float8, kelurahan_code text, kelurahan_alt text[],
    lingkungan text, place_label text, place_basis text, out_of_city bool, candidates jsonb,
    life_threat bool, text bytea, name bytea, place_text bytea,
    locks bigint[], radius float8, link_window float8, area float8, verified bool, hidden bool,
    never_ask bool, capabilities text[], ends int[], bases text[], ids bigint[], etas int[],
    metres int[], actor_kind text, actor_id bigint
);

-- lock_timeout: who waits longer for a neighbour is kept all the same and settled afterwards. A crowd
-- waits for no row worth mentioning, or strangers would wait with one of it.
-- enable_seqscan: a plan made in the first quiet hour of a new city stays through its first flood.
-- What all have in common is written by one statement for all; what differs, one after another.
CREATE FUNCTION dispatch_take(a_arrivals dispatch_arrival[]) RETURNS jsonb
LANGUAGE plpgsql SET lock_timeout = '3s' SET enable_seqscan = off AS $f$
#variable_conflict use_column
DECLARE
    a dispatch_arrival; r report; reports report[] := '{}'; key bigint; n int := 0;
    alone bool := cardinality(a_arrivals) = 1; busy bool;
    used text[]; contacts bigint[] := '{}'; report_ids bigint[] := '{}'; kept bigint[];
    answer jsonb; answers jsonb := '[]';
BEGIN
    IF NOT alone THEN  -- ends with this function; less than a deadlock takes to be found
        PERFORM set_config('lock_timeout', '50ms', true);
    END IF;
    used := ARRAY(SELECT o.code FROM report o
                  WHERE o.code = ANY (ARRAY(SELECT came.code FROM unnest(a_arrivals) AS came)));
    FOREACH a IN ARRAY a_arrivals LOOP
        busy := a.code = ANY (used);
        IF NOT (alone OR busy) THEN  -- only tried: waiting in any order would deadlock
            FOREACH key IN ARRAY a.locks LOOP
                busy := busy OR NOT pg_try_advisory_xact_lock(key);
            END LOOP;
        END IF;
        contacts := contacts || CASE WHEN NOT busy THEN nextval('contact_id_seq') END;
        report_ids := report_ids || CASE WHEN NOT busy THEN nextval('report_id_seq') END;
    END LOOP;
    WITH stored AS (
        INSERT INTO contact (id, channel, gateway, provider_id, client_key, body_mac, key_reused,
                             device_at, rate_limited, state)
        SELECT contacts[ordinality], channel, gateway, provider_id, client_key, body_mac,
               client_key IS NOT NULL
               AND EXISTS (SELECT FROM contact k WHERE k.client_key = came.client_key),
               device_at, rate_limited, 'received'
        FROM unnest(a_arrivals) WITH ORDINALITY AS came
        WHERE contacts[ordinality] IS NOT NULL
        ON CONFLICT DO NOTHING
        RETURNING id
    )
    SELECT coalesce(array_agg(id), '{}') INTO kept FROM stored;
    INSERT INTO contact_private (contact_id, raw_enc, phone_enc, phone_hash)
    SELECT contacts[ordinality], raw, phone, phone_hash
    FROM unnest(a_arrivals) WITH ORDINALITY AS came
    WHERE contacts[ordinality] = ANY (kept);
    INSERT INTO event (kind, subject_type, subject_id, audience, actor_kind, actor_id, device_at,
                       payload)
    SELECT fact.kind, fact.subject, fact.id, 'desk', actor_kind, actor_id, device_at, fact.payload
    FROM unnest(a_arrivals) WITH ORDINALITY AS came, LATERAL (VALUES
        ('contact.received', 'contact', contacts[ordinality], jsonb_strip_nulls(jsonb_build_object(
            'contact_id', contacts[ordinality], 'channel', channel, 'gateway', gateway))),
        ('report.created', 'report', report_ids[ordinality], jsonb_strip_nulls(jsonb_build_object(
            'report_id', report_ids[ordinality], 'contact_id', contacts[ordinality], 'code', code,
            'class', class, 'type', type, 'priority', priority, 'kelurahan_code', kelurahan_code)))
    ) AS fact (kind, subject, id, payload)
    WHERE contacts[ordinality] = ANY (kept);

    FOREACH a IN ARRAY a_arrivals LOOP
        n := n + 1;
        IF contacts[n] IS NULL THEN
            answers := answers || CASE WHEN a.code = ANY (used) THEN '[{"used": true}]'
                                       ELSE '[{"busy": true}]' END::jsonb;
            CONTINUE;
        ELSIF contacts[n] <> ALL (kept) THEN
            answers := answers || '[null]';
            CONTINUE;
        END IF;
        r.id := report_ids[n];
        r.contact_id := contacts[n];
        r.code := a.code;
        r.track_hash := a.track_hash;
        r.handling := 'new';
        r.place := CASE WHEN a.lon IS NULL THEN 'unlocated' ELSE 'located' END;
        r.intake := 'pending';
        r.class := a.class;
        r.type := a.type;
        r.priority := a.priority;
        r.confidence := a.confidence;
        r.reasons := a.reasons;
        r.casualties := a.casualties;
        r.silent := a.silent;
        r.life_threat := a.life_threat;
        r.geom := ST_SetSRID(ST_MakePoint(a.lon, a.lat), 4326);
        r.accuracy_m := a.accuracy_m;
        r.reporter_geom := ST_SetSRID(ST_MakePoint(a.reporter_lon, a.reporter_lat), 4326);
        r.kelurahan_code := a.kelurahan_code;
        r.kelurahan_alt := a.kelurahan_alt;
        r.lingkungan := a.lingkungan;
        r.place_label := a.place_label;
        r.place_basis := a.place_basis;
        r.out_of_city := a.out_of_city;
        r.candidates := a.candidates;
        r.incident_id := NULL;
        r.asks_incident_id := NULL;
        r.created_at := clock_timestamp();
        r.version := 1;
        BEGIN
            IF alone THEN
                FOREACH key IN ARRAY a.locks LOOP
                    PERFORM pg_advisory_xact_lock(key);
                END LOOP;
            END IF;
            answer := dispatch_settle(r, a.radius, a.link_window, a.area, a.verified, a.hidden,
                a.never_ask, a.capabilities, a.ends, a.bases, a.ids, a.etas, a.metres,
                a.actor_kind, a.actor_id);
            r.incident_id := (answer ->> 'incident_id')::bigint;
            r.asks_incident_id := (answer ->> 'asks')::bigint;
            r.intake := 'done';
            r.handling := CASE WHEN r.incident_id IS NULL THEN 'new' ELSE 'linked' END;
        EXCEPTION WHEN OTHERS THEN
            answer := jsonb_build_object('failed', SQLSTATE, 'alone', alone);
        END;
        reports := reports || r;
        answers := answers || jsonb_build_array(
            answer || jsonb_build_object('contact_id', contacts[n], 'report_id', r.id));
    END LOOP;

    INSERT INTO report SELECT * FROM unnest(reports);
    INSERT INTO report_private (report_id, text_enc, name_enc, place_text_enc)
    SELECT report_ids[ordinality], text, name, place_text
    FROM unnest(a_arrivals) WITH ORDINALITY AS came
    WHERE contacts[ordinality] = ANY (kept) AND num_nonnulls(text, name, place_text) > 0;
    RETURN answers;
END $f$;
