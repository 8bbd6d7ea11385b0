"""Guessed outlines: every centre in its own, no overlap, and what they are worth."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from shapely.geometry import Point, shape

from geo import pack, shapes


def centres() -> dict[str, tuple[float, float]]:
    facts = pack.load("tebing_tinggi").areas
    return {area.code: (area.lon, area.lat) for area in facts if area.level == "kelurahan"}


def test_each_holds_its_centre_and_none_overlap() -> None:
    known = centres()
    drawn = shapes.guess(known, pack.load("tebing_tinggi").city.bbox)
    assert set(drawn) == set(known)
    assert all(drawn[code].covers(Point(known[code])) for code in known)
    whole = shapes.joined(drawn)
    assert sum(part.area for part in drawn.values()) == pytest.approx(whole.area)


def test_two_centres_at_one_point_are_refused() -> None:
    with pytest.raises(ValueError, match="distinct"):
        shapes.guess({"a": (1.0, 1.0), "b": (1.0, 1.0)}, (0, 0, 2, 2))


def test_an_unknown_city_is_said_so() -> None:
    with pytest.raises(pack.UnknownCity, match="tebing_tinggi"):
        pack.load("../secret")


def test_about_three_of_four_points_fall_right(city_data: Path) -> None:
    known = centres()
    drawn = shapes.guess(known, pack.load("tebing_tinggi").city.bbox)
    official = json.loads((city_data / "tebing_tinggi_kelurahan.geojson").read_bytes())
    dice = random.Random(1)
    right = tried = 0
    for feature in official["features"]:
        truth = shape(feature["geometry"])
        west, south, east, north = truth.bounds
        for _ in range(int(truth.area * 1.5e6)):
            point = Point(dice.uniform(west, east), dice.uniform(south, north))
            if truth.covers(point):
                tried += 1
                right += drawn[feature["properties"]["kode"]].covers(point)
    assert tried > 1_000
    assert right / tried > 0.70
