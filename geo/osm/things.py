"""What a reading of an OpenStreetMap file yields, before it is put into tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Tags = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RoadWay:
    """One way: `refs` (points,) node ids, `line` (points, 2) lon, lat; road facts of its tags."""

    id: int
    road: str
    name: str | None
    oneway: int
    maxspeed_kmh: float | None
    width_m: float | None
    access: str | None
    bridge: bool
    surface: str | None
    routable: bool
    refs: NDArray[np.int64]
    line: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spot:
    """A named landmark; `radius_m` is half its extent, 0 for a point."""

    key: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    lon: float
    lat: float
    radius_m: float


@dataclass(frozen=True, slots=True)
class Waters:
    osm_id: int
    kind: str
    name: str | None
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True)
class Boundary:
    """An administrative area as drawn; `id` is the relation's (or way's) number."""

    id: int
    level: int
    name: str
    code: str | None
    tags: Tags
    geometry: BaseGeometry


@dataclass(slots=True)
class Extract:
    """All that was read. `levels` counts the boundaries by admin_level, wanted or not;
    `cut` are boundaries with ways outside the file, `broken` whole ones that close no area."""

    roads: list[RoadWay] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    waters: list[Waters] = field(default_factory=list)
    boundaries: list[Boundary] = field(default_factory=list)
    levels: dict[int, int] = field(default_factory=dict)
    cut: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    read: int = 0

    def counts(self) -> dict[str, Any]:
        return {
            "objects": self.read,
            "roads": len(self.roads),
            "spots": len(self.spots),
            "waters": len(self.waters),
            "boundaries": len(self.boundaries),
        }
