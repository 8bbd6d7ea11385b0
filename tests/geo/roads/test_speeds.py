"""A city's own figures over ours; figures that cannot be are refused."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from geo import pack
from geo.roads import speeds
from geo.roads.speeds import SPEEDS_KMH, RoadFacts


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance's own pack named `uji`."""
    folder = tmp_path / "cities" / "uji"
    folder.mkdir(parents=True)
    (folder / "city.json").write_text("{}")
    monkeypatch.setattr(pack, "home", lambda: tmp_path / "cities")
    return folder


def test_without_figures_of_its_own_ours_hold(city: Path) -> None:
    assert speeds.load("uji") == speeds.load("no_such_city") == RoadFacts()
    assert RoadFacts().speed_kmh("primary") == SPEEDS_KMH["primary"]
    assert RoadFacts().speed_kmh("a class of the future") == speeds.OTHER_KMH
    assert RoadFacts().width_m("path") < 1.8 < RoadFacts().width_m("residential")


def test_a_city_overrides_what_it_names(city: Path) -> None:
    (city / "roads.json").write_text(
        '{"speeds_kmh": {"primary": 33}, "widths_m": {"path": 2}, "weekday": ['
        + ",".join(["1.5"] * 24)
        + "]}"
    )
    facts = speeds.load("uji")
    assert facts.speed_kmh("primary") == 33 and facts.width_m("path") == 2
    assert facts.speed_kmh("secondary") == SPEEDS_KMH["secondary"]
    tuesday, saturday = (datetime(2026, 11, day, 8, tzinfo=UTC) for day in (24, 28))
    assert facts.factor(tuesday) == 1.5 and facts.factor(saturday) == speeds.WEEKEND[8]


@pytest.mark.parametrize(
    "text",
    [
        '{"weekday": [1, 1]}', '{"speeds_kmh": {"primary": 0}}', '{"widths_m": {"path": -1}}',
        '{"speed": {}}', '{"speeds_kmh": {"primary": "cepat"}}', '{"weekend": [' + "9," * 23 + "9]}",
    ],
)  # fmt: skip
def test_impossible_figures_are_named(city: Path, text: str) -> None:
    (city / "roads.json").write_text(text)
    with pytest.raises(msgspec.ValidationError):
        speeds.load("uji")
