"""What tags say, in numbers."""

from __future__ import annotations

import pytest

from geo.osm import kinds, tags


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, 0),
        ({"oneway": "yes"}, 1),
        ({"oneway": "-1"}, -1),
        ({"oneway": "no", "highway": "motorway"}, 0),
        ({"highway": "motorway"}, 1),
        ({"junction": "roundabout"}, 1),
        ({"oneway": "alternating"}, 0),
    ],
)
def test_oneway(said: dict[str, str], expected: int) -> None:
    assert tags.oneway(said) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("50", 50.0),
        ("30 mph", 48.28),
        ("40 km/h", 40.0),
        ("walk", None),
        ("0", None),
        ("9999", None),
    ],
)
def test_speed(written: str, expected: float | None) -> None:
    found = tags.speed_kmh({"maxspeed": written})
    assert found == (None if expected is None else pytest.approx(expected, abs=0.01))


def test_width_and_access() -> None:
    assert tags.width_m({"width": "3,5 m"}) == 3.5
    assert tags.width_m({"width": "12'"}) == pytest.approx(3.66, abs=0.01)
    assert tags.width_m({"width": "narrow"}) is None
    assert tags.access({"access": "private", "emergency": "yes"}) == "yes"
    assert tags.access({"highway": "service"}) is None


def test_kinds() -> None:
    assert kinds.kind({"amenity": "place_of_worship"}) == "worship"
    assert kinds.kind({"amenity": "bench"}) == ""
    assert kinds.kind({"building": "yes"}) == "building"
    assert kinds.water({"waterway": "river"}) == "river"
    assert kinds.water({"landuse": "reservoir"}) == "water"
    assert kinds.water({"waterway": "weir"}) == ""
