"""The net as search matrices: every edge both ways, and a few more nodes to start from.

A search starts inside an edge. Nodes N, N + 1, … (`Graph.start` is the first) are kept free for that:
each has two arcs, which a search points at the ends of its edge before it runs. Costs stand apart
(layers.py): a closure changes numbers, never the structure.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from geo.roads.costs import Floats
from geo.roads.edges import EdgeTable, Ints
from geo.roads.grid import SegmentGrid

STARTS = 16  # searches that run together
ENDS = 2  # arcs of a start: to the ends of its edge
START_ARCS = STARTS * ENDS


@dataclass(frozen=True, slots=True)
class Arcs:
    """One search direction. Arc k leads to `heads[k]`; `arc[k] < E`: along edge `arc[k]`, else
    against edge `arc[k] - E`. The last `START_ARCS` belong to the starts, `ENDS` to each."""

    indptr: Ints
    heads: Ints
    arc: Ints

    @classmethod
    def of(cls, tails: Ints, heads: Ints, nodes: int) -> Arcs:
        order = np.argsort(tails, kind="stable").astype(np.int32)
        indptr = np.zeros(nodes + STARTS + 1, np.int32)
        np.cumsum(np.bincount(tails, minlength=nodes), out=indptr[1 : nodes + 1])
        indptr[nodes + 1 :] = len(tails) + ENDS * np.arange(1, STARTS + 1)
        start = np.full(START_ARCS, nodes, np.int32)
        return cls(indptr, np.concatenate([heads[order], start]), order)

    def weights(self, along: Floats, against: Floats) -> Floats:
        """Costs of the edges in both directions, laid out as these arcs; the starts' are infinite."""
        both = np.concatenate([along, against])
        return np.concatenate([both[self.arc], np.full(START_ARCS, np.inf)])

    def matrix(self, weights: Floats) -> csr_array:
        """The matrix over these very arrays, not a copy: the starts' arcs can be set in it."""
        n = len(self.indptr) - 1
        made = csr_array((n, n), dtype=np.float64)
        made.data, made.indices, made.indptr = weights, self.heads, self.indptr
        return made


class Graph:
    """Nodes, edges, and how to find the edge at a point. Immutable but for the starts' arcs, which
    whoever searches holds `lock` for."""

    def __init__(self, table: EdgeTable) -> None:
        self.table = table
        self.start = table.nodes
        self.lock = threading.Lock()
        self.grid = SegmentGrid(table.offset, table.at)

    @property
    def edges(self) -> int:
        return self.table.count

    @cached_property
    def towards(self) -> Arcs:
        """From a scene to the units: every road driven against its sense."""
        t = self.table
        return Arcs.of(
            np.concatenate([t.target, t.source]), np.concatenate([t.source, t.target]), t.nodes
        )

    @cached_property
    def away(self) -> Arcs:
        """From a station to everywhere."""
        t = self.table
        return Arcs.of(
            np.concatenate([t.source, t.target]), np.concatenate([t.target, t.source]), t.nodes
        )

    def edges_between(self, node: int, following: int) -> list[tuple[int, bool]]:
        """Edges that lead from a node straight to another, and whether along their line."""
        low, high = self.towards.indptr[following], self.towards.indptr[following + 1]
        arcs = self.towards.arc[low:high][self.towards.heads[low:high] == node]
        return [(a, True) if a < self.edges else (a - self.edges, False) for a in arcs.tolist()]
