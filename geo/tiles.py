"""Vector tiles from the database. A layer is a row of a table; rooms above add theirs.

The composition root puts `{**geo.tiles.LAYERS, **…}` into `app.state.tile_layers`. A layer's SQL
selects what it needs and `shape` (geometry, 4326) and must use `{box}`, the tile's outline in
4326, so that an index finds its rows; `columns` are the attributes that reach the map:

    Layer(("id", "code"), "SELECT id, code, geom AS shape FROM unit WHERE geom && {box}", 10, …)

`$4` in the SQL is the zoom.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

import asyncpg

from core.access import STAFF
from core.db import Tx
from core.errors import Unavailable

TYPE = "application/vnd.mapbox-vector-tile"
MAX_ZOOM = 20
TIMEOUT_MS = 2_000
EXTENT = 4096
BUFFER = 64


@dataclass(frozen=True, slots=True)
class Layer:
    """What may be drawn: its attributes and rows, from which zoom on, and who may see it.

    `revised` layers change only with the areas and places, so that a browser's copy is known to
    be good without drawing it again.
    """

    columns: tuple[str, ...]
    sql: str
    min_zoom: int
    roles: frozenset[str]
    revised: bool = False


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
    "roads": Layer(
        ("class", "name", "oneway", "bridge"),
        "SELECT class, name, oneway, bridge, geom AS shape FROM road_edge "
        f"WHERE geom && {{box}} AND $4 >= {_ROAD_ZOOM}",
        8,
        _STAFF,
        revised=True,
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
}

_BOX = f"ST_Transform(ST_TileEnvelope($1, $2, $3, margin => {BUFFER / EXTENT}), 4326)"


def exists(z: int, x: int, y: int) -> bool:
    """Whether the web's tile grid has such a tile."""
    return 0 <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z


async def draw(tx: Tx, name: str, layer: Layer, z: int, x: int, y: int) -> bytes:
    """One tile as Mapbox Vector Tile bytes, empty where nothing is.

    Needs a transaction. Raises `Unavailable` when it takes longer than `TIMEOUT_MS`.
    """
    await tx.execute(f"SET LOCAL statement_timeout = {TIMEOUT_MS}")
    try:
        tile = await tx.fetchval(_statement(layer), z, x, y, z, name)
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
