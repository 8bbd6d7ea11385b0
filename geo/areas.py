"""Point → areas, in memory and in the database.

Near an edge both neighbours are returned and said so: `EDGE_OFFICIAL_M` from a line of the
official map, `EDGE_APPROXIMATE_M` from a guessed one. Distances are taken in degrees times
111 320 m, which is right within 2 % in Indonesia (|latitude| < 11°).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from shapely import STRtree, distance, points, prepare
from shapely.geometry.base import BaseGeometry

from core.db import Tx
from geo.sql import AREAS_AT

METRES_PER_DEGREE = 111_320.0
EDGE_OFFICIAL_M = 25.0
EDGE_APPROXIMATE_M = 150.0


@dataclass(frozen=True, slots=True)
class AreasAt:
    """Where a point lies. `alternatives` are the neighbours whose edge is near, nearest first.

    `inside` is False, and all codes absent, for a point outside the city.
    """

    kelurahan_code: str | None
    kecamatan_code: str | None
    alternatives: tuple[str, ...]
    approximate: bool
    inside: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """The kelurahan and its alternatives, the likeliest first."""
        own = () if self.kelurahan_code is None else (self.kelurahan_code,)
        return own + self.alternatives


@dataclass(frozen=True, slots=True)
class Shape:
    """One kelurahan's outline in WGS 84."""

    code: str
    parent_code: str | None
    geometry: BaseGeometry
    approximate: bool


class AreaMap:
    """The kelurahan of one city with a tree over their outlines; answers in microseconds."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self.shapes = {shape.code: shape for shape in shapes}
        self._rows = list(self.shapes.values())
        self._outlines = np.array([row.geometry for row in self._rows], dtype=object)
        self._tree = STRtree(self._outlines)
        for row in self._rows:
            prepare(row.geometry)
        rough = any(row.approximate for row in self._rows)
        self._reach_m = EDGE_APPROXIMATE_M if rough else EDGE_OFFICIAL_M

    def at(self, lon: float, lat: float, *, within_m: float = 0.0) -> AreasAt:
        """The areas of any point on earth; never raises for finite numbers.

        `within_m` widens the reach beyond the usual edge: for a point that is itself uncertain.
        """
        point = points((lon, lat))
        reach_m = max(self._reach_m, within_m)
        found = self._tree.query(point, predicate="dwithin", distance=reach_m / METRES_PER_DEGREE)
        aways = distance(self._outlines[found], point).tolist()
        near = [
            (away, row.approximate, row.code, row)
            for row, away in zip(self._picked(found), aways, strict=True)
            if away * METRES_PER_DEGREE <= max(_edge_m(row), within_m)
        ]
        if not near:
            return NOWHERE
        near.sort()
        first = near[0][3]
        return AreasAt(
            first.code,
            first.parent_code,
            tuple(code for _, _, code, _ in near[1:]),
            any(row.approximate for *_, row in near),
            True,
        )

    def _picked(self, found: Iterable[int]) -> Iterator[Shape]:
        return (self._rows[index] for index in found)


NOWHERE = AreasAt(None, None, (), approximate=False, inside=False)


def _edge_m(row: Shape) -> float:
    return EDGE_APPROXIMATE_M if row.approximate else EDGE_OFFICIAL_M


async def areas_at(tx: Tx, lon: float, lat: float) -> AreasAt:
    """The same from the database: one statement, one index look-up."""
    row = await tx.fetchrow(AREAS_AT, lon, lat)
    assert row is not None  # an aggregate always has its row
    return AreasAt(
        row["kelurahan_code"],
        row["kecamatan_code"],
        tuple(row["alternatives"]),
        row["approximate"],
        row["inside"],
    )
