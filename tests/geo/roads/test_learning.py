"""Speeds learned from arrivals: known factors come back, few arrivals say nothing, a mad one nothing too."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.roads.arrivals import Arrival, lay
from geo.roads.graph import Graph
from geo.roads.hours import BANDS, band
from geo.roads.learning import MIN_N, Driven, learn
from geo.roads.net import Net
from geo.roads.road_eta import off_road_s
from geo.roads.route import find, route
from tests.geo.roads.nets import EVEN, degrees, town

ROADS = ("primary", "secondary", "residential")
FACTORS = st.floats(0.6, 2.2)


def driven(
    factors: dict[str, float], n: int, seed: int, name: str = "siang", noise: float = 0.1
) -> list[Driven]:
    """Arrivals of a band whose classes take so many times as long, give or take."""
    chance = np.random.default_rng(seed)
    trips = []
    for _ in range(n):
        reckoned = chance.dirichlet([0.7] * len(factors)) * chance.uniform(120, 700)
        took = float(reckoned @ list(factors.values())) * chance.lognormal(0, noise)
        trips.append(Driven(name, took, dict(zip(factors, reckoned.tolist(), strict=True))))
    return trips


def factor(trips: list[Driven], road: str, name: str = "siang") -> float | None:
    return next(row.factor for row in learn(trips) if (row.road, row.band) == (road, name))


@settings(max_examples=60, deadline=None)
@given(st.tuples(FACTORS, FACTORS, FACTORS), st.integers(0, 10_000))
def test_known_factors_come_back(true: tuple[float, float, float], seed: int) -> None:
    known = dict(zip(ROADS, true, strict=True))
    trips = driven(known, 400, seed)
    for road, wanted in known.items():
        assert factor(trips, road) == pytest.approx(wanted, rel=0.12)


@settings(max_examples=30, deadline=None)
@given(st.tuples(FACTORS, FACTORS), st.integers(0, 10_000))
def test_every_band_has_its_own(true: tuple[float, float], seed: int) -> None:
    day, night = ({"residential": f} for f in true)
    trips = driven(day, 100, seed, "siang") + driven(night, 100, seed + 1, "malam")
    assert factor(trips, "residential", "siang") == pytest.approx(true[0], rel=0.12)
    assert factor(trips, "residential", "malam") == pytest.approx(true[1], rel=0.12)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, MIN_N - 1), st.integers(0, 10_000))
def test_too_few_arrivals_propose_nothing(n: int, seed: int) -> None:
    assert all(
        row.factor is None and row.n < MIN_N for row in learn(driven({"primary": 2.0}, n, seed))
    )
    rare = [Driven("siang", 300.0, {"primary": 1.0, "tertiary": 299.0})] * n
    rows = {row.road: row for row in learn(driven({"tertiary": 1.0}, 100, seed) + rare)}
    assert rows["primary"].n == 0 and rows["primary"].factor is None  # touched, never told of
    assert rows["tertiary"].factor is not None


@settings(max_examples=60, deadline=None)
@given(st.floats(0.25, 4.0), st.sampled_from(ROADS), st.integers(0, 10_000))
def test_one_mad_arrival_moves_nothing(over: float, road: str, seed: int) -> None:
    known = dict(zip(ROADS, (1.6, 1.2, 0.9), strict=True))
    trips = driven(known, 200, seed)
    off = over if abs(over / known[road] - 1) > 0.6 else 4.0
    mad = Driven("siang", 500.0 * off, {road: 500.0})
    for each in ROADS:
        before, after = factor(trips, each), factor([*trips, mad], each)
        assert before is not None and after == pytest.approx(before, abs=0.021)


def test_a_few_arrivals_are_drawn_towards_what_was_reckoned() -> None:
    few, many = (driven({"primary": 2.0}, n, 3) for n in (MIN_N, 500))
    drawn, believed = factor(few, "primary"), factor(many, "primary")
    assert drawn is not None and believed is not None and 1.5 < drawn < believed < 2.05


def test_nothing_is_learned_from_nothing() -> None:
    assert learn([]) == [] and learn([Driven("siang", 100.0, {})]) == []


@pytest.mark.parametrize(
    ("hour", "name"), [(0, "malam"), (4, "malam"), (5, "pagi"), (9, "siang"), (21, "petang"), (23, "malam")]
)  # fmt: skip
def test_the_bands_cover_the_day(hour: int, name: str) -> None:
    assert band(datetime(2026, 11, 24, hour, 59, tzinfo=UTC)) == name
    assert set(BANDS) == {band(datetime(2026, 11, 24, h, tzinfo=UTC)) for h in range(24)}


def test_arrivals_on_a_town_teach_its_net_to_tell_their_times() -> None:
    true = {"residential": 1.7, "tertiary": 1.2, "service": 1.0, "path": 1.0}
    net = Net(Graph(town(4, 14)), EVEN)
    pick = random.Random(4)
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    arrivals = []
    while len(arrivals) < 400:
        a, b = (degrees((pick.uniform(0, 2300), pick.uniform(0, 2300))) for _ in "ab")
        way = find(net, a, b, "car")
        if way is None:
            continue
        table, layer = net.graph.table, net.layer("car")
        took = sum(
            layer.whole_ms(e, along=f <= t) * abs(t - f) / 1000 * true[table.roads[table.road[e]]]
            for e, f, t in way.pieces
            if f != t
        )
        took = took * pick.lognormvariate(0, 0.08) + off_road_s(way.here, way.there)
        arrivals.append(Arrival(a, b, "car", noon + timedelta(days=len(arrivals)), took))
    told, left_out = lay(net, arrivals)
    assert len(told) + sum(left_out.values()) == 400 and len(told) > 300
    assert set(left_out) <= {"too_short_or_long", "not_on_our_streets"}
    learned = {row.road: row.factor for row in learn(told) if row.factor is not None}
    assert learned["residential"] == pytest.approx(1.7, rel=0.06)
    assert learned["tertiary"] == pytest.approx(1.2, rel=0.1)
    taught = net.with_obstacles((), learned)
    errors = []
    for arrival in arrivals[:100]:
        way_now = route(taught, arrival.start, arrival.end, "car", 1.0)
        assert way_now is not None
        errors.append((way_now.eta_s - 60) / arrival.took_s)
    assert np.median(errors) == pytest.approx(1.0, abs=0.06)


def test_what_an_arrival_must_be() -> None:
    writer = town(4, 14)
    net = Net(Graph(writer), EVEN)
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    a, b = degrees((100, 100)), degrees((2000, 1900))
    fair = route(net, a, b, "car", 1.0)
    assert fair is not None
    far = degrees((9_000, 100))
    reasons = {
        "too_short_or_long": [
            Arrival(a, degrees((400, 100)), "car", noon, 120),
            Arrival(a, b, "car", noon, 30),
            Arrival(a, b, "car", noon, 4_000),
        ],
        "not_on_wheels": [Arrival(a, b, "boat", noon, 600), Arrival(a, b, "foot", noon, 600)],
        "not_on_our_streets": [Arrival(far, b, "car", noon, 600)],
        "odd": [
            Arrival(a, b, "car", noon, fair.drive_s * 5),
            Arrival(a, b, "car", noon, max(fair.drive_s / 5, 60)),
        ],
    }
    for reason, arrivals in reasons.items():
        told, left_out = lay(net, arrivals)
        assert (told, left_out) == ([], {reason: len(arrivals)})
    (told_one,), left_none = lay(net, [Arrival(a, b, "car", noon, fair.drive_s)])
    assert not left_none and told_one.band == "siang"
    assert sum(told_one.reckoned_s.values()) == pytest.approx(fair.drive_s, abs=1)
