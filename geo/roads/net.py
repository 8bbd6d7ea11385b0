"""One state of the roads: the graph, the closures on it, and each vehicle's layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geo.roads.cuts import Cut, Obstacle, cuts
from geo.roads.graph import Graph
from geo.roads.layers import Ground, Layer, sort_cuts
from geo.roads.speeds import RoadFacts
from geo.roads.vehicles import VEHICLES

RoadBasis = Literal["road", "road_example"]


class Net:
    """Immutable: another closure makes another `Net` over the same graph and grounds.

    `basis` tells an imported net from an example. `allowed[which(class)]`: where that class of
    vehicle may start and end.
    """

    def __init__(
        self,
        graph: Graph,
        facts: RoadFacts | None = None,
        obstacles: Sequence[Obstacle] = (),
        *,
        basis: RoadBasis = "road",
        grounds: Mapping[str, Ground] | None = None,
    ) -> None:
        self.graph, self.facts, self.basis = graph, facts or RoadFacts(), basis
        self.obstacles = tuple(obstacles)
        self.cuts: list[Cut] = cuts(graph, obstacles)
        self._grounds = grounds or _grounds(graph, self.facts)
        self._layers = self._make_layers()
        different = list({id(g): g for g in self._grounds.values()}.values())
        self.allowed: NDArray[np.bool_] = np.stack([g.snappable for g in different])
        self._which = {n: different.index(g) for n, g in self._grounds.items()}

    def with_obstacles(self, obstacles: Sequence[Obstacle]) -> Net:
        return Net(self.graph, self.facts, obstacles, basis=self.basis, grounds=self._grounds)

    def layer(self, vehicle: str) -> Layer:
        """The layer of a vehicle class in VEHICLES."""
        return self._layers[vehicle]

    def which(self, vehicle: str) -> int:
        return self._which[vehicle]

    def _make_layers(self) -> dict[str, Layer]:
        made: dict[object, Layer] = {}
        layers = {}
        for name, vehicle in VEHICLES.items():
            ground = self._grounds[name]
            barred, wet = sort_cuts(vehicle, self.cuts)
            floats = vehicle.floats and bool(wet)
            key = (
                id(ground), floats,
                frozenset(c.obstacle.id for c in barred), frozenset(c.obstacle.id for c in wet),
            )  # fmt: skip
            if key not in made:
                made[key] = Layer(self.graph, ground, barred, wet, floats=floats)
            layers[name] = made[key]
        return layers


def _grounds(graph: Graph, facts: RoadFacts) -> dict[str, Ground]:
    """Each class's ground; those that come out the same are one object."""
    same: dict[int, Ground] = {}
    grounds = {}
    for name, vehicle in VEHICLES.items():
        ground = Ground(graph, facts, vehicle)
        grounds[name] = same.setdefault(ground.key, ground)
    return grounds
