"""How large a circle is stated for an area."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from geo import pack
from geo.geocoder import Geocoder, for_pack
from geo.geocoder.extent import LARGE_M, extent, stated_m, street_points
from geo.geocoder.gazetteer import build

METRE = 1 / 111_320
CENTRE = (99.156, 3.328)


def box(wide_m: float, high_m: float) -> shapely.Polygon:
    x, y = CENTRE
    w, h = wide_m / 2 * METRE, high_m / 2 * METRE
    return shapely.box(x - w, y - h, x + w, y + h)


def test_a_small_area_is_held_but_for_its_last_corners() -> None:
    held = extent(box(1_000, 1_000), CENTRE, np.empty((0, 2)))
    assert (held.lon, held.lat) == CENTRE
    assert 600 < held.radius_m < 760  # the corner is 707 m away, and 50 m beyond the line


def test_one_kilometre_where_that_holds_nearly_all_and_everything_beyond() -> None:
    assert extent(box(1_700, 1_700), CENTRE, np.empty((0, 2))).radius_m == LARGE_M
    large = extent(box(4_000, 4_000), CENTRE, np.empty((0, 2)))
    assert 2_300 < large.radius_m < 2_900


def test_the_centre_goes_where_the_streets_are() -> None:
    shape = box(4_000, 1_000)
    east = CENTRE[0] + 1_500 * METRE
    lines = [
        shapely.to_wkb(
            shapely.LineString([(east, CENTRE[1] + y * METRE), (east + 0.003, CENTRE[1])])
        )
        for y in range(-400, 401, 100)
    ]
    streets = street_points([*lines, None])
    assert len(streets) > 50
    held = extent(shape, CENTRE, streets)
    assert held.lon > CENTRE[0] + 500 * METRE
    assert shape.contains(shapely.Point(held.lon, held.lat))


@pytest.mark.parametrize(
    ("reach_m", "stated"),
    [(100, 250), (900, 1_000), (1_050, 1_000), (1_100, 1_250), (2_000, 2_150)],
)
def test_a_street_is_stated_whole_or_as_one_kilometre(reach_m: float, stated: float) -> None:
    assert stated_m(reach_m, 150) == stated


def test_a_kelurahan_called_like_a_kecamatan_is_stated_for_both() -> None:
    base = for_pack("tebing_tinggi").gazetteer
    areas = [
        replace(area, name="Bajenis") if area.name == "Pelita" else area
        for area in base.areas.values()
    ]
    drawn = base.map.shapes.values()
    made = build(pack.load("tebing_tinggi"), areas, base.places.values(), drawn)
    geocoder = Geocoder(made)
    either = geocoder.locate("banjir di bajenis").candidates[0]
    called = geocoder.locate("banjir di kel bajenis").candidates[0]
    assert either.kelurahan_codes == called.kelurahan_codes
    assert either.uncertainty_m > 1.5 * called.uncertainty_m
    assert "kecamatan" in either.reason
    beside = geocoder.locate("banjir di bulian, bajenis")
    assert [made.areas[code].name for code in beside.kelurahan_codes] == ["Bulian"]
