"""The same answers as an independent shortest path, to the second: every edge is split where a unit,
the scene or a closure begins, and networkx searches what is left."""

from __future__ import annotations

import random
from functools import lru_cache
from itertools import pairwise

import networkx as nx
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.eta import TURNOUT_S
from geo.roads import road_eta
from geo.roads.cuts import Obstacle
from geo.roads.graph import Graph
from geo.roads.grid import Snapped
from geo.roads.net import Net
from geo.roads.vehicles import VEHICLES, WADE_KMH, WALK_KMH, Vehicle
from tests.geo.roads.nets import EVEN, degrees, eta_on, origin, town

Node = tuple[object, ...]
FAR_S = 100_000.0


@lru_cache(maxsize=8)
def base(seed: int) -> Net:
    return Net(Graph(town(seed)), EVEN)


def disc(x: float, y: float, radius_m: float) -> shapely.Polygon:
    return shapely.Point(degrees((x, y))).buffer(radius_m / 111_195)


def obstacles(pick: random.Random) -> list[Obstacle]:
    return [
        Obstacle(
            n,
            disc(pick.uniform(0, 1500), pick.uniform(0, 1500), pick.uniform(15, 200)),
            pick.choice([None, 0.1, 0.25, 0.5, 0.7, 1.5]),
        )
        for n in range(pick.randint(0, 6))
    ]


def usable(net: Net, v: Vehicle, edge: int) -> tuple[float, bool, bool]:
    """km/h on an edge and whether it may be driven along and against its line."""
    t = net.graph.table
    road = t.roads[t.road[edge]]
    width = float(t.width_m[edge])
    if width != width:
        width = EVEN.width_m(road)
    if t.closed[edge] or width < v.width_m:
        return 1.0, False, False
    if v.on_foot:
        return WALK_KMH, True, True
    speed, limit = EVEN.speed_kmh(road), float(t.limit_kmh[edge])
    speed = min(speed, limit) if limit == limit else speed
    return speed, t.oneway[edge] >= 0, t.oneway[edge] <= 0


def split(net: Net, v: Vehicle, places: dict[str, Snapped]) -> nx.DiGraph:
    """Nodes: ("n", node), ("p", name) for a place. Parts of edges under an obstacle that stops the
    vehicle are left out; those that the scene or a unit lies in are walked or driven out of."""
    found = nx.DiGraph()
    t = net.graph.table
    for edge in range(t.count):
        speed, along, against = usable(net, v, edge)
        here = [(p.fraction, ("p", name)) for name, p in places.items() if p.edge == edge]
        spans = [(c.low, c.high, c.obstacle.depth_m) for c in net.cuts if c.edge == edge]
        marks: list[tuple[float, Node]] = [
            (0.0, ("n", int(t.source[edge]))), *here, (1.0, ("n", int(t.target[edge]))),
            *((x, ("c", edge, x)) for low, high, _ in spans for x in (low, high) if 0 < x < 1),
        ]  # fmt: skip
        marks.sort(key=lambda m: (m[0], m[1][0] == "n" and m[0] == 1.0))
        metres, extra = float(t.length_m[edge]), 0.0
        for low, high, depth in spans:
            if depth is not None and depth <= v.wading_m:
                wet = metres * (high - low) * 3.6
                slow = 8.0 if v.floats and depth >= 0.4 else WADE_KMH
                extra += max(wet / slow - wet / speed, 0.0)
        whole = metres * 3.6 / speed + extra
        blocks = [s for s in spans if (s[2] is None and not v.on_foot) or (s[2] or 0) > v.wading_m]
        for (f, a), (g, b) in pairwise(marks):
            middle = (f + g) / 2
            over = [s for s in blocks if s[0] < middle < s[1]] if g > f else []
            if over:
                continue
            for p, q, allowed in ((a, b, along), (b, a, against)):
                cost = whole * (g - f)
                allowed = allowed or (g == f and (along or against))
                if allowed and cost < found.get_edge_data(p, q, {"s": FAR_S})["s"]:
                    found.add_edge(p, q, s=cost)
    return found


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5), st.integers(0, 10**9), st.sampled_from(sorted(VEHICLES)))
def test_random_pairs(seed: int, chance: int, name: str) -> None:
    pick = random.Random(chance)
    net = base(seed).with_obstacles(obstacles(pick))
    v = VEHICLES[name]
    at = {str(n): (pick.uniform(-50, 1500), pick.uniform(-50, 1500)) for n in range(8)}
    snapped = net.graph.grid.snap(
        [degrees(p) for p in at.values()], net.allowed, [net.which(name)] * len(at)
    )
    places = {n: p for n, p in zip(at, snapped, strict=True) if p is not None}
    inside = {
        n
        for n, p in places.items()
        if any(s[0] < p.fraction < s[1] for s in net.layer(name).spans.get(p.edge, ()))
    }
    if "0" not in places or "0" in inside:
        return  # the scene inside a closure has its own test below
    graph = split(net, v, places)
    units = [n for n in places if n != "0" and n not in inside]
    answers = eta_on(net, horizon_s=30_000).to_scene(
        *degrees(at["0"]), [origin(int(n), at[n], name) for n in units]
    )
    for n, answer in zip(units, answers, strict=True):
        try:
            drive_s = nx.dijkstra_path_length(graph, ("p", n), ("p", "0"), weight="s")
        except (nx.NetworkXNoPath, nx.NodeNotFound):
            assert answer.basis in ("distance", "cut_off")
            continue
        assert answer.basis == "road"
        off = road_eta.off_road_s(places[n], places["0"])
        off += road_eta.launch_s(net, v, places["0"])
        assert answer.eta_s == pytest.approx(TURNOUT_S + off + drive_s * v.pace, abs=1.0)
