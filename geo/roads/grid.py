"""Which edge is nearest to a point: segments in square cells, looked up for many points at once."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians

import msgspec
import numpy as np
from numpy.typing import NDArray

from geo.eta import EARTH_M_PER_DEGREE
from geo.roads.edges import SCALE, Flags, Ints, Reals

CELL_M = 100.0
MAX_SNAP_M = 1_500.0
# A point looks at a square of so many cells around it, then at a larger one: nearly all are done
# with the first, which surely holds what lies within 100 m.
SQUARES = (3, 8, int(2 * MAX_SNAP_M // CELL_M) + 1)
ELSEWHERE_M = 1e9  # more than any degrees make


class Snapped(msgspec.Struct, frozen=True):
    """The nearest place on an edge. fraction 0 … 1 of its length from its source; away_m metres
    from the point asked."""

    edge: int
    fraction: float
    away_m: float


class SegmentGrid:
    """Plane metres east and north of the net's south-west corner. About 45 bytes a segment."""

    def __init__(self, offset: Ints, at: Ints) -> None:
        corner = at.min(axis=0) / SCALE if len(at) else np.zeros(2)
        self._lon0, self._lat0 = float(corner[0]), float(corner[1])
        middle = (self._lat0 + float(at[:, 1].max()) / SCALE) / 2 if len(at) else 0.0
        self._north = EARTH_M_PER_DEGREE
        self._east = EARTH_M_PER_DEGREE * cos(radians(middle))
        self._at, self._offset = at, offset
        self._scale = np.array([self._east, self._north]) / SCALE
        # Segment k runs from point k to point k + 1, unless k is the last point of an edge.
        points_of = np.diff(offset)
        edge = np.repeat(np.arange(len(points_of), dtype=np.int32), points_of)
        inner = np.ones(len(at), np.bool_)
        inner[offset[1:] - 1] = False
        self._segment: Ints = np.flatnonzero(inner).astype(np.int32)
        self._edge: Ints = edge[self._segment]
        x, y = self._metres(at[self._segment])
        x2, y2 = self._metres(at[self._segment + 1])
        self._begin, self._length = self._along(np.hypot(x2 - x, y2 - y))
        self._index(np.minimum(x, x2), np.maximum(x, x2), np.minimum(y, y2), np.maximum(y, y2))

    def _metres(self, at: Ints) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return (
            (at[:, 0] / SCALE - self._lon0) * self._east,
            (at[:, 1] / SCALE - self._lat0) * self._north,
        )

    def _along(self, metres: NDArray[np.float64]) -> tuple[Reals, Reals]:
        """Each segment's beginning as metres from its edge's source; each edge's length."""
        edges = len(self._offset) - 1
        total = np.bincount(self._edge, weights=metres, minlength=edges)
        before = np.cumsum(metres) - metres
        first = np.zeros(edges)
        starts = np.searchsorted(self._edge, np.arange(edges))
        has = starts < len(metres)
        first[has] = before[starts[has]]
        return (before - first[self._edge]).astype(np.float32), total.astype(np.float32)

    def _index(self, west: NDArray[np.float64], east: NDArray[np.float64],
               south: NDArray[np.float64], north: NDArray[np.float64]) -> None:  # fmt: skip
        """Cells in rows; `_cells` sorted keys, `_first` where each one's members begin."""
        self._columns = int(east.max() // CELL_M) + 2 if len(east) else 1
        x1, x2, y1, y2 = ((v // CELL_M).astype(np.int64) for v in (west, east, south, north))
        wide, high = x2 - x1 + 1, y2 - y1 + 1
        member = np.repeat(np.arange(len(x1), dtype=np.int32), wide * high)
        nth = np.arange(len(member)) - np.repeat(np.cumsum(wide * high) - wide * high, wide * high)
        column = x1[member] + nth % wide[member]
        row = y1[member] + nth // wide[member]
        key = row * self._columns + column
        order = np.argsort(key, kind="stable")
        self._member: Ints = member[order]
        self._cells, first = np.unique(key[order], return_index=True)
        self._first: Ints = np.append(first, len(member)).astype(np.int32)

    def edges_within(self, west: float, south: float, east: float, north: float) -> Ints:
        """Edges that come near a box of degrees, sorted."""
        x1, x2 = ((lon - self._lon0) * self._east // CELL_M for lon in (west, east))
        y1, y2 = ((lat - self._lat0) * self._north // CELL_M for lat in (south, north))
        low, high = max(x1, 0.0), min(x2, self._columns - 1.0)
        last_row = float(self._cells[-1] // self._columns) if len(self._cells) else -1.0
        if low > high:
            return np.zeros(0, np.int32)
        base = np.arange(max(y1, 0.0), min(y2, last_row) + 1).astype(np.int64) * self._columns
        segments = self._members(base + int(low), base + int(high))[0]
        return np.unique(self._edge[segments])

    def snap(
        self, points: Sequence[tuple[float, float]], allowed: NDArray[np.bool_] | Sequence[Flags],
        which: Sequence[int],
    ) -> list[Snapped | None]:  # fmt: skip
        """The nearest edge e with `allowed[which[i]][e]` to each point i (lon, lat); None when there
        is none within `MAX_SNAP_M`."""
        found: list[Snapped | None] = [None] * len(points)
        if not len(self._segment):
            return found
        masks = np.asarray(allowed)
        at = np.asarray(points, np.float64).reshape(-1, 2) * (self._east, self._north)
        mask = np.asarray(which, np.int64)
        # What is not a number is not less either.
        left = np.flatnonzero((np.abs(at) < ELSEWHERE_M).all(axis=1))
        for cells in SQUARES:
            if not len(left):
                break
            left = self._look(cells, left, at, masks, mask, found)
        return found

    def _look(
        self, cells: int, ask: NDArray[np.int64], at: NDArray[np.float64],
        masks: NDArray[np.bool_], mask: NDArray[np.int64], found: list[Snapped | None],
    ) -> NDArray[np.int64]:  # fmt: skip
        """Answer what a square of cells can answer surely; returns who is left.

        Few numpy calls: they, not the arithmetic, are what twenty points cost.
        """
        points = at[ask]
        reach = (cells - 1) / 2 * CELL_M
        corner = (self._lon0 * self._east + reach, self._lat0 * self._north + reach)
        first = ((points - corner) // CELL_M).astype(np.int64)
        # Rows and columns off the grid make empty runs: no key lies between their ends.
        base = (first[:, 1, None] + np.arange(cells)) * self._columns
        low = np.maximum(first[:, 0], 0)
        high = np.minimum(first[:, 0] + (cells - 1), self._columns - 1)
        segments, counts = self._members(
            (base + low[:, None]).ravel(), (base + high[:, None]).ravel()
        )
        of_point = counts.reshape(len(ask), -1).sum(axis=1)
        some = np.flatnonzero(of_point)
        if not len(some):
            return ask
        of_some = of_point[some]
        who = np.repeat(some, of_some)
        edge = self._edge.take(segments)
        square, metres = self._distance(segments, points.take(who, axis=0))
        square[~masks[mask[ask[who]], edge]] = np.inf
        nearest = np.minimum.reduceat(square, np.cumsum(of_some) - of_some)
        nearest[nearest > reach * reach] = -1.0
        best = np.flatnonzero(square == np.repeat(nearest, of_some))
        segments, edge = segments[best], edge[best]
        # a point of a segment as a share of the whole edge
        fraction = (self._begin[segments] + metres[best]) / np.maximum(self._length[edge], 1e-6)
        for i, e, f, a in zip(
            ask[who[best]].tolist(), edge.tolist(), fraction.tolist(),
            np.sqrt(square[best]).tolist(), strict=True,
        ):  # fmt: skip
            before = found[i]
            if before is None or e < before.edge:  # of equals the first edge, in every process
                found[i] = Snapped(e, min(f, 1.0), a)
        return ask[[found[i] is None for i in ask.tolist()]]

    def _members(
        self, first: NDArray[np.int64], last: NDArray[np.int64]
    ) -> tuple[Ints, NDArray[np.int64]]:
        """Segments in the cells from `first` to `last`, run after run, and how many in each."""
        bounds = self._first[self._cells.searchsorted(np.concatenate([first, last + 1]))]
        begin, end = bounds[: len(first)], bounds[len(first) :]
        count = np.maximum(end - begin, 0).astype(np.int64)
        until = np.cumsum(count)
        at = np.arange(until[-1] if len(until) else 0) + np.repeat(begin - (until - count), count)
        return self._member.take(at), count

    def _distance(
        self, segments: Ints, points: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Square metres of distance from each point (metres) to its segment, and metres from the
        segment's beginning to the nearest place. Column by column and in place: a third of the time
        that rows of two take."""
        at = self._segment.take(segments)
        begin, end = self._at.take(at, axis=0), self._at.take(at + 1, axis=0)
        x, y = begin[:, 0] * self._scale[0], begin[:, 1] * self._scale[1]
        along_x, along_y = end[:, 0] * self._scale[0] - x, end[:, 1] * self._scale[1] - y
        off_x, off_y = points[:, 0] - x, points[:, 1] - y
        square = along_x * along_x
        square += along_y * along_y
        np.maximum(square, 1e-9, out=square)
        share = off_x * along_x
        share += off_y * along_y
        share /= square
        np.maximum(share, 0.0, out=share)
        np.minimum(share, 1.0, out=share)
        off_x -= along_x * share
        off_y -= along_y * share
        off_x *= off_x
        off_y *= off_y
        off_x += off_y
        return off_x, share * np.sqrt(square)
