"""Streets and landmarks of an imported map, and circles round them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import hypot

import shapely
from shapely.geometry.base import BaseGeometry

from geo.areas import METRES_PER_DEGREE


@dataclass(frozen=True, slots=True)
class Thing:
    """One street or landmark of the map, or a quarter made of several (`quarters`); all of it lies
    within `radius_m` of lon, lat. `shape` is WKB (WGS 84) where it is more than a point."""

    slug: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    area_codes: tuple[str, ...]
    lon: float
    lat: float
    radius_m: float
    shape: bytes | None = None


@dataclass(frozen=True, slots=True)
class Circle:
    lon: float
    lat: float
    radius_m: float

    def away(self, other: Circle) -> float:
        """Metres between two centres."""
        return hypot(self.lon - other.lon, self.lat - other.lat) * METRES_PER_DEGREE

    def wider(self, by_m: float) -> Circle:
        return replace(self, radius_m=self.radius_m + by_m)


def circle(things: Sequence[Thing]) -> Circle:
    """The smallest circle round all of them, each with its own slack."""
    if len(things) == 1:
        return Circle(things[0].lon, things[0].lat, things[0].radius_m)
    shapes = [_shape(thing) for thing in things]
    round_all = bounding(shapely.GeometryCollection(shapes))
    own = shapely.minimum_bounding_radius(shapes) * METRES_PER_DEGREE
    slack = max(t.radius_m - float(r) for t, r in zip(things, own, strict=True))
    return round_all.wider(max(0.0, slack))


def bounding(shape: BaseGeometry) -> Circle:
    """The smallest circle round a shape."""
    centre = shapely.minimum_bounding_circle(shape).centroid
    west, south, east, north = shape.bounds
    reach = Circle(west, south, 0.0).away(Circle(east, north, 0.0)) / 2
    radius = float(shapely.minimum_bounding_radius(shape)) * METRES_PER_DEGREE
    return Circle(centre.x, centre.y, min(radius, reach))


def _shape(thing: Thing) -> BaseGeometry:
    if thing.shape is None:
        return shapely.Point(thing.lon, thing.lat)
    return shapely.from_wkb(thing.shape)
