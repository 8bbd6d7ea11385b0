"""What the example colleague does at the desk, and what is left to the visitor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from siponcega.demo.api import Api
from siponcega.demo.colleague import Colleague, unmet

ME, VISITOR = 9, 1


def ago(seconds: float) -> str:
    return (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat()


class Desk:
    """One incident, one report, and what was asked for."""

    def __init__(self) -> None:
        self.incident: dict[str, Any] = {
            "id": 5, "state": "open", "taken_by": None, "opened_at": ago(100),
            "needs": [{"capability": "ambulance", "count": 1, "waived": False}],
        }  # fmt: skip
        self.jobs: list[dict[str, Any]] = []
        self.reports: list[dict[str, Any]] = []
        self.asked: list[str] = []

    async def sign_in(self, login: str) -> None:
        assert login == "rekan"

    async def get(self, path: str) -> dict[str, Any]:
        if path.endswith("/me"):
            return {"account_id": ME}
        if path.endswith("/assignments"):
            return {"assignments": self.jobs}
        if "/incidents?" in path:
            return {"incidents": [self.incident]}
        return {"reports": self.reports}

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(path.removeprefix("/api/v1"))
        return {}


def job(state: str, *, auto: bool = True, ended_s: float | None = None) -> dict[str, Any]:
    return {
        "capability": "ambulance", "state": state, "auto": auto,
        "ended_at": None if ended_s is None else ago(ended_s),
    }  # fmt: skip


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def colleague(desk: Desk) -> Colleague:
    made = Colleague(cast(Api, desk))
    await made.begin()
    return made


async def test_what_nobody_took_is_taken_and_confirmed(desk: Desk, colleague: Colleague) -> None:
    desk.jobs = [job("offered")]
    await colleague.look()
    assert desk.asked == ["/incidents/5/take", "/incidents/5/verify"]


async def test_a_fresh_one_is_the_visitors_first(desk: Desk, colleague: Colleague) -> None:
    desk.incident["opened_at"] = ago(20)
    await colleague.look()
    assert desk.asked == []


async def test_what_a_person_took_or_sent_is_theirs(desk: Desk, colleague: Colleague) -> None:
    desk.jobs = [job("cleared", auto=False, ended_s=900)]
    await colleague.look()
    desk.incident["taken_by"] = VISITOR
    desk.jobs = [job("cleared", ended_s=900)]
    await colleague.look()
    assert desk.asked == []


async def test_it_closes_when_everybody_has_finished(desk: Desk, colleague: Colleague) -> None:
    desk.incident["taken_by"] = ME
    desk.jobs = [job("cleared", ended_s=10)]
    await colleague.look()
    assert desk.asked == [], "not in the same moment"
    desk.jobs = [job("declined", ended_s=300), job("cleared", ended_s=90)]
    await colleague.look()
    assert desk.asked == ["/incidents/5/close"]


async def test_it_sends_again_where_somebody_is_missing(desk: Desk, colleague: Colleague) -> None:
    desk.incident |= {"taken_by": ME, "opened_at": ago(200)}
    desk.jobs = [job("expired", ended_s=100)]
    await colleague.look()
    await colleague.look()
    assert desk.asked == ["/incidents/5/assignments"], "and not at every look"


def test_a_need_is_met_by_who_is_there_or_was() -> None:
    needs = [{"capability": "ambulance", "count": 2, "waived": False}]
    assert unmet(needs, [job("cleared"), job("declined")])
    assert not unmet(needs, [job("cleared"), job("en_route")])
    assert not unmet([{**needs[0], "waived": True}], [])


async def test_old_noise_is_filed_and_grave_things_never(desk: Desk, colleague: Colleague) -> None:
    desk.incident["taken_by"] = VISITOR
    kinds = (
        ("prank", 600, False), ("prank", 30, False), ("emergency", 9_000, False),
        ("silent", 9_000, False), ("unclear", 9_000, True),
    )  # fmt: skip
    desk.reports = [
        {
            "id": n,
            "class": class_,
            "created_at": ago(age),
            "silent": silent,
            "asks_incident_id": None,
        }
        for n, (class_, age, silent) in enumerate(kinds)
    ]
    await colleague.look()
    assert desk.asked == ["/reports/0/screen"]


async def test_a_report_that_asks_becomes_a_new_incident(desk: Desk, colleague: Colleague) -> None:
    desk.incident["taken_by"] = VISITOR
    desk.reports = [
        {
            "id": n, "class": "emergency", "created_at": ago(age), "silent": False,
            "asks_incident_id": 3,
        }
        for n, age in enumerate((30, 120))
    ]  # fmt: skip
    await colleague.look()
    assert desk.asked == ["/reports/1/open"]
