"""Statements of the map's routes: names by likeness, neighbours of a point, areas as GeoJSON."""

from __future__ import annotations

# A name fits when it is alike as a whole or the typed text is alike to a part of it. The imported
# map's thousands are asked through their trigram index.
NAMES = """
WITH asked AS (SELECT $1::text AS q),
named AS (
    SELECT 'area' AS origin, a.level AS kind, a.name, a.code AS ref, a.centroid AS at,
           ARRAY[a.code] AS area_codes, NULL::float8 AS uncertainty_m, a.source, true AS published,
           greatest(word_similarity(asked.q, lower(a.name)), (
               SELECT max(word_similarity(asked.q, lower(x))) FROM unnest(a.aliases) x)) AS score
    FROM area a CROSS JOIN asked
    WHERE a.level IN ('kelurahan', 'kecamatan')
    UNION ALL
    SELECT 'place', p.kind, p.name, p.slug, ST_PointOnSurface(p.geom), p.area_codes,
           p.uncertainty_m, p.source, p.published,
           greatest(word_similarity(asked.q, p.folded), (
               SELECT max(word_similarity(asked.q, lower(x))) FROM unnest(p.aliases) x))
    FROM place p CROSS JOIN asked WHERE NOT starts_with(p.slug, 'osm/')
    UNION ALL
    SELECT 'place', p.kind, p.name, p.slug, ST_PointOnSurface(p.geom), p.area_codes,
           p.uncertainty_m, p.source, p.published, word_similarity($1::text, p.folded)
    FROM place p WHERE $1::text <% p.folded AND starts_with(p.slug, 'osm/')
    UNION ALL
    SELECT 'alias', coalesce(p.kind, a.level), n.alias, coalesce(n.area_code, n.place_slug),
           coalesce(ST_PointOnSurface(p.geom), a.centroid),
           coalesce(p.area_codes, ARRAY[n.area_code]), p.uncertainty_m, n.source, false,
           word_similarity($1::text, n.folded)
    FROM name_alias n LEFT JOIN area a ON a.code = n.area_code
    LEFT JOIN place p ON p.slug = n.place_slug WHERE $1::text <% n.folded
)
SELECT origin, kind, name, ref, ST_X(at) AS lon, ST_Y(at) AS lat, area_codes, uncertainty_m,
       source, round(score::numeric, 3)::float8 AS score
FROM named
WHERE score >= 0.35 AND (published OR NOT $2)
ORDER BY score DESC, length(name), name
LIMIT $3
"""
"""$1 folded text, $2 only published ones, $3 how many."""

NEAREST_PLACES = """
WITH here AS (SELECT ST_SetSRID(ST_MakePoint($1, $2), 4326) AS p),
near AS MATERIALIZED (
    SELECT place.slug, place.kind, place.name, place.geom
    FROM place, here WHERE place.geom IS NOT NULL
    ORDER BY place.geom <-> here.p LIMIT 20
)
SELECT slug, kind, name, round(ST_Distance(geom::geography, here.p::geography))::int AS distance_m
FROM near, here ORDER BY distance_m, name LIMIT $3
"""
"""$1 lon, $2 lat, $3 how many."""

AREAS = """
SELECT code, level, name, parent_code, bps_code, postcode, approximate, source,
       ST_X(centroid) AS lon, ST_Y(centroid) AS lat, ST_AsGeoJSON(geom, 6) AS geometry
FROM area WHERE ($1::text IS NULL OR level = $1) ORDER BY code
"""
"""$1 level or null for all."""
