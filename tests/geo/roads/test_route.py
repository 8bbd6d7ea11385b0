"""The way that is drawn is the way that was timed."""

from __future__ import annotations

import random

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.roads.edges import EdgeWriter, line_length_m
from geo.roads.graph import Graph
from geo.roads.net import Net
from geo.roads.route import route
from geo.roads.vehicles import VEHICLES
from tests.geo.roads.nets import EVEN, degrees, eta_on, net_of, origin, street
from tests.geo.roads.test_against_networkx import base, obstacles


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 5), st.integers(0, 10**9), st.sampled_from(sorted(VEHICLES)))
def test_line_steps_and_time_agree_with_the_eta(seed: int, chance: int, name: str) -> None:
    pick = random.Random(chance)
    net = base(seed).with_obstacles(obstacles(pick))
    for _ in range(6):
        a, b = ((pick.uniform(0, 1450), pick.uniform(0, 1450)) for _ in range(2))
        (eta,) = eta_on(net, horizon_s=30_000).to_scene(*degrees(b), [origin(1, a, name)])
        way = route(net, degrees(a), degrees(b), name, 1.0)
        assert (way is not None) == (eta.basis == "road")
        if way is None:
            continue
        assert way.eta_s == pytest.approx(eta.eta_s, abs=1)
        assert sum(s.distance_m for s in way.steps) == pytest.approx(way.distance_m, abs=30)
        line = shapely.LineString(way.line).coords
        off = line_length_m(shapely.get_coordinates(shapely.LineString(line)))
        assert off == pytest.approx(eta.distance_m, rel=0.01, abs=5)
        assert way.steps[0].turn == "depart" or len(way.steps) == 1
        assert way.steps[-1].turn == "arrive"


def test_of_two_parallel_streets_the_quicker() -> None:
    writer = EdgeWriter()
    street(writer, (0, 0), (100, 0))
    writer.add((100, 0), (600, 0), [degrees((100, 0)), degrees((350, 300)), degrees((600, 0))],
               name="Jalan Lingkar")  # fmt: skip
    street(writer, (100, 0), (600, 0), name="Jalan Lurus")
    street(writer, (600, 0), (700, 0))
    way = route(Net(Graph(writer.table()), EVEN), degrees((50, 0)), degrees((650, 0)), "car", 1.0)
    assert way is not None and way.distance_m == pytest.approx(600, abs=2)
    assert [s.name for s in way.steps] == ["", "Jalan Lurus", "", ""]


def test_turns_by_their_angle() -> None:
    for end, turn in (
        ((500.0, 400.0), "left"), ((500.0, -400.0), "right"), ((900.0, 150.0), "slight_left"),
        ((900.0, -150.0), "slight_right"), ((100.0, 200.0), "sharp_left"),
        ((100.0, -200.0), "sharp_right"), ((900.0, 0.0), "straight"),
    ):  # fmt: skip
        writer = EdgeWriter()
        street(writer, (0, 0), (500, 0), name="Jalan Satu")
        street(writer, (500, 0), end, name="Jalan Dua")
        way = route(Net(Graph(writer.table()), EVEN), degrees((10, 0)), degrees(end), "car", 1.0)
        assert way is not None
        assert [s.turn for s in way.steps] == ["depart", turn, "arrive"], end


def test_out_of_a_one_way_loop() -> None:
    """Both ends of the loop are one junction: which way out is told by its cost."""
    writer = EdgeWriter()
    ring = [degrees(p) for p in ((0, 0), (200, 100), (300, 0), (200, -100), (0, 0))]
    writer.add((0, 0), (0, 0), ring, oneway=1, name="Jalan Lingkar")
    street(writer, (0, 0), (-500, 0), name="Jalan Keluar")
    way = route(
        Net(Graph(writer.table()), EVEN), degrees((200, 100)), degrees((-400, 0)), "car", 1.0
    )
    assert way is not None and way.distance_m == pytest.approx(141.4 * 2 + 223.6 + 400, abs=3)
    assert line_length_m(shapely.get_coordinates(shapely.LineString(way.line))) == pytest.approx(
        way.distance_m, abs=3
    )


def test_no_way_is_none() -> None:
    net = net_of(((0, 0), (500, 0)), ((0, 900), (500, 900)))
    assert route(net, degrees((10, 0)), degrees((10, 900)), "car", 1.0) is None
    assert route(net, degrees((10, 0)), degrees((9000, 9000)), "car", 1.0) is None
