"""Locks of a neighbourhood: whoever may be a twin meets, and nobody deadlocks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dispatch.linking import METRES_PER_DEGREE, TWINS, lock_keys, rule_for

LON = st.floats(-179.9, 179.9)
LAT = st.floats(-89.9, 89.9)
SHIFT = st.floats(-1.0, 1.0)


@given(st.sampled_from(sorted(TWINS)), LON, LAT, SHIFT, SHIFT)
def test_two_reports_within_the_radius_share_a_lock(
    type_: str, lon: float, lat: float, east: float, north: float
) -> None:
    reach = rule_for(type_).radius_m / METRES_PER_DEGREE
    # Within the circle, as the statement measures it: in degrees.
    scale = 0.999 / max(1.0, (east**2 + north**2) ** 0.5)
    near = lock_keys(type_, lon + east * scale * reach, lat + north * scale * reach,
                     rule_for(type_).radius_m)  # fmt: skip
    assert set(lock_keys(type_, lon, lat, rule_for(type_).radius_m)) & set(near)


@given(st.sampled_from(sorted(TWINS)), LON, LAT)
def test_locks_are_few_ascending_and_fit_a_bigint(type_: str, lon: float, lat: float) -> None:
    keys = lock_keys(type_, lon, lat, rule_for(type_).radius_m)
    assert 1 <= len(keys) <= 4
    assert keys == sorted(set(keys))
    assert all(0 < key < 2**63 for key in keys)


def test_kinds_do_not_wait_for_each_other() -> None:
    seen: set[int] = set()
    for type_ in TWINS:
        keys = set(lock_keys(type_, 99.156, 3.328, 100))
        assert not keys & seen
        seen |= keys
