"""Which edge is nearest to a point: segments in square cells, looked up for many points at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

import numpy as np
from numpy.typing import NDArray

from geo.eta import EARTH_M_PER_DEGREE
from geo.roads.edges import SCALE, Flags, Ints, Reals

CELL_M = 100.0
MAX_SNAP_M = 1_500.0
RINGS = (1, 3, int(MAX_SNAP_M // CELL_M) + 1)


@dataclass(frozen=True, slots=True)
class Snapped:
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
        rows = np.arange(max(y1, 0.0), min(y2, last_row) + 1)
        segments = self._members(rows * self._columns + low, rows * self._columns + high)[0]
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
        at = np.asarray(points, np.float64).reshape(-1, 2)
        x = (at[:, 0] - self._lon0) * self._east
        y = (at[:, 1] - self._lat0) * self._north
        mask = np.asarray(which, np.int64)
        left = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        for ring in RINGS:
            if not len(left):
                break
            left = self._look(ring, left, x, y, masks, mask, found)
        return found

    def _look(
        self, ring: int, ask: NDArray[np.int64], x: NDArray[np.float64], y: NDArray[np.float64],
        masks: NDArray[np.bool_], mask: NDArray[np.int64], found: list[Snapped | None],
    ) -> NDArray[np.int64]:  # fmt: skip
        """Answer what a square of cells can answer surely; returns who is left."""
        px, py = x[ask], y[ask]
        column, row = px // CELL_M, py // CELL_M
        low = np.clip(column - ring, 0, self._columns - 1)
        high = np.clip(column + ring, -1, self._columns - 1)
        rows = row[:, None] + np.arange(-ring, ring + 1)
        base = rows * self._columns
        none = (rows < 0) | ((high < low) | (column + ring < 0) | (column - ring >= self._columns))[
            :, None
        ]
        first, last = base + low[:, None], np.where(none, -2.0, base + high[:, None])
        first = np.where(none, -1.0, first)
        segments, run = self._members(first.ravel(), last.ravel())
        who = run // (2 * ring + 1)
        edge = self._edge[segments]
        keep = masks[mask[ask][who], edge]
        segments, who, edge = segments[keep], who[keep], edge[keep]
        away, share = self._distance(segments, px[who], py[who])
        reach = min(ring * CELL_M, MAX_SNAP_M)
        order = np.lexsort((edge, away, who))
        new = np.ones(len(order), np.bool_)
        new[1:] = who[order[1:]] != who[order[:-1]]
        best = order[new]
        best = best[away[best] <= reach]
        # a point of a segment as a share of the whole edge
        begin, total = self._begin[segments[best]], self._length[edge[best]]
        fraction = (begin + share[best]) / np.maximum(total, 1e-6)
        for i, e, f, a in zip(
            ask[who[best]].tolist(), edge[best].tolist(), fraction.tolist(), away[best].tolist(),
            strict=True,
        ):  # fmt: skip
            found[i] = Snapped(e, min(f, 1.0), a)
        left = np.ones(len(ask), np.bool_)
        left[who[best]] = False
        return ask[left]

    def _members(
        self, first: NDArray[np.float64], last: NDArray[np.float64]
    ) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Segments in the cells from `first` to `last`, and the run each belongs to."""
        begin = self._first[np.searchsorted(self._cells, first, side="left")]
        end = self._first[np.searchsorted(self._cells, last, side="right")]
        count = np.maximum(end - begin, 0)
        run = np.repeat(np.arange(len(count)), count)
        nth = np.arange(len(run)) - np.repeat(np.cumsum(count) - count, count)
        return self._member[np.repeat(begin, count) + nth], run

    def _distance(
        self, segments: Ints, px: NDArray[np.float64], py: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Metres from each point to its segment, and metres from the segment's beginning."""
        at = self._segment[segments]
        ax, ay = self._metres(self._at[at])
        bx, by = self._metres(self._at[at + 1])
        dx, dy = bx - ax, by - ay
        square = np.maximum(dx * dx + dy * dy, 1e-9)
        share = np.clip(((px - ax) * dx + (py - ay) * dy) / square, 0.0, 1.0)
        return np.hypot(ax + share * dx - px, ay + share * dy - py), share * np.sqrt(square)
