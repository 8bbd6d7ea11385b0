"""Area shapes guessed from centre points, for a city whose official map is not there yet.

Every kelurahan gets the ground that lies nearest to its centre (a Voronoi cell), cut to the
city's outline: the hull of the centres widened, inside the known bounding box. About three of
four points fall in the right one; rows made here are marked approximate.
"""

from __future__ import annotations

from collections.abc import Mapping

from shapely import MultiPoint, Point, STRtree, box, union_all, voronoi_polygons
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

LonLat = tuple[float, float]
OUTLINE_MARGIN_DEG = 0.010  # about 1.1 km: half a kelurahan beyond the outermost centres


def guess(
    centres: Mapping[str, LonLat], bbox: tuple[float, float, float, float]
) -> dict[str, MultiPolygon]:
    """Code → shape (WGS 84). The shapes cover the guessed outline without overlap.

    Raises ValueError for fewer than two centres or two centres at one point.
    """
    if len(centres) < 2 or len(set(centres.values())) != len(centres):
        raise ValueError("at least two distinct centre points are needed")
    codes = list(centres)
    points = [Point(centres[code]) for code in codes]
    outline = MultiPoint(points).convex_hull.buffer(OUTLINE_MARGIN_DEG) & box(*bbox)
    cells = voronoi_polygons(MultiPoint(points), extend_to=outline).geoms
    tree = STRtree(list(cells))
    shapes = {}
    for code, point in zip(codes, points, strict=True):
        cell = cells[int(tree.query(point, predicate="intersects")[0])]
        shapes[code] = as_multi(cell & outline)
    return shapes


def joined(parts: Mapping[str, BaseGeometry]) -> MultiPolygon:
    """The kecamatan (or city) of its kelurahan."""
    return as_multi(union_all(list(parts.values())))


def as_multi(shape: BaseGeometry) -> MultiPolygon:
    """The polygons of a shape; lines and points that an intersection leaves are dropped."""
    if isinstance(shape, MultiPolygon):
        return shape
    if isinstance(shape, Polygon):
        return MultiPolygon([shape])
    return MultiPolygon([part for part in getattr(shape, "geoms", ()) if isinstance(part, Polygon)])
