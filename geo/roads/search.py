"""From a place on an edge to the nodes around it, and through the net. Costs as in costs.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from scipy.sparse.csgraph import dijkstra

from geo.roads.costs import UNIT, Floats, cost
from geo.roads.edges import Ints
from geo.roads.graph import ENDS, START_ARCS, STARTS, Arcs
from geo.roads.grid import Snapped
from geo.roads.layers import Layer
from geo.roads.vehicles import WALK_KMH

INF = float("inf")
# From the barrier on foot no further than this.
MAX_WALK_M = 300.0
ROOM = 2_000_000  # costs held by one search, 16 MB

Ends = tuple[tuple[int, float], tuple[int, float]]
"""The source and the target of an edge, each with a cost."""


def stretch(layer: Layer, edge: int, a: float, b: float, *, arriving: bool) -> float:
    """Cost from share `a` to share `b` of an edge's length; infinite where there is no way.

    Who starts inside a part that is shut but dry drives out of it; `arriving` there means walking
    the last metres. Nobody passes through one, and nobody stops or starts in water too deep.
    """
    whole = layer.whole_ms(edge, along=a <= b)
    if a == b:  # at the very end of a one-way street: nothing to drive in either direction
        whole = min(whole, layer.whole_ms(edge, along=False))
    if whole == INF:
        return INF
    metres = float(layer.graph.table.length_m[edge])
    low, high = min(a, b), max(a, b)
    hits = [s for s in layer.spans.get(edge, ()) if s[0] < high and s[1] > low]
    if not hits and low == high:
        hits = [s for s in layer.spans.get(edge, ()) if s[2] and s[0] < a < s[1]]
    if not hits:
        return _part(whole, metres, high - low)
    first, last, wet = hits[0]
    if wet or len(hits) > 1:
        return INF
    if first < a < last:
        return _part(whole, metres, high - low)
    if not (arriving and first < b < last):
        return INF
    walk = b - first if a <= b else last - b
    if walk * metres > MAX_WALK_M:
        return INF
    on_foot = _part(metres / WALK_KMH * 3600.0, metres, walk)
    return _part(whole, metres, high - low - walk) + on_foot


def _part(whole_ms: float, metres: float, share: float) -> float:
    return round(whole_ms * share) + round(metres * share * 10.0) / UNIT


def ends_to(layer: Layer, place: Snapped) -> Ends:
    """What the last part of the way costs from either end of the edge to the place."""
    table, e, f = layer.graph.table, place.edge, place.fraction
    return (
        (int(table.source[e]), stretch(layer, e, 0.0, f, arriving=True)),
        (int(table.target[e]), stretch(layer, e, 1.0, f, arriving=True)),
    )


def ends_from(layer: Layer, place: Snapped) -> Ends:
    """What the first part of the way costs from the place to either end of the edge."""
    table, e, f = layer.graph.table, place.edge, place.fraction
    return (
        (int(table.source[e]), stretch(layer, e, f, 0.0, arriving=False)),
        (int(table.target[e]), stretch(layer, e, f, 1.0, arriving=False)),
    )


def direct(layer: Layer, start: Snapped, scene: Snapped) -> float:
    """Cost along their common edge, infinite when they lie on different ones."""
    if start.edge != scene.edge:
        return INF
    return stretch(layer, start.edge, start.fraction, scene.fraction, arriving=True)


def ways(
    layer: Layer, starts: Sequence[Snapped], scenes: Sequence[Snapped], which: Ints, nodes: Floats
) -> Floats:
    """Cost of the quickest way from each place to its scene, `scenes[which[i]]`, given in
    `nodes[which[i]]` every node's."""
    edge = np.fromiter((s.edge for s in starts), np.int64, len(starts))
    at = np.fromiter((s.fraction for s in starts), np.float64, len(starts))
    table, ground = layer.graph.table, layer.ground
    along, against = ground.along_ms[edge].astype(float), ground.against_ms[edge].astype(float)
    either = np.minimum(along, against)  # at the very end of a one-way street, as in `stretch`
    metres = table.length_m[edge].astype(float)
    back = nodes[which, table.source[edge]] + cost(
        np.where(at == 0.0, either, against) * at, metres * at
    )
    rest = 1.0 - at
    on = nodes[which, table.target[edge]] + cost(
        np.where(rest == 0.0, either, along) * rest, metres * rest
    )
    found: Floats = np.minimum(back, on)
    # parts under a closure or water, and the scene's own street
    for n, (start, row) in enumerate(zip(starts, which.tolist(), strict=True)):
        scene = scenes[row]
        if start.edge == scene.edge or layer.touched(start.edge):
            found[n] = best(layer, start, scene, nodes[row])
    return found


def best(layer: Layer, start: Snapped, scene: Snapped, nodes: Floats) -> float:
    """The same from one place, closures and water on its edge counted."""
    (source, back), (target, on) = ends_from(layer, start)
    return min(
        float(nodes[source]) + back,
        float(nodes[target]) + on,
        direct(layer, start, scene),
    )


def towards(layer: Layer, scene: Snapped, limit: float) -> Floats:
    """Cost from every node to the scene; infinite beyond `limit`."""
    found: Floats = towards_many(layer, [scene], limit)[0]
    return found


def towards_many(layer: Layer, scenes: Sequence[Snapped], limit: float) -> Floats:
    """The same for each of up to `together(layer)` scenes, in rows. Most of what a search in a town
    costs is setting out, and they set out once."""
    ends = [ends_to(layer, scene) for scene in scenes]
    return _costs(layer.graph.towards, layer, layer.towards, ends, limit)


def together(layer: Layer) -> int:
    """So many scenes are searched for at once: a row for each has to be made and filled."""
    return max(1, min(STARTS, ROOM // (layer.graph.start + STARTS)))


def towards_with_tree(layer: Layer, scene: Snapped, limit: float) -> tuple[Floats, Ints]:
    """The same, and for every node the next one on the way to the scene; the start's number at the
    last, negative where there is none."""
    arcs = layer.graph.towards
    with _set_out(arcs, layer, layer.towards, [ends_to(layer, scene)]):
        found, before = dijkstra(
            layer.towards, indices=[layer.graph.start], limit=limit, return_predecessors=True
        )
    return found[0], before[0]


def away(layer: Layer, start: Snapped, limit: float) -> Floats:
    """Cost from a place to every node; infinite beyond `limit`."""
    found: Floats = _costs(layer.graph.away, layer, layer.away, [ends_from(layer, start)], limit)[0]
    return found


def _costs(arcs: Arcs, layer: Layer, matrix: Any, ends: Sequence[Ends], limit: float) -> Floats:
    first = layer.graph.start
    with _set_out(arcs, layer, matrix, ends):
        found: Floats = dijkstra(matrix, indices=range(first, first + len(ends)), limit=limit)
    return found


@contextmanager
def _set_out(arcs: Arcs, layer: Layer, matrix: Any, ends: Sequence[Ends]) -> Iterator[None]:
    """The arcs of as many starts lead to these ends while the search runs."""
    heads = arcs.heads[-START_ARCS:][: ENDS * len(ends)]
    values = matrix.data[-START_ARCS:][: ENDS * len(ends)]
    with layer.graph.lock:
        heads[:] = [node for pair in ends for node, _ in pair]
        values[:] = [value for pair in ends for _, value in pair]
        try:
            yield
        finally:
            values[:] = np.inf
