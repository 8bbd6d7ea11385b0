"""Ways cut at their junctions into the edges of the road graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from geo.osm.things import RoadWay
from geo.roads.edges import line_length_m


@dataclass(frozen=True, slots=True)
class Edge:
    """`line` (points, 2) lon, lat from node `source` to node `target`."""

    source: int
    target: int
    way: RoadWay
    length_m: float
    line: NDArray[np.float64]


def cut(roads: Sequence[RoadWay]) -> Iterator[Edge]:
    """The edges of all routable ways, in the order of the file; edges without length are left out."""
    ways = [way for way in roads if way.routable]
    if not ways:
        return
    nodes, uses = np.unique(np.concatenate([way.refs for way in ways]), return_counts=True)
    shared = nodes[uses > 1]
    for way in ways:
        at = np.searchsorted(shared, way.refs)
        joint = shared[np.minimum(at, len(shared) - 1)] == way.refs if len(shared) else at < 0
        joint[0] = joint[-1] = True
        stops = np.flatnonzero(joint)
        for first, last in pairwise(stops.tolist()):
            line = way.line[first : last + 1]
            length = line_length_m(line)
            if length > 0:
                yield Edge(int(way.refs[first]), int(way.refs[last]), way, length, line)
