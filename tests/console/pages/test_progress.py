"""What a reporter is told: never more done than is done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.pages.progress import CHAIN, REACHED, eta_range, progress

T0 = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return T0 + timedelta(minutes=minutes)


def report(**values: Any) -> dict[str, Any]:
    return {
        "code": "L7K3QF2", "handling": "linked", "class": "emergency", "type": "fire",
        "silent": False, "place": "located", "has_phone": True, "created_at": T0,
        "incident_id": 1, "incident_state": "open", "incident_type": "fire", "hidden": False,
        "closed_at": None,
    } | values  # fmt: skip


def unit(state: str, **values: Any) -> dict[str, Any]:
    order = ("accepted", "en_route", "on_scene")
    reached = 3 if state == "cleared" else REACHED.get(state, 0)
    stamps = {f"{key}_at": at(n + 1) if n < reached else None for n, key in enumerate(order)}
    return {
        "state": state, "eta_s": 600, "unit_code": "DMK1", "unit_name": "Armada 1", **stamps,
    } | values  # fmt: skip


def done(shown: Any) -> list[str]:
    return [step.key for step in shown.steps if step.state == "done"]


@pytest.mark.parametrize(
    ("units", "status", "steps"),
    [
        ([], "received", 1),
        ([unit("reserved")], "received", 1),
        ([unit("offered")], "contacting", 1),
        ([unit("declined"), unit("offered")], "contacting", 1),
        ([unit("expired")], "received", 1),
        ([unit("accepted")], "assigned", 2),
        ([unit("en_route")], "en_route", 3),
        ([unit("on_scene")], "on_scene", 4),
        ([unit("transporting")], "on_scene", 4),
        ([unit("cleared")], "on_scene", 4),
        ([unit("offered"), unit("en_route")], "en_route", 3),
    ],
)
def test_steps_follow_the_furthest_unit(units: list[Any], status: str, steps: int) -> None:
    shown = progress(report(), units, at(9))
    assert shown.status == status
    assert done(shown) == list(CHAIN[:steps])
    assert [s.key for s in shown.steps if s.state == "now"] == [CHAIN[steps]]


def test_a_unit_that_falls_out_takes_its_steps_back() -> None:
    shown = progress(report(), [unit("aborted", en_route_at=at(2))], at(5))
    assert shown.status == "replacing"
    assert done(shown) == ["received"]
    assert "berhalangan" in shown.words
    assert shown.unit_label is None and shown.eta_min is None


def test_a_unit_recalled_before_it_left_is_no_loss_to_tell() -> None:
    assert progress(report(), [unit("recalled")], at(5)).status == "received"


def test_closed_is_said_only_when_people_closed_it() -> None:
    shown = progress(report(), [unit("cleared")], at(30))
    assert "closed" not in done(shown) and not shown.final
    shown = progress(report(incident_state="closed", closed_at=at(31)), [unit("cleared")], at(32))
    assert done(shown)[-1] == "closed" and shown.final
    assert shown.words == "Penanganan selesai. Bila keadaan memburuk lagi, telepon 112."


def test_closing_without_anyone_there_does_not_claim_that_somebody_came() -> None:
    shown = progress(report(incident_state="cancelled", closed_at=at(3)), [], at(4))
    assert [step.key for step in shown.steps] == ["received", "closed"]
    assert shown.words == "Laporan ditutup operator. Bila keadaan berubah, telepon 112."


def test_a_prank_is_never_called_one() -> None:
    for class_ in ("prank", "spam", "test", "ghost", "silent", "unclear"):
        shown = progress(
            report(handling="screened", incident_id=None, incident_state=None,
                   incident_type=None, **{"class": class_}), [], at(1),
        )  # fmt: skip
        assert shown.status == "received" and not shown.final


def test_a_screened_complaint_is_told_that_nobody_comes() -> None:
    shown = progress(
        report(handling="screened", incident_id=None, incident_state=None, incident_type=None,
               **{"class": "non_emergency"}), [], at(1),
    )  # fmt: skip
    assert shown.status == "reviewed" and "tidak dikirim" in shown.words


@pytest.mark.parametrize(
    "values", [{"silent": True}, {"hidden": True}, {"type": "domestic_violence"},
               {"incident_type": "domestic_violence"}],
)  # fmt: skip
def test_covert_reports_tell_an_onlooker_nothing(values: dict[str, Any]) -> None:
    calm = progress(report(**values), [], at(1))
    busy = progress(report(**values), [unit("en_route")], at(5))
    for shown in (calm, busy):
        assert shown.covert and shown.status == "received"
        assert shown.words == "Permintaan Anda sudah masuk."
        assert not shown.advice and shown.unit_label is None and shown.eta_min is None
    assert [(s.key, s.state, s.at) for s in calm.steps] == [
        (s.key, s.state, s.at) for s in busy.steps
    ]


def test_place_is_asked_for_only_while_it_is_unknown() -> None:
    lost = {"place": "unlocated", "incident_id": None, "incident_state": None, "handling": "new"}
    assert progress(report(**lost), [], at(1)).needs_place
    assert not progress(report(), [], at(1)).needs_place


def test_eta_is_a_range_of_a_unit_under_way_only() -> None:
    assert progress(report(), [unit("accepted")], at(2)).eta_min is None
    shown = progress(report(), [unit("en_route", en_route_at=at(2))], at(4))
    assert shown.eta_min == (6, 12)  # 480 s left: 0.8 and 1.5 of it
    late = progress(report(), [unit("en_route", en_route_at=at(2))], at(30))
    assert late.eta_min is None
    assert progress(report(), [unit("en_route", eta_s=None)], at(3)).eta_min is None


@settings(deadline=None)
@given(st.integers(1, 7200), st.integers(0, 7200))
def test_eta_low_is_positive_and_below_high(eta_s: int, gone_s: int) -> None:
    now = T0 + timedelta(seconds=gone_s)
    found = eta_range([unit("en_route", en_route_at=T0, eta_s=eta_s)], now)
    assert (found is None) == (gone_s >= eta_s)
    if found is not None:
        assert 1 <= found[0] < found[1]
