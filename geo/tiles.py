"""Vector tiles from the database. A layer is a row of a table; rooms above add theirs.

The composition root puts `{**geo.tiles.LAYERS, **…}` into `app.state.tile_layers`. A layer's SQL
selects what it needs and `shape` (geometry, 4326) and must use `{box}`, the tile's outline in
4326, so that an index finds its rows; `columns` are the attributes that reach the map:

    Layer(("id", "code"), "SELECT id, code, geom AS shape FROM unit WHERE geom && {box}", 10, …)

`$4` in the SQL is the zoom. What is not in the database (streets of the example, reach by road)
is `given`: rows from the process's memory, which the SQL finds in `$6` as a jsonb array.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import atan, degrees, pi, sinh
from typing import Any

import asyncpg

from core.access import STAFF
from core.db import Tx
from core.errors import Unavailable
from geo.roads.closures import STANDS
from geo.roads.drawn import example_streets

TYPE = "application/vnd.mapbox-vector-tile"
MAX_ZOOM = 20
TIMEOUT_MS = 2_000
EXTENT = 4096
BUFFER = 64

Box = tuple[float, float, float, float]
Given = Callable[[Any, Box], Awaitable[Sequence[Mapping[str, Any]]]]
"""Rows for a box (west, south, east, north), asked of the app's state outside any transaction."""

REVISION = "SELECT g.revision || '.' || r.net FROM geo_revision g, road_revision r"


@dataclass(frozen=True, slots=True)
class Layer:
    """What may be drawn: its attributes and rows, from which zoom on, and who may see it.

    `revised` layers change only with the areas, places and streets (`REVISION`), so that a
    browser's copy is known to be good without drawing it again.
    """

    columns: tuple[str, ...]
    sql: str
    min_zoom: int
    roles: frozenset[str]
    revised: bool = False
    given: Given | None = None


_STAFF = frozenset({*STAFF, "service"})

# From which zoom on a class of road, a water or a landmark is drawn; the rest from the last one on.
_ROAD_ZOOM = (
    "CASE WHEN class ~ '^(motorway|trunk)' THEN 8 WHEN class ~ '^primary' THEN 10 "
    "WHEN class ~ '^secondary' THEN 11 WHEN class ~ '^tertiary' THEN 12 "
    "WHEN class IN ('residential', 'unclassified', 'living_street', 'road') THEN 13 ELSE 14 END"
)
_WATER_ZOOM = (
    "CASE kind WHEN 'river' THEN 9 WHEN 'water' THEN 10 WHEN 'canal' THEN 11 "
    "WHEN 'stream' THEN 13 ELSE 14 END"
)
_PLACE_ZOOM = (
    "CASE WHEN kind IN ('hospital', 'fire_station', 'police', 'station', 'airport') THEN 12 "
    "WHEN kind IN ('shop', 'restaurant', 'building', 'hotel') THEN 16 "
    "WHEN kind IN ('quarter', 'estate') THEN 13 ELSE 14 END"
)

