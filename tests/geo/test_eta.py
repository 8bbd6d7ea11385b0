"""Times by distance: the arithmetic, and the same in SQL."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.db import Database
from geo.eta import DETOUR, SPEEDS_KMH, TURNOUT_S, DistanceEta, Eta, Origin, current, eta_sql, use


def test_a_kilometre_by_engine() -> None:
    lon = 99.15 + 1000 / 111_195 / 0.998_334  # 1 km east at 3.3083° N
    found = DistanceEta().to_scene(99.15, 3.3083, [Origin(7, lon, 3.3083, "engine")])
    assert found == [Eta(7, round(TURNOUT_S + 1400 / (28 / 3.6)), 1400, "distance")]


def test_order_of_the_answer_is_the_order_asked() -> None:
    origins = [Origin(n, 99.1 + n / 100, 3.3, "car") for n in (5, 1, 3)]
    assert [eta.unit_id for eta in DistanceEta().to_scene(99.1, 3.3, origins)] == [5, 1, 3]
    assert DistanceEta().to_scene(99.1, 3.3, []) == []


@given(st.floats(-180, 180), st.floats(-90, 90), st.text(max_size=8))
def test_any_origin_has_a_time(lon: float, lat: float, kind: str) -> None:
    found = DistanceEta().to_scene(99.15, 3.33, [Origin(1, lon, lat, kind)])[0]
    assert found.eta_s >= TURNOUT_S and found.distance_m >= 0


async def test_sql_gives_the_same(db: Database) -> None:
    kinds = [*SPEEDS_KMH, "ufo"]
    async with db.read() as tx:
        for kind in kinds:
            expression = eta_sql("$1::float8", "$2::text")
            by_sql = await tx.fetchval(f"SELECT {expression}", 2_000.0, kind)
            degrees = 2_000 / 111_195
            origin = Origin(1, 99.0, degrees, kind)
            by_python = DistanceEta().to_scene(99.0, 0.0, [origin])[0]
            assert abs(by_sql - by_python.eta_s) <= 1, kind
            assert abs(by_python.distance_m - DETOUR * 2_000) <= 1


def test_another_source_can_be_put_in_force() -> None:
    before = current()
    other = DistanceEta()
    try:
        use(other)
        assert current() is other
    finally:
        use(before)
