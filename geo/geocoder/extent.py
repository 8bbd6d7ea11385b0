"""How large a circle holds who names an area.

People live along streets: where a map is imported, half of an area's weight is its ground and half
its streets, and the circle's centre is where the circle is smallest. Without a map it is the
ground round the area's label point.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.areas import METRES_PER_DEGREE

# What a circle is to hold of an area; 1 km, which one crew can search, is stated where that still
# holds `HELD_AT_LEAST`. Where even that is no place to send somebody to, all but the last corners.
HELD, HELD_AT_LEAST, HELD_LARGE = 0.95, 0.80, 0.97
LARGE_M = 1_000.0
EDGE_M = 50.0  # people stand just over the line, too
GRID = 24
STREET_STEP_M = 50.0
_ROUNDS = 5
_AROUND = np.array([(x, y) for x in (-2, -1, 0, 1, 2) for y in (-2, -1, 0, 1, 2)], dtype=float)

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Extent:
    """A point (WGS 84) and the metres round it that are stated for an area."""

    lon: float
    lat: float
    radius_m: float


def street_points(lines: Iterable[bytes | None]) -> Points:
    """(n, 2) lon, lat along streets given as WKB, one about every `STREET_STEP_M`."""
    shapes = [shapely.from_wkb(line) for line in lines if line is not None]
    if not shapes:
        return np.empty((0, 2))
    stepped = shapely.segmentize(shapes, STREET_STEP_M / METRES_PER_DEGREE)
    return np.asarray(shapely.get_coordinates(stepped), dtype=float)


def extent(shape: BaseGeometry, label: tuple[float, float], streets: Points) -> Extent:
    """The circle for an area's outline; `label` is its centre where no street lies inside."""
    ground, along = _ground(shape), _inside(shape, streets)
    if not len(ground):
        away = float(shapely.Point(label).hausdorff_distance(shape)) * METRES_PER_DEGREE
        return Extent(*label, away + EDGE_M)
    points, weights = ground, np.full(len(ground), 1 / len(ground))
    centre = np.array(label)
    if len(along):
        points = np.concatenate((ground, along))
        weights = np.concatenate((weights, np.full(len(along), 1 / len(along))))
        centre = _best_centre(shape, points, weights)
    least, most, large = _held(_away(points, centre), weights, (HELD_AT_LEAST, HELD, HELD_LARGE))
    radius_m = most + EDGE_M
    if radius_m > LARGE_M:
        radius_m = LARGE_M if least <= LARGE_M else large + EDGE_M
    return Extent(float(centre[0]), float(centre[1]), round(radius_m, 1))


def reach_m(shape: BaseGeometry, centre: tuple[float, float]) -> float:
    """Metres round a point that hold `HELD_AT_LEAST` of a shape's ground."""
    ground = _ground(shape)
    if not len(ground):
        return 0.0
    away = _away(ground, np.array(centre))
    return float(np.quantile(away, HELD_AT_LEAST))


def stated_m(reach_m: float, margin_m: float) -> float:
    """The radius for a street that reaches `reach_m` from its middle, with `margin_m` beside it:
    1 km where that still holds `HELD_AT_LEAST` of the street, else all of it."""
    if reach_m + margin_m > LARGE_M and HELD_AT_LEAST * reach_m + margin_m <= LARGE_M:
        return LARGE_M
    return reach_m + margin_m


def _ground(shape: BaseGeometry) -> Points:
    west, south, east, north = shape.bounds
    x, y = np.meshgrid(np.linspace(west, east, GRID), np.linspace(south, north, GRID))
    inside = shapely.contains_xy(shape, x, y)
    return np.column_stack((x[inside], y[inside]))


def _inside(shape: BaseGeometry, points: Points) -> Points:
    west, south, east, north = shape.bounds
    x, y = points[:, 0], points[:, 1]
    near = points[(x >= west) & (x <= east) & (y >= south) & (y <= north)]
    return np.asarray(near[shapely.contains_xy(shape, near[:, 0], near[:, 1])], dtype=float)


def _best_centre(shape: BaseGeometry, points: Points, weights: Points) -> Points:
    """Where, inside the shape, a circle that holds `HELD_AT_LEAST` is smallest: a grid that
    closes in on it."""
    best = np.average(points, axis=0, weights=weights)
    if not shapely.contains_xy(shape, *best):
        best = points[int(_away(points, best).argmin())]
    step = float(np.ptp(points, axis=0).max()) / 8
    for _ in range(_ROUNDS):
        tried = best + _AROUND * step
        tried = tried[shapely.contains_xy(shape, tried[:, 0], tried[:, 1])]
        reach = [_held(_away(points, at), weights, (HELD_AT_LEAST,))[0] for at in tried]
        best = tried[int(np.argmin(reach))] if len(tried) else best
        step /= 2
    return np.asarray(best, dtype=float)


def _away(points: Points, centre: Points) -> Points:
    return np.asarray(np.hypot(*(points - centre).T) * METRES_PER_DEGREE, dtype=float)


def _held(away: Points, weights: Points, shares: tuple[float, ...]) -> list[float]:
    """The distances within which so much of the weight lies."""
    order = np.argsort(away)
    sums = np.cumsum(weights[order])
    at = np.searchsorted(sums, np.array(shares) * sums[-1])
    return [float(away[order[min(int(i), len(order) - 1)]]) for i in at]
