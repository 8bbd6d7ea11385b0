"""Put what was read into the tables, all in the caller's transaction: half a map is never seen.

Only rows that an import made are replaced. An official outline stays, places and aliases made by
hand stay, and an alias whose place got a new row is moved to it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from core.db import Tx
from geo.osm.areas import Mapped
from geo.osm.edges import Edge
from geo.osm.progress import Progress
from geo.osm.streets import Street
from geo.osm.things import Spot, Waters
from geo.words import fold

SOURCE = "OpenStreetMap (ODbL)"
PREFIX = "osm/"
CHUNK = 5_000
MAX_NAME = 200
SPOT_UNCERTAINTY_M = 100.0

AREA = """
INSERT INTO area AS a (code, level, name, parent_code, ordinary_meaning, centroid, geom,
                       approximate, source)
VALUES ($1, $2, $3, $4, $5, ST_SetSRID(ST_MakePoint($6, $7), 4326), ST_GeomFromWKB($8, 4326),
        $9, $10)
ON CONFLICT (code) DO UPDATE SET
    parent_code = coalesce(excluded.parent_code, a.parent_code),
    centroid = excluded.centroid, geom = excluded.geom, approximate = excluded.approximate,
    source = excluded.source, revision = a.revision + 1
WHERE a.approximate OR a.source = excluded.source
"""
OTHER_AREAS = """
DELETE FROM area WHERE NOT ST_DWithin(centroid, ST_MakeEnvelope($1, $2, $3, $4, 4326), 0.5)
"""
OTHER_PLACES = """
DELETE FROM place WHERE NOT by_hand AND NOT EXISTS (
    SELECT FROM area a WHERE a.code = ANY(area_codes))
"""
STALE_AREAS = """
DELETE FROM area WHERE source = $1 AND starts_with(code, 'osm') AND NOT code = ANY($2::text[])
"""
STAGE = """
CREATE TEMP TABLE osm_place (slug text, kind text, name text, folded text, aliases text[],
                             shape bytea, uncertainty_m float8) ON COMMIT DROP
"""
# The kelurahan that a thing lies in, those that hold most of it first.
PLACES = """
INSERT INTO place (slug, kind, name, folded, aliases, geom, uncertainty_m, source, area_codes)
SELECT s.slug, s.kind, s.name, s.folded, s.aliases, g.geom, s.uncertainty_m, $1, coalesce((
    SELECT array_agg(a.code ORDER BY CASE WHEN ST_Dimension(g.geom) = 0 THEN 0
               ELSE -ST_Length(ST_Intersection(a.geom, g.geom)) END, a.code)
    FROM area a WHERE a.level = 'kelurahan' AND ST_Intersects(a.geom, g.geom)), '{}')
FROM osm_place s CROSS JOIN LATERAL (SELECT ST_GeomFromWKB(s.shape, 4326) AS geom) g
ON CONFLICT (slug) DO NOTHING
"""
STAGE_EDGES = """
CREATE TEMP TABLE osm_edge (id bigint, source_node bigint, target_node bigint, way_id bigint,
    class text, name text, oneway smallint, maxspeed_kmh real, width_m real, access text,
    bridge boolean, surface text, length_m real, shape bytea) ON COMMIT DROP
"""
EDGES = """
INSERT INTO road_edge (id, source_node, target_node, way_id, class, name, oneway, maxspeed_kmh,
                       width_m, access, bridge, surface, length_m, geom)
SELECT id, source_node, target_node, way_id, class, name, oneway, maxspeed_kmh, width_m, access,
       bridge, surface, length_m, ST_GeomFromWKB(shape, 4326) FROM osm_edge
"""
WATER = """
INSERT INTO water (osm_id, kind, name, geom) VALUES ($1, $2, $3, ST_GeomFromWKB($4, 4326))
"""
# An alias whose place has a new row follows it: same kind and name, the nearest within 1 km.
FOLLOW = """
UPDATE name_alias n SET place_slug = s.slug
FROM (SELECT o.id, (SELECT p.slug FROM place p
             WHERE p.kind = o.place_kind AND p.folded = lower(o.place_name) AND p.geom IS NOT NULL
               AND ST_DWithin(p.geom, o.at, 0.009) ORDER BY p.geom <-> o.at LIMIT 1) AS slug
      FROM name_alias o
      WHERE o.place_slug IS NOT NULL
        AND NOT EXISTS (SELECT FROM place p WHERE p.slug = o.place_slug)) s
