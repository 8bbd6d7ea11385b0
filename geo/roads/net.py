"""One state of the roads: the graph, the closures on it, and each vehicle's layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geo.roads.cuts import Cut, Obstacle, cuts
from geo.roads.graph import Graph
from geo.roads.grid import Snapped
from geo.roads.layers import Ground, Layer, sort_cuts
from geo.roads.speeds import RoadFacts
from geo.roads.vehicles import VEHICLES

REMEMBERED = 8_000  # points, about 2 MB

Point = tuple[float, float]
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
        factors: Mapping[str, float] | None = None,
        before: Net | None = None,
    ) -> None:
        """factors: how many times as long a road of a class takes on wheels (learned.py). before: a net
        over the same graph and facts, whose grounds hold here too."""
        self.graph, self.facts, self.basis = graph, facts or RoadFacts(), basis
        self.factors = dict(factors or {})
        self.obstacles = tuple(obstacles)
        self.cuts: list[Cut] = cuts(graph, obstacles)
        self._plain: dict[str, Ground] = (
            _grounds(graph, self.facts) if before is None else before._plain
        )
        self._grounds: dict[str, Ground] = (
            before._grounds
            if before is not None and before.factors == self.factors
            else self._slowed()
        )
        # Where units were found: most stand where they stood when the last scene asked.
        self._snapped: dict[tuple[float, float, int], Snapped | None] = (
            {} if before is None else before._snapped
        )
        self._layers = self._make_layers()
        different = list({id(g): g for g in self._plain.values()}.values())
        self.allowed: NDArray[np.bool_] = np.stack([g.snappable for g in different])
        self._which = {n: different.index(g) for n, g in self._plain.items()}

    def with_obstacles(
        self, obstacles: Sequence[Obstacle], factors: Mapping[str, float] | None = None
    ) -> Net:
        """The same net with other closures, and where they are given with other factors."""
        return Net(
            self.graph, self.facts, obstacles, basis=self.basis, before=self,
            factors=self.factors if factors is None else factors,
        )  # fmt: skip

    def snap(self, points: Sequence[Point], which: Sequence[int]) -> list[Snapped | None]:
        """`SegmentGrid.snap` of points (lon, lat) onto `allowed[which]`, remembered."""
        keys = [(lon, lat, n) for (lon, lat), n in zip(points, which, strict=True)]
        known = self._snapped
        found = {key: known[key] for key in keys if key in known}
        new = list(dict.fromkeys(key for key in keys if key not in found))
        if new:
            places = self.graph.grid.snap(
                [(lon, lat) for lon, lat, _ in new], self.allowed, [n for _, _, n in new]
            )
            fresh = dict(zip(new, places, strict=True))
            found |= fresh
            if len(known) > REMEMBERED:  # not emptied: another thread may be reading it
                self._snapped = fresh
            else:
                known.update(fresh)
        return [found[key] for key in keys]

    def touches(self, lon: float, lat: float) -> bool:
        """Whether anybody, if only on foot, gets near the point by this net."""
        grounds = range(len(self.allowed))
        return any(self.snap([(lon, lat)] * len(grounds), grounds))

    def layer(self, vehicle: str) -> Layer:
        """The layer of a vehicle class in VEHICLES."""
        return self._layers[vehicle]

    def which(self, vehicle: str) -> int:
        return self._which[vehicle]

    def water_m(self, place: Snapped) -> float:
        """How deep the place lies under water."""
        return max(
            (
                c.obstacle.depth_m or 0.0
                for c in self.cuts
                if c.edge == place.edge and c.low <= place.fraction <= c.high
            ),
            default=0.0,
        )

    def _slowed(self) -> dict[str, Ground]:
        """Every ground that wheels drive on, slowed; what is one object stays one."""
        if not self.factors:
            return self._plain
        made = {
            id(self._plain[name]): self._plain[name].slowed(self.graph, self.factors)
            for name, v in VEHICLES.items()
            if not v.on_foot
        }
        return {name: made.get(id(ground), ground) for name, ground in self._plain.items()}

    def _make_layers(self) -> dict[str, Layer]:
        made: dict[object, Layer] = {}
        layers = {}
        for name, vehicle in VEHICLES.items():
            ground = self._grounds[name]
            barred, wet = sort_cuts(vehicle, self.cuts)
            floats = vehicle.floats and bool(wet)
            # What is under water and not barred is waded: the barred ones tell the two apart.
            key = (id(ground), floats, frozenset(c.obstacle.id for c in barred))
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