LAYERS: Mapping[str, Layer] = {
    "areas": Layer(
        ("code", "level", "name", "parent_code", "approximate"),
        "SELECT code, level, name, parent_code, approximate, geom AS shape FROM area "
        "WHERE geom && {box} AND (level = 'kecamatan' OR $4 >= 11)",
        8,
        _STAFF,
        revised=True,
    ),
    "area_labels": Layer(
        ("code", "level", "name"),
        "SELECT code, level, name, centroid AS shape FROM area WHERE centroid && {box} "
        "AND CASE level WHEN 'kecamatan' THEN $4 BETWEEN 9 AND 13 ELSE $4 >= 12 END",
        9,
        _STAFF,
        revised=True,
    ),
    "water": Layer(
        ("kind", "name"),
        f"SELECT kind, name, geom AS shape FROM water WHERE geom && {{box}} AND $4 >= {_WATER_ZOOM}",
        9,
        _STAFF,
        revised=True,
    ),
    "roads": Layer(  # the example's where none were imported
        ("class", "name", "oneway", "bridge", "example"),
        "SELECT class, name, oneway, bridge, false AS example, geom AS shape FROM road_edge "
        f"WHERE geom && {{box}} AND $4 >= {_ROAD_ZOOM} UNION ALL "
        "SELECT class, name, 0, false, true, ST_GeomFromWKB(decode(shape, 'hex'), 4326) "
        "FROM jsonb_to_recordset($6) AS made(class text, name text, shape text) "
        f"WHERE $4 >= {_ROAD_ZOOM} AND NOT EXISTS (SELECT FROM road_edge)",
        8,
        _STAFF,
        revised=True,
        given=example_streets,
    ),
    "streets": Layer(  # one feature a street, to write its name along
        ("name",),
        "SELECT name, geom AS shape FROM place WHERE geom && {box} AND kind = 'street'",
        14,
        _STAFF,
        revised=True,
    ),
    "places": Layer(
        ("slug", "kind", "name"),
        "SELECT slug, kind, name, ST_PointOnSurface(geom) AS shape FROM place "
        f"WHERE geom && {{box}} AND kind NOT IN ('street', 'river') AND $4 >= {_PLACE_ZOOM}",
        12,
        _STAFF,
        revised=True,
    ),
    "closures": Layer(
        ("id", "kind", "depth_m", "note"),
        f"SELECT id, kind, depth_m, note, shape FROM closure WHERE {STANDS} AND shape && {{box}}",
        8,
        _STAFF,
    ),
}

_BOX = f"ST_Transform(ST_TileEnvelope($1, $2, $3, margin => {BUFFER / EXTENT}), 4326)"


def exists(z: int, x: int, y: int) -> bool:
    """Whether the web's tile grid has such a tile."""
    return 0 <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z


def bounds(z: int, x: int, y: int) -> Box:
    """The tile's outline with its margin, in degrees."""
    margin = BUFFER / EXTENT

    def lat(row: float) -> float:
        return degrees(atan(sinh(pi * (1 - 2 * row / 2**z))))

    west, east = ((x - margin) / 2**z, (x + 1 + margin) / 2**z)
    return west * 360 - 180, lat(y + 1 + margin), east * 360 - 180, lat(y - margin)


async def draw(
    tx: Tx, name: str, layer: Layer, z: int, x: int, y: int, given: Sequence[Any] = ()
) -> bytes:
    """One tile as Mapbox Vector Tile bytes, empty where nothing is.

    Needs a transaction; `given` are the layer's rows where it has such. Raises `Unavailable` when
    it takes longer than `TIMEOUT_MS`.
    """
    rows = [] if layer.given is None else [list(given)]
    await tx.execute(f"SET LOCAL statement_timeout = {TIMEOUT_MS}")
    try:
        tile = await tx.fetchval(_statement(layer), z, x, y, z, name, *rows)
    except asyncpg.QueryCanceledError as error:
        raise Unavailable("Petak peta ini terlalu berat sekarang.", retry_after_s=5) from error
    return bytes(tile or b"")


def etag(tile: bytes) -> str:
    """A strong entity tag of the tile's bytes."""
    return f'"{blake2b(tile, digest_size=12).hexdigest()}"'


def _statement(layer: Layer) -> str:
    rows = layer.sql.replace("{box}", _BOX)
    columns = ", ".join(f"found.{column}" for column in layer.columns)
    # "$4 >= 0" names the zoom's type for layers that do not ask for it.
    return f"""
    SELECT ST_AsMVT(t, $5, {EXTENT}, 'geom') FROM (
        SELECT {columns},
               ST_AsMVTGeom(ST_Transform(found.shape, 3857), ST_TileEnvelope($1, $2, $3),
                            {EXTENT}, {BUFFER}, true) AS geom
        FROM ({rows}) found
    ) t WHERE t.geom IS NOT NULL AND $4::int >= 0
    """
