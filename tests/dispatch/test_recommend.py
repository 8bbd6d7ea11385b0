"""Who should go and why, without a database."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dispatch.recommend import SHOWN, STALE_S, Candidate, Line, as_json, recommend
from geo.eta import Eta


def engine(number: int, **more: object) -> Candidate:
    values: dict[str, object] = {
        "unit_id": number,
        "code": f"U{number}",
        "agency": "DAMKAR",
        "capabilities": frozenset({"fire_engine"}),
        "state": "available",
        "position_source": "gps",
        "position_age_s": 5.0,
        **more,
    }
    return Candidate(**values)  # type: ignore[arg-type]


def times(**seconds: int) -> dict[int, Eta]:
    return {int(k[1:]): Eta(int(k[1:]), s, s * 10, "distance") for k, s in seconds.items()}


def test_the_nearest_in_time_first_and_as_many_as_are_missing() -> None:
    (line,) = recommend(
        [Line("fire_engine", 3, 1)],
        [engine(1), engine(2), engine(3)],
        times(u1=300, u2=100, u3=200),
    )
    assert [u.unit_id for u in line.units] == [2, 3, 1]
    assert [u.recommended for u in line.units] == [True, True, False]
    assert (line.wanted, line.assigned, line.missing, line.shortfall) == (3, 1, 2, 0)
    assert line.units[0].reasons == ("nearest", "basis:distance")
    assert line.units[1].reasons == ("rank:2", "basis:distance")


def test_everybody_left_out_is_named_with_the_reason() -> None:
    (line,) = recommend(
        [Line("fire_engine", 1, 0)],
        [
            engine(1, state="off_duty"),
            engine(2, state="out_of_service", out_reason="fuel"),
            engine(3, busy_on="K12"),
            engine(4),
            engine(5),
            engine(6, capabilities=frozenset({"boat"})),
        ],
        times(u1=1, u2=1, u3=1, u4=1, u6=1),
        declined={4},
    )
    assert [(o.code, o.reason, o.detail) for o in line.left_out] == [
        ("U1", "off_duty", None),
        ("U2", "out_of_service", "fuel"),
        ("U3", "busy", "K12"),
        ("U4", "declined", None),
        ("U5", "no_position", None),
    ]
    assert line.units == () and line.shortfall == 1


def test_a_unit_is_recommended_for_one_need_only() -> None:
    both = engine(1, capabilities=frozenset({"fire_engine", "rescue"}))
    first, second = recommend(
        [Line("fire_engine", 1, 0), Line("rescue", 1, 0)], [both], times(u1=60)
    )
    assert first.units[0].recommended and second.units == () and second.shortfall == 1


def test_a_guessed_or_old_position_is_said() -> None:
    (line,) = recommend(
        [Line("fire_engine", 2, 0)],
        [engine(1, position_source="home"), engine(2, position_age_s=STALE_S + 1)],
        times(u1=60, u2=61),
    )
    assert line.units[0].reasons[-1] == "position:estimated"
    assert line.units[1].reasons[-1] == "position:stale"


def test_more_on_the_way_than_wanted_asks_for_nobody() -> None:
    (line,) = recommend([Line("fire_engine", 1, 3)], [engine(1)], times(u1=60))
    assert (line.missing, line.shortfall) == (0, 0) and not line.units[0].recommended


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=4),
    st.lists(
        st.tuples(
            st.frozensets(st.sampled_from("abcd"), min_size=1),
            st.sampled_from(["available", "off_duty"]),
            st.integers(1, 9),
        ),
        max_size=12,
    ),
)
def test_nothing_is_invented_and_every_gap_is_said(
    wanted: list[int], fleet: list[tuple[frozenset[str], str, int]]
) -> None:
    lines = [Line("abcd"[n], count, 0) for n, count in enumerate(wanted)]
    units = [engine(n, capabilities=c, state=s) for n, (c, s, _) in enumerate(fleet)]
    etas = {n: Eta(n, t, t, "distance") for n, (_, _, t) in enumerate(fleet)}
    rankings = recommend(lines, units, etas)
    given_away: list[int] = []
    for line, ranking in zip(lines, rankings, strict=True):
        chosen = [u.unit_id for u in ranking.units if u.recommended]
        assert len(ranking.units) <= SHOWN
        assert len(chosen) == min(line.count - ranking.shortfall, SHOWN)
        assert [u.eta_s for u in ranking.units] == sorted(u.eta_s for u in ranking.units)
        for unit_id in chosen:
            assert line.capability in fleet[unit_id][0] and fleet[unit_id][1] == "available"
        given_away += chosen
    assert len(set(given_away)) == len(given_away)
    assert len(as_json(rankings)) == len(lines)
