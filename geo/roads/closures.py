"""Closures in the database: drawn, listed, ended; each with its event."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from math import cos, radians
from typing import Any, Literal

import msgspec
import shapely
from shapely.errors import GEOSException
from shapely.geometry import shape as shape_of
from shapely.geometry.base import BaseGeometry

from core.db import Row, Tx
from core.errors import BadInput, NotFound
from core.events import append
from core.events.kinds import ClosureRef
from geo.eta import EARTH_M_PER_DEGREE
from geo.roads.cuts import Obstacle
from geo.roads.net import Net

Kind = Literal["closed", "flood"]

MAX_POINTS = 2_000
MAX_SPAN_DEG = 1.0
DEFAULT_RADIUS_M = 20.0

# In force at this moment. Times decide as well as people, so the list is compared, not only the
# revision.
STANDS = "closed_at IS NULL AND starts_at <= now() AND (ends_at IS NULL OR ends_at > now())"

REVISION = f"""
SELECT r.net, r.closures, r.speeds,
    (SELECT coalesce(array_agg(c.id ORDER BY c.id), '{{}}') FROM closure c WHERE {STANDS}) AS ids,
    (SELECT revision FROM geo_revision WHERE id = 1) AS areas
FROM road_revision r WHERE r.id = 1
"""
IN_FORCE = (
    f"SELECT id, depth_m, ST_AsBinary(shape) AS shape FROM closure WHERE {STANDS} ORDER BY id"
)

COLUMNS = """id, kind, depth_m, note, starts_at, ends_at, opened_at, opened_by, closed_at, closed_by,
(SELECT name FROM account WHERE account.id = opened_by) AS opened_by_name"""
LIST = f"""
SELECT {COLUMNS}, ST_AsGeoJSON(shape, 6) AS geometry, ({STANDS}) AS in_force FROM closure
WHERE $1 OR (closed_at IS NULL AND (ends_at IS NULL OR ends_at > now())) ORDER BY id DESC LIMIT 500
"""
ONE = f"""
SELECT {COLUMNS}, ST_AsGeoJSON(shape, 6) AS geometry, ({STANDS}) AS in_force FROM closure
WHERE id = $1
"""
OPEN = """
INSERT INTO closure (kind, depth_m, shape, note, starts_at, ends_at, opened_by)
VALUES ($1, $2, ST_SetSRID(ST_GeomFromWKB($3), 4326), $4, coalesce($5, now()), $6, $7)
RETURNING id
"""
CLOSE = """
UPDATE closure SET closed_at = clock_timestamp(), closed_by = $2
WHERE id = $1 AND closed_at IS NULL RETURNING kind
"""


async def open_closure(
    tx: Tx,
    kind: Kind,
    shape: BaseGeometry,
    *,
    depth_m: float | None = None,
    note: str | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> int:
    """Put a closure in force from `starts_at` (now without) until `ends_at` or until it is ended.
    Raises BadInput when a flood has no depth, or a closed road has one."""
    if (kind == "flood") != (depth_m is not None):
        raise BadInput("Banjir perlu kedalaman (meter); jalan tutup tidak.")
    closure_id: int = await tx.fetchval(
        OPEN, kind, depth_m, shapely.to_wkb(shape), note, starts_at, ends_at, tx.actor.account_id
    )
    await _say(tx, "closure.opened", closure_id, kind)
    return closure_id


async def end_closure(tx: Tx, closure_id: int) -> bool:
    """Open the road again; False when it was ended before. Raises NotFound."""
    kind = await tx.fetchval(CLOSE, closure_id, tx.actor.account_id)
    if kind is None:
        if await tx.fetchval("SELECT true FROM closure WHERE id = $1", closure_id):
            return False
        raise NotFound("Penutupan ini tidak ada.")
    await _say(tx, "closure.closed", closure_id, kind)
    return True


async def in_force(tx: Tx) -> list[Obstacle]:
    rows = await tx.fetch(IN_FORCE)
    return [Obstacle(row["id"], shapely.from_wkb(row["shape"]), row["depth_m"]) for row in rows]


async def _say(tx: Tx, event: str, closure_id: int, kind: str) -> None:
    await append(
        tx, event, ClosureRef(closure_id=closure_id, kind=kind), subject=("closure", closure_id)
    )


def read_shape(geometry: dict[str, Any], radius_m: float | None = None) -> BaseGeometry:
    """A GeoJSON Polygon, MultiPolygon, LineString, or Point with a radius. Raises BadInput."""
    try:
        found = shape_of(geometry)
        kind, empty = found.geom_type, found.is_empty
        numbers = shapely.get_coordinates(found)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, GEOSException) as error:
        raise BadInput("Bentuk penutupan tidak terbaca sebagai GeoJSON.") from error
    if empty or kind not in ("Polygon", "MultiPolygon", "LineString", "Point"):
        raise BadInput("Gambar penutupan sebagai titik, garis, atau bidang.")
    west, south, east, north = found.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadInput("Koordinat penutupan bukan lintang dan bujur.")
    if len(numbers) > MAX_POINTS or max(east - west, north - south) > MAX_SPAN_DEG:
        raise BadInput("Penutupan ini terlalu besar. Bagi menjadi beberapa.")
    if not found.is_valid:
        raise BadInput("Garis penutupan memotong dirinya sendiri. Gambar ulang.")
    if kind == "LineString" and found.length == 0:
        raise BadInput("Gambar penutupan sebagai titik, garis, atau bidang.")
    if isinstance(found, shapely.Point):
        return _disc(found, radius_m or DEFAULT_RADIUS_M)
    return found


def _disc(point: shapely.Point, radius_m: float) -> BaseGeometry:
    squeeze = cos(radians(point.y))
    disc = shapely.Point(0, 0).buffer(radius_m / EARTH_M_PER_DEGREE)
    return shapely.transform(disc, lambda at: at / [squeeze, 1.0] + [point.x, point.y])


def as_json(row: Row, net: Net | None) -> dict[str, Any]:
    """A closure as the API gives it; geometry is GeoJSON, `streets` the names of what it shuts now."""
    streets = [] if net is None else streets_under(net, row["id"])
    return {**dict(row), "geometry": msgspec.json.decode(row["geometry"]), "streets": streets}


def streets_under(net: Net, closure_id: int) -> list[str]:
    """Names of the streets that a closure in force touches, the most touched first."""
    table = net.graph.table
    names = Counter(
        table.names[table.name[cut.edge]] for cut in net.cuts if cut.obstacle.id == closure_id
    )
    return [name for name, _ in names.most_common() if name]
