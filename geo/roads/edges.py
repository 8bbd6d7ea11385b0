"""The edges of a road net in columns; the form in which they are read and made.

Coordinates are kept as whole 1e-7 degrees (11 mm), an int32 each: a province in 15 MB.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.eta import EARTH_M_PER_DEGREE

SCALE = 1e7

Ints = NDArray[np.int32]
Reals = NDArray[np.float32]
Bytes = NDArray[np.int8]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class EdgeTable:
    """E edges over N nodes. Node numbers are 0 … N-1; `at[offset[e]:offset[e + 1]]` is the line of
    edge e from its source to its target, (lon, lat) × `SCALE`. `oneway` 1: only with the line, -1:
    only against it, 0: both. `limit_kmh`, `width_m`: NaN where the map is silent. `road` and `name`
    index `roads` and `names`; the first name is empty."""

    nodes: int
    source: Ints
    target: Ints
    offset: Ints
    at: Ints
    length_m: Reals
    road: NDArray[np.uint8]
    roads: Sequence[str]
    oneway: Bytes
    limit_kmh: Reals
    width_m: Reals
    closed: Flags
    name: Ints
    names: Sequence[str]

    @property
    def count(self) -> int:
        return len(self.source)

    def line(self, edge: int) -> NDArray[np.float64]:
        """(points, 2) lon, lat in degrees."""
        return self.at[self.offset[edge] : self.offset[edge + 1]] / SCALE


class EdgeWriter:
    """Collects edges one by one (small nets: examples and tests)."""

    def __init__(self) -> None:
        self._nodes: dict[object, int] = {}
        self._rows: list[tuple[int, int, str, int, float, float, bool, str]] = []
        self._lines: list[NDArray[np.float64]] = []
        self._lengths: list[float | None] = []

    def add(
        self,
        source: object,
        target: object,
        line: Sequence[tuple[float, float]],
        road: str = "residential",
        *,
        oneway: int = 0,
        limit_kmh: float = float("nan"),
        width_m: float = float("nan"),
        closed: bool = False,
        name: str = "",
        length_m: float | None = None,
    ) -> None:
        """`source` and `target` are any keys; `line` lon, lat in degrees."""
        ends = [self._nodes.setdefault(node, len(self._nodes)) for node in (source, target)]
        self._rows.append((ends[0], ends[1], road, oneway, limit_kmh, width_m, closed, name))
        self._lines.append(np.asarray(line, np.float64))
        self._lengths.append(length_m)

    def table(self) -> EdgeTable:
        columns = list(zip(*self._rows, strict=True)) or [()] * 8
        roads, road = vocabulary(columns[2])
        names, name = vocabulary(("", *columns[7]))
        lengths = [
            line_length_m(line) if known is None else known
            for line, known in zip(self._lines, self._lengths, strict=True)
        ]
        at = np.concatenate(self._lines) if self._lines else np.zeros((0, 2))
        return EdgeTable(
            nodes=len(self._nodes),
            source=np.asarray(columns[0], np.int32),
            target=np.asarray(columns[1], np.int32),
            offset=np.cumsum([0, *(len(line) for line in self._lines)]).astype(np.int32),
            at=np.rint(at * SCALE).astype(np.int32),
            length_m=np.asarray(lengths, np.float32),
            road=road.astype(np.uint8),
            roads=roads,
            oneway=np.asarray(columns[3], np.int8),
            limit_kmh=np.asarray(columns[4], np.float32),
            width_m=np.asarray(columns[5], np.float32),
            closed=np.asarray(columns[6], np.bool_),
            name=name[1:],
            names=names,
        )


def vocabulary(words: Sequence[str]) -> tuple[list[str], Ints]:
    """The different words in order of appearance, and each word's number."""
    known: dict[str, int] = {}
    numbers = [known.setdefault(word, len(known)) for word in words]
    return list(known), np.asarray(numbers, np.int32)


def line_length_m(line: NDArray[np.float64]) -> float:
    """Metres along lon, lat degrees; flat earth at the line's latitude, good to 0.1 % in a city."""
    steps = np.diff(line, axis=0)
    steps[:, 0] *= np.cos(np.radians(line[:-1, 1]))
    return float(np.hypot(steps[:, 0], steps[:, 1]).sum() * EARTH_M_PER_DEGREE)
