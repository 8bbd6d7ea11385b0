"""Every point on earth has an answer, and memory and database give the same one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from core.db import Database
from geo import seed
from geo.areas import METRES_PER_DEGREE, AreaMap, Shape, areas_at
from geo.geocoder import for_pack

EAST = 100.0


def two_squares(*, approximate: bool) -> AreaMap:
    """West and east of the meridian 100°, each 0.1° wide."""
    return AreaMap(
        [
            Shape("W", "K", box(EAST - 0.1, 0, EAST, 0.1), approximate),
            Shape("E", "K", box(EAST, 0, EAST + 0.1, 0.1), approximate),
        ]
    )


def metres_east(metres: float) -> float:
    return EAST + metres / METRES_PER_DEGREE


def test_near_an_official_edge_within_25_m() -> None:
    known = two_squares(approximate=False)
    assert known.at(metres_east(20), 0.05).codes == ("E", "W")
    assert known.at(metres_east(30), 0.05).codes == ("E",)
    assert not known.at(metres_east(20), 0.05).approximate


def test_near_a_guessed_edge_within_150_m() -> None:
    known = two_squares(approximate=True)
    at = known.at(metres_east(140), 0.05)
    assert (at.codes, at.approximate) == (("E", "W"), True)
    assert known.at(metres_east(160), 0.05).codes == ("E",)


def test_outside_is_recognised_and_a_step_over_the_line_is_not_outside() -> None:
    known = two_squares(approximate=False)
    edge = EAST + 0.1
    assert known.at(edge + 20 / METRES_PER_DEGREE, 0.05).inside
    away = known.at(edge + 30 / METRES_PER_DEGREE, 0.05)
    assert (away.inside, away.codes, away.kecamatan_code) == (False, (), None)


def test_a_rough_point_reaches_farther() -> None:
    known = two_squares(approximate=False)
    off = EAST + 0.1 + 300 / METRES_PER_DEGREE
    assert not known.at(off, 0.05).inside
    assert known.at(off, 0.05, within_m=400).codes == ("E",)


@settings(max_examples=300, deadline=None)
@given(st.floats(-180, 180), st.floats(-90, 90))
def test_any_point_on_earth_answers(lon: float, lat: float) -> None:
    at = for_pack("tebing_tinggi").gazetteer.map.at(lon, lat)
    assert at.inside == (at.kelurahan_code is not None)


async def test_memory_and_database_agree(db: Database) -> None:
    known = for_pack("tebing_tinggi").gazetteer.map
    async with db.tx() as tx:
        await seed.seed(tx, "tebing_tinggi")
        for step in range(60):
            lon, lat = 99.105 + 0.0017 * step, 3.26 + 0.0021 * ((step * 37) % 60)
            assert await areas_at(tx, lon, lat) == known.at(lon, lat), (lon, lat)
        assert not (await areas_at(tx, 180, 90)).inside
