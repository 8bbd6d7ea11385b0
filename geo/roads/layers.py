"""What one kind of vehicle pays on every edge while certain closures stand.

Vehicles that may use the same edges and are stopped by the same closures share a layer, whatever
their pace: the search runs once for all of them and its seconds are multiplied afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.roads.costs import Floats, cost
from geo.roads.cuts import Cut
from geo.roads.edges import Flags, Reals
from geo.roads.graph import START_ARCS, Arcs, Graph
from geo.roads.speeds import RoadFacts
from geo.roads.vehicles import FLOAT_FROM_M, FLOAT_KMH, WADE_KMH, WALK_KMH, Vehicle

# Nodes of a piece of net that is worth driving onto: not a parking aisle that nothing leads to.
SMALLEST = 30

TOLLWAYS = ("motorway", "motorway_link")

Spans = list[tuple[float, float, bool]]
"""Barred parts of an edge in order: from, to (shares of its length), wet?"""


class Ground:
    """Where a kind of vehicle may go at all, closures apart. `along_ms`, `against_ms`: driving time
    of the whole edge, infinite where it may not; `snappable`: edges it may start or end on."""

    def __init__(self, graph: Graph, facts: RoadFacts, vehicle: Vehicle) -> None:
        table = graph.table
        width = np.where(np.isnan(table.width_m), _by_road(graph, facts.width_m), table.width_m)
        usable = ~table.closed & (width >= vehicle.width_m)
        if not vehicle.tollways:
            usable &= ~np.isin(table.road, [n for n, r in enumerate(table.roads) if r in TOLLWAYS])
        if vehicle.on_foot:
            speed, oneway = np.full(graph.edges, WALK_KMH), np.zeros(graph.edges, np.int8)
        else:
            speed = np.fmin(_by_road(graph, facts.speed_kmh), table.limit_kmh)
            oneway = table.oneway
        ms = table.length_m / np.maximum(speed, 1.0) * 3600.0
        self.usable: Flags = usable
        self.along_ms: Reals = np.where(usable & (oneway >= 0), ms, np.inf).astype(np.float32)
        self.against_ms: Reals = np.where(usable & (oneway <= 0), ms, np.inf).astype(np.float32)
        self.key = hash((self.along_ms.tobytes(), self.against_ms.tobytes()))
        self.snappable: Flags = usable & self._in_a_whole(graph)

    def slowed(self, graph: Graph, factors: Mapping[str, float]) -> Ground:
        """The same ground where a road of a class in `factors` takes so many times as long."""
        made = copy(self)
        times = _by_road(graph, lambda road: factors.get(road, 1.0))
        made.along_ms, made.against_ms = self.along_ms * times, self.against_ms * times
        return made

    def _in_a_whole(self, graph: Graph) -> Flags:
        """Edges both of whose ends lie in a piece of net that can be driven around in."""
        arcs = graph.towards
        weights = arcs.weights(self.along_ms.astype(float), self.against_ms.astype(float))
        label = _pieces(arcs, weights, "strong")
        size = np.bincount(label, minlength=1)
        big = size >= min(SMALLEST, size.max(initial=0))
        source, target = graph.table.source, graph.table.target
        whole: Flags = big[label[source]] & (label[source] == label[target])
        return whole


class Layer:
    """A ground with closures on it: the matrix to search, infinite on every edge that is barred
    somewhere. Whoever starts or ends on an edge asks for its parts: `whole` and `spans`."""

    def __init__(self, graph: Graph, ground: Ground, barred: Sequence[Cut], wet: Sequence[Cut],
                 *, floats: bool = False) -> None:  # fmt: skip
        self.graph, self.ground = graph, ground
        self.spans: dict[int, Spans] = _spans(barred)
        self._extra_ms = _delays(graph, ground, wet, floats=floats)
        self.towards: csr_array = graph.towards.matrix(graph.towards.weights(*self.through_all()))

    @cached_property
    def away(self) -> csr_array:
        return self.graph.away.matrix(self.graph.away.weights(*self.through_all()))

    @cached_property
    def piece(self) -> NDArray[np.int32]:
        """Which piece of the net each node is in, one-way streets counted as open both ways."""
        return _pieces(self.graph.towards, self.towards.data, "weak")

    def whole_ms(self, edge: int, *, along: bool) -> float:
        """Milliseconds of the whole edge in one direction, closures apart; water counts."""
        ms = (self.ground.along_ms if along else self.ground.against_ms)[edge]
        extra = self._extra_ms.get(edge)
        return float(ms) if extra is None else float(ms) + extra[0 if along else 1]

    def touched(self, edge: int) -> bool:
        """Whether a closure or water lies on part of the edge."""
        return edge in self.spans or edge in self._extra_ms

    def through(self, edge: int, *, along: bool) -> float:
        """Cost of driving the whole edge in one direction."""
        if edge in self.spans:
            return float("inf")
        value: float = cost(self.whole_ms(edge, along=along), self.graph.table.length_m[edge])
        return value

    def through_all(self) -> tuple[Floats, Floats]:
        """`through` of every edge: along, and against."""
        metres = self.graph.table.length_m.astype(float)
        both = []
        for n, ground_ms in enumerate((self.ground.along_ms, self.ground.against_ms)):
            ms = ground_ms.astype(float)
            for edge, extra in self._extra_ms.items():
                ms[edge] += extra[n]
            ms[list(self.spans)] = np.inf
            both.append(cost(ms, metres))
        return both[0], both[1]


def sort_cuts(vehicle: Vehicle, cuts: Sequence[Cut]) -> tuple[list[Cut], list[Cut]]:
    """The cuts that stop this vehicle, and the wet ones it goes through."""
    barred, wet = [], []
    for cut in cuts:
        depth = cut.obstacle.depth_m
        if depth is None:
            if not vehicle.on_foot:  # a road shut to traffic can be walked
                barred.append(cut)
        elif depth > vehicle.wading_m:
            barred.append(cut)
        elif depth > 0:
            wet.append(cut)
    return barred, wet


def _by_road(graph: Graph, value_of: Callable[[str], float]) -> Reals:
    values = np.asarray([value_of(road) for road in graph.table.roads] or [0.0], np.float32)
    found: Reals = values[graph.table.road]
    return found


def _delays(
    graph: Graph, ground: Ground, wet: Sequence[Cut], *, floats: bool
) -> dict[int, tuple[float, float]]:
    """Milliseconds more, both ways, because part of an edge goes at no more than wading speed (a
    boat afloat: its own)."""
    delays: dict[int, tuple[float, float]] = {}
    for cut in wet:
        depth = cut.obstacle.depth_m or 0.0
        kmh = FLOAT_KMH if floats and depth >= FLOAT_FROM_M else WADE_KMH
        share = cut.high - cut.low
        wet_ms = float(graph.table.length_m[cut.edge]) * share / kmh * 3600.0
        before = delays.get(cut.edge, (0.0, 0.0))
        dry = (float(ground.along_ms[cut.edge]), float(ground.against_ms[cut.edge]))
        delays[cut.edge] = (
            before[0] + max(wet_ms - dry[0] * share, 0.0),
            before[1] + max(wet_ms - dry[1] * share, 0.0),
        )
    return delays


def _spans(barred: Sequence[Cut]) -> dict[int, Spans]:
    by_edge: dict[int, Spans] = {}
    for cut in barred:
        span = (cut.low, cut.high, cut.obstacle.depth_m is not None)
        by_edge.setdefault(cut.edge, []).append(span)
    return {edge: _joined(spans) for edge, spans in by_edge.items()}


def _joined(spans: Spans) -> Spans:
    """In order, those that touch made one: wet when any of them is."""
    joined: Spans = []
    for low, high, wet in sorted(spans):
        if joined and low <= joined[-1][1]:
            before = joined.pop()
            low, high, wet = before[0], max(high, before[1]), wet or before[2]
        joined.append((low, high, wet))
    return joined


def _pieces(
    arcs: Arcs, weights: Floats, connection: Literal["weak", "strong"]
) -> NDArray[np.int32]:
    """The number of the piece each node is in; the start, whose arcs come and go, stands alone."""
    n = len(arcs.indptr) - 1
    open_ = np.isfinite(weights[:-START_ARCS])
    rows = np.repeat(np.arange(n), np.diff(arcs.indptr))[:-START_ARCS][open_]
    ones = np.ones(len(rows), np.int8)
    net = csr_array((ones, (rows, arcs.heads[:-START_ARCS][open_])), shape=(n, n))
    labels: NDArray[np.int32] = connected_components(net, directed=True, connection=connection)[1]
    return labels
