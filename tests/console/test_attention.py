"""What nobody may overlook, and when a need counts as met."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.board import attention


def need(capability: str, wanted: int, **more: Any) -> dict[str, Any]:
    return {"id": 1, "capability": capability, "wanted": wanted, "met": 0, "waived": False, **more}


def unit(capability: str, state: str) -> dict[str, Any]:
    return {"capability": capability, "state": state}


def incident(**more: Any) -> dict[str, Any]:
    row = {"id": 7, "state": "open", "needs": [], "assignments": [], "handovers": []}
    return {**row, "exhausted_at": None, **more}


def test_a_unit_that_declined_or_broke_down_covers_nothing() -> None:
    needs = [need("ambulance", 2)]
    states = ("offered", "declined", "expired", "aborted", "recalled", "planned")
    assert attention.met(needs, [unit("ambulance", state) for state in states]) == [1]


def test_work_that_is_done_stays_done() -> None:
    assert attention.met([need("ambulance", 1)], [unit("ambulance", "cleared")]) == [1]


def test_a_unit_counts_once_over_the_alarm_levels() -> None:
    needs = [need("boat", 1), need("boat", 2)]
    assert attention.met(needs, [unit("boat", "en_route")] * 2) == [1, 1]


@given(
    wanted=st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 4)), max_size=5),
    live=st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["offered", "declined"]))),
)
def test_never_more_met_than_wanted_nor_than_there_are(
    wanted: list[tuple[str, int]], live: list[tuple[str, str]]
) -> None:
    needs = [need(capability, count) for capability, count in wanted]
    met = attention.met(needs, [unit(*one) for one in live])
    for (_, count), covered in zip(wanted, met, strict=True):
        assert 0 <= covered <= count
    for capability in "ab":
        there = sum(1 for one in live if one == (capability, "offered"))
        asked = sum(count for name, count in wanted if name == capability)
        covered = sum(m for (name, _), m in zip(wanted, met, strict=True) if name == capability)
        assert covered == min(there, asked)


def test_an_unmet_need_stands_until_it_is_met_or_waived() -> None:
    short = incident(needs=[need("boat", 2, met=1)])
    (entry,) = attention.of_incident(short)
    assert (entry["kind"], entry["missing"], entry["incident_id"]) == ("need", 1, 7)
    assert attention.of_incident(incident(needs=[need("boat", 2, met=2)])) == []
    assert attention.of_incident(incident(needs=[need("boat", 2, waived=True)])) == []


def test_an_exhausted_ladder_stands_until_a_unit_is_under_way() -> None:
    tired = incident(exhausted_at="2026-01-01", assignments=[unit("boat", "offered")])
    assert [entry["kind"] for entry in attention.of_incident(tired)] == ["exhausted"]
    going = incident(exhausted_at="2026-01-01", assignments=[unit("boat", "accepted")])
    assert attention.of_incident(going) == []


def test_a_refused_hand_over_comes_back_to_the_sender() -> None:
    handovers = [{"id": 3, "state": "refused", "to": "Sergai"}, {"id": 4, "state": "offered"}]
    (entry,) = attention.of_incident(incident(handovers=handovers))
    assert (entry["kind"], entry["to"]) == ("handover", "Sergai")


def test_a_hand_over_that_came_to_nothing_stays_until_somebody_has_it() -> None:
    refused = {"id": 1, "to": "A", "state": "refused"}
    waiting = {"id": 2, "to": "B", "state": "offered"}
    found = attention.of_incident(incident(handovers=[refused, waiting]))
    assert [(a["kind"], a["to"]) for a in found] == [("handover", "A")]
    taken = {**waiting, "state": "accepted"}
    assert attention.of_incident(incident(handovers=[refused, taken])) == []


def test_a_hand_over_that_comes_to_nothing_after_one_was_accepted_is_seen() -> None:
    had = {"id": 2, "to": "B", "state": "accepted"}
    passed_on = {"id": 3, "to": "C", "state": "timed_out"}
    (entry,) = attention.of_incident(incident(handovers=[had, passed_on]))
    assert (entry["kind"], entry["to"]) == ("handover", "C")
