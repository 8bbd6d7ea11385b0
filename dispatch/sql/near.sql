-- Free units near each point, for each capability that the run card of its kind and priority asks for,
-- if the card acts by itself. Flat, in the order of the points: list k is for point points[k] (from 1),
-- capabilities[k], and holds units ends[k - 1] + 1 .. ends[k], nearest first. A point whose card does not
-- act by itself has no list.
--
-- One point after another, as a variable and with the limit as a literal: joined or as a parameter, the
-- generic plan would not walk the spatial index. Arrays, because as JSON every coordinate would be made
-- a decimal number and read again.

CREATE FUNCTION dispatch_near(
    a_types text[], a_priorities text[], a_lons float8[], a_lats float8[],
    OUT points int[], OUT capabilities text[], OUT ends int[],
    OUT ids bigint[], OUT lons float8[], OUT lats float8[], OUT classes text[])
LANGUAGE plpgsql STABLE AS $f$
DECLARE
    here geometry; asked text[]; found record;
BEGIN
    points := '{}'; capabilities := '{}'; ends := '{}';
    ids := '{}'; lons := '{}'; lats := '{}'; classes := '{}';
    FOR n IN 1 .. cardinality(a_types) LOOP
        here := ST_SetSRID(ST_MakePoint(a_lons[n], a_lats[n]), 4326);
        SELECT array_agg(l.capability ORDER BY l.capability) INTO asked
        FROM run_card card
        JOIN run_card_line l ON l.run_card_id = card.id AND l.alarm_level = 1
        WHERE card.auto AND card.type = a_types[n] AND card.priority = a_priorities[n];
        FOR m IN 1 .. coalesce(cardinality(asked), 0) LOOP
            SELECT array_agg(k.unit_id) AS ids, array_agg(ST_X(k.geom)) AS lons,
                   array_agg(ST_Y(k.geom)) AS lats, array_agg(k.vehicle_class) AS classes
            INTO found
            FROM (
                SELECT c.unit_id, c.geom, c.vehicle_class FROM unit_capability c
                WHERE c.capability = asked[m] AND c.free
                ORDER BY c.geom <-> here LIMIT NEARBY
            ) AS k WHERE k.geom IS NOT NULL;  -- nobody knows where: last in the index
            points := points || n;
            capabilities := capabilities || asked[m];
            ids := ids || found.ids;
            lons := lons || found.lons;
            lats := lats || found.lats;
            classes := classes || found.classes;
            ends := ends || cardinality(ids);
        END LOOP;
    END LOOP;
END $f$;
