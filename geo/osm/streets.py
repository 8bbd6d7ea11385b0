"""Named ways joined into streets: what people call one street is many ways in the map.

Ways of one name belong to one street where they touch or lie within `NEAR_M`; farther apart the
name stands for two streets.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geo.areas import METRES_PER_DEGREE
from geo.osm.things import RoadWay
from geo.words import fold

NEAR_M = 300.0
_UNKNOWN_NUMBER = re.compile(r"\s*\?+\s*$")
_BLANKS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Street:
    """`slug` is stable while the lowest way number is."""

    slug: str
    name: str
    geometry: BaseGeometry


def join(roads: Sequence[RoadWay]) -> list[Street]:
    """All streets, by name."""
    named: dict[str, list[RoadWay]] = defaultdict(list)
    for way in roads:
        name = clean(way.name or "")
        if name:
            named[fold(name)].append(way)
    streets = []
    for folded in sorted(named):
        for ways in _together(named[folded]):
            names = Counter(clean(way.name or "") for way in ways)
            slug = f"osm/jalan/{_BLANKS.sub('-', folded).strip('-')}/{min(w.id for w in ways)}"
            lines = shapely.MultiLineString([way.line for way in ways])
            streets.append(Street(slug, names.most_common(1)[0][0], lines))
    return streets


def clean(name: str) -> str:
    """The name without the question mark of a mapper who did not know the number."""
    return _UNKNOWN_NUMBER.sub("", name).strip()


def _together(ways: Sequence[RoadWay]) -> list[list[RoadWay]]:
    if len(ways) == 1:
        return [list(ways)]
    lines = [shapely.LineString(way.line) for way in ways]
    tree = shapely.STRtree(lines)
    left, right = tree.query(lines, predicate="dwithin", distance=NEAR_M / METRES_PER_DEGREE)
    parent = list(range(len(ways)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        parent[root(a)] = root(b)
    groups: dict[int, list[RoadWay]] = defaultdict(list)
    for index, way in enumerate(ways):
        groups[root(index)].append(way)
    return list(groups.values())