WHERE n.id = s.id AND s.slug IS NOT NULL
"""
LOST = """
SELECT alias FROM name_alias n
WHERE NOT EXISTS (SELECT FROM place p WHERE p.slug = n.place_slug)
  AND NOT EXISTS (SELECT FROM area a WHERE a.code = n.area_code) ORDER BY alias
"""


async def drop_other_city(tx: Tx, box: tuple[float, float, float, float]) -> None:
    """Take out what an earlier city of this database left: areas half a degree and more outside
    the map's box, and the places that hung on them."""
    gone = await tx.execute(OTHER_AREAS, *box)
    if not gone.endswith(" 0"):
        await tx.execute(OTHER_PLACES)


async def put_areas(tx: Tx, areas: Sequence[Mapped]) -> None:
    """Areas by code; an outline that is neither guessed nor ours stays as it is."""
    rows = [
        (a.code, a.level, a.name, a.parent_code, "kata umum" if a.ordinary else None, a.lon, a.lat,
         a.shape.wkb, a.guessed, SOURCE)
        for a in areas
    ]  # fmt: skip
    await tx.executemany(AREA, rows)
    await tx.execute(STALE_AREAS, SOURCE, [area.code for area in areas])


async def put_places(
    tx: Tx, streets: Sequence[Street], spots: Sequence[Spot], waters: Sequence[Waters]
) -> int:
    """All names of the map instead of those of the last import; how many."""
    await tx.execute(STAGE)
    rows = itertools.chain(_streets(streets), _spots(spots), _rivers(waters))
    await tx.conn.copy_records_to_table("osm_place", records=rows)
    await tx.execute("DELETE FROM place WHERE starts_with(slug, $1) AND NOT by_hand", PREFIX)
    done = await tx.execute(PLACES, SOURCE)
    await tx.execute(FOLLOW)
    return int(done.rpartition(" ")[2])


async def lost_aliases(tx: Tx) -> list[str]:
    """Aliases of places and areas that are not there any more."""
    return [row["alias"] for row in await tx.fetch(LOST)]


async def put_water(tx: Tx, waters: Sequence[Waters]) -> None:
    await tx.execute("DELETE FROM water")
    await tx.executemany(WATER, [(w.osm_id, w.kind, w.name, w.geometry.wkb) for w in waters])


async def put_edges(tx: Tx, edges: Iterable[Edge], progress: Progress) -> int:
    """The road graph instead of the old one; how many edges."""
    await tx.execute(STAGE_EDGES)
    number = 0
    rows = iter(edges)
    while part := list(itertools.islice(rows, CHUNK)):
        records = [_edge(number + index, edge) for index, edge in enumerate(part, start=1)]
        await tx.conn.copy_records_to_table("osm_edge", records=records)
        number += len(part)
        progress.at(number)
    await tx.execute("DELETE FROM road_edge")
    await tx.execute(EDGES)
    return number


def _edge(number: int, edge: Edge) -> tuple[object, ...]:
    way = edge.way
    return (
        number, edge.source, edge.target, way.id, way.road, way.name, way.oneway, way.maxspeed_kmh,
        way.width_m, way.access, way.bridge, way.surface, edge.length_m,
        shapely.to_wkb(shapely.LineString(edge.line)),
    )  # fmt: skip


_Row = tuple[str, str, str, str, list[str], bytes, float]


def _streets(streets: Sequence[Street]) -> Iterator[_Row]:
    for street in streets:
        yield _row(street.slug, "street", street.name, (), street.geometry, 50.0)


def _spots(spots: Sequence[Spot]) -> Iterator[_Row]:
    for spot in spots:
        point = shapely.Point(spot.lon, spot.lat)
        radius = spot.radius_m + SPOT_UNCERTAINTY_M
        slug = f"{PREFIX}{spot.kind}/{spot.key}"
        yield _row(slug, spot.kind, spot.name, spot.aliases, point, radius)


def _rivers(waters: Sequence[Waters]) -> Iterator[_Row]:
    named: dict[str, list[Waters]] = {}
    for water in waters:
        if water.name and water.geometry.geom_type == "LineString":
            named.setdefault(water.name, []).append(water)
    for name, parts in named.items():
        lines = shapely.union_all([part.geometry for part in parts])
        slug = f"{PREFIX}sungai/{min(part.osm_id for part in parts)}"
        yield _row(slug, "river", name, (), lines, 100.0)


def _row(
    slug: str, kind: str, name: str, aliases: Sequence[str], shape: BaseGeometry, radius: float
) -> _Row:
    name = name[:MAX_NAME]
    kept = [alias[:MAX_NAME] for alias in aliases]
    return (slug, kind, name, fold(name), kept, shapely.to_wkb(shape), radius)
