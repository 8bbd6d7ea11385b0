"""A made-up road net over the city's areas, so that a demo without a map can route.

Nothing in it is a real street: a lattice about `SPACING_M` wide inside the kelurahan, every fifth
line a main street, some links left out. The same areas give the same net in every process. Times
over it carry the basis 'road_example'.
"""

from __future__ import annotations

from math import cos, radians, sqrt

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.eta import EARTH_M_PER_DEGREE
from geo.roads.edges import EdgeTable, EdgeWriter

SPACING_M = 160.0
MAX_NODES = 20_000
MAIN_EVERY = 5
MISSING = 7  # one small link in so many is left out

Node = tuple[int, int]


def example(shape: BaseGeometry) -> EdgeTable:
    """The net inside a shape in WGS 84 degrees; without edges where the shape is empty."""
    writer = EdgeWriter()
    if shape.is_empty:
        return writer.table()
    at = _nodes(shape)
    for (column, row), here in at.items():
        for ahead in ((column + 1, row), (column, row + 1)):
            there = at.get(ahead)
            along = row if ahead[1] == row else column
            main = along % MAIN_EVERY == 0
            if there is None or (not main and _chance(column, row, along) % MISSING == 0):
                continue
            kind = "Lintang" if ahead[1] == row else "Bujur"
            writer.add(
                (column, row),
                ahead,
                [here, there],
                "secondary" if main else "residential",
                name=f"Jalan Contoh {kind} {along + 1}",
            )
    return writer.table()


def _nodes(shape: BaseGeometry) -> dict[Node, tuple[float, float]]:
    west, south, east, north = shape.bounds
    lat_m = EARTH_M_PER_DEGREE
    lon_m = EARTH_M_PER_DEGREE * cos(radians((south + north) / 2))
    spacing = max(SPACING_M, sqrt(shape.area * lat_m * lon_m / MAX_NODES))
    columns = int((east - west) * lon_m / spacing) + 1
    rows = int((north - south) * lat_m / spacing) + 1
    column, row = (v.ravel() for v in np.meshgrid(np.arange(columns), np.arange(rows)))
    lon, lat = west + column * spacing / lon_m, south + row * spacing / lat_m
    inside = shapely.contains_xy(shape, lon, lat)
    return {
        (int(c), int(r)): (float(x), float(y))
        for c, r, x, y in zip(column[inside], row[inside], lon[inside], lat[inside], strict=True)
    }


def _chance(column: int, row: int, along: int) -> int:
    """The same number for the same link, whoever asks."""
    return (column * 73_856_093) ^ (row * 19_349_663) ^ (along * 83_492_791)
