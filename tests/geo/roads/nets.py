"""Small road nets for tests: streets drawn on a plane of metres near the middle of the city."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime

from geo.eta import EARTH_M_PER_DEGREE, Origin
from geo.roads.cuts import Obstacle
from geo.roads.edges import EdgeTable, EdgeWriter
from geo.roads.graph import Graph
from geo.roads.net import Net
from geo.roads.road_eta import HORIZON_S, RoadEta
from geo.roads.speeds import RoadFacts

LON, LAT = 99.15, 3.32
EVEN = RoadFacts(weekday=(1.0,) * 24, weekend=(1.0,) * 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

Metres = tuple[float, float]


def degrees(at: Metres) -> tuple[float, float]:
    """lon, lat of a point so many metres east and north of the middle."""
    return LON + at[0] / EARTH_M_PER_DEGREE, LAT + at[1] / EARTH_M_PER_DEGREE


def street(writer: EdgeWriter, a: Metres, b: Metres, road: str = "residential",
           **more: object) -> None:  # fmt: skip
    """A straight street; junctions are where ends have the same metres."""
    writer.add(a, b, [degrees(a), degrees(b)], road, **more)  # type: ignore[arg-type]


def net_of(*streets: tuple[Metres, Metres], obstacles: Sequence[Obstacle] = ()) -> Net:
    writer = EdgeWriter()
    for a, b in streets:
        street(writer, a, b)
    return Net(Graph(writer.table()), EVEN, obstacles)


def eta_on(net: Net, horizon_s: float = HORIZON_S) -> RoadEta:
    return RoadEta(lambda: net, lambda: NOON, horizon_s=horizon_s)


def origin(unit_id: int, at: Metres, vehicle_class: str = "car") -> Origin:
    return Origin(unit_id, *degrees(at), vehicle_class)


def town(seed: int, side: int = 9) -> EdgeTable:
    """A crooked lattice with one-way streets, gangs, parallel streets, loops and closed gates."""
    pick = random.Random(seed)
    at = {
        (i, j): (i * 180 + pick.uniform(-50, 50), j * 180 + pick.uniform(-50, 50))
        for i in range(side)
        for j in range(side)
    }
    writer = EdgeWriter()

    def add(a: tuple[int, int], b: tuple[int, int]) -> None:
        middle = [
            ((at[a][0] + at[b][0]) / 2 + pick.uniform(-30, 30), (at[a][1] + at[b][1]) / 2)
            for _ in range(pick.choice([0, 1]))
        ]
        writer.add(
            a, b, [degrees(p) for p in (at[a], *middle, at[b])],
            pick.choice(["residential", "residential", "tertiary", "path", "service"]),
            oneway=pick.choice([0, 0, 0, 0, 1, -1]),
            limit_kmh=pick.choice([float("nan"), 20.0]),
            width_m=pick.choice([float("nan"), float("nan"), 2.2]),
            closed=pick.random() < 0.03,
        )  # fmt: skip

    for i in range(side):
        for j in range(side):
            if i + 1 < side and pick.random() < 0.9:
                add((i, j), (i + 1, j))
            if j + 1 < side and pick.random() < 0.9:
                add((i, j), (i, j + 1))
            if pick.random() < 0.05:
                add((i, j), (i, j))
            if j + 1 < side and pick.random() < 0.05:
                add((i, j + 1), (i, j))
    return writer.table()
