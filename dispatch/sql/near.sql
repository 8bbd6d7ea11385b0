-- Free units near each point, for each capability that the run card of its kind and priority asks for,
-- if the card acts by itself: [{capability: [[unit_id, lon, lat, vehicle_class], ...]} or null, ...],
-- nearest first.
--
-- One point after another, as a variable and with the limit as a literal: joined or as a parameter, the
-- generic plan would not walk the spatial index.

CREATE FUNCTION dispatch_near(
    a_types text[], a_priorities text[], a_lons float8[], a_lats float8[]) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $f$
DECLARE
    here geometry; found jsonb; answers jsonb := '[]';
BEGIN
    FOR n IN 1 .. cardinality(a_types) LOOP
        here := ST_SetSRID(ST_MakePoint(a_lons[n], a_lats[n]), 4326);
        SELECT jsonb_object_agg(l.capability, (
            SELECT coalesce(jsonb_agg(jsonb_build_array(k.unit_id, ST_X(k.geom), ST_Y(k.geom),
                       u.vehicle_class) ORDER BY k.away), '[]'::jsonb)
            FROM (
                SELECT c.unit_id, c.geom, c.geom <-> here AS away FROM unit_capability c
                WHERE c.capability = l.capability AND c.free
                ORDER BY c.geom <-> here LIMIT NEARBY  -- nobody knows where: last, and left out below
            ) AS k JOIN unit u ON u.id = k.unit_id WHERE k.geom IS NOT NULL))
        INTO found
        FROM run_card card
        JOIN run_card_line l ON l.run_card_id = card.id AND l.alarm_level = 1
        WHERE card.auto AND card.type = a_types[n] AND card.priority = a_priorities[n];
        answers := answers || jsonb_build_array(found);
    END LOOP;
    RETURN answers;
END $f$;
