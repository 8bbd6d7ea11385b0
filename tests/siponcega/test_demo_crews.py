"""What the robots of the crews do and leave alone, against a board that the test writes."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any, cast

import pytest

from geo import pack
from siponcega.demo import crews as robots
from siponcega.demo.api import Api
from siponcega.demo.crews import Crews
from siponcega.demo.pace import Pace
from siponcega.demo.shift import example_phone
from siponcega.demo.spots import City


class Board:
    """As much of the API as the crews see."""

    def __init__(self) -> None:
        self.units: dict[str, dict[str, Any]] = {}
        self.messages: list[dict[str, Any]] = []
        self.fixes: list[tuple[int, dict[str, Any]]] = []
        for number, code in enumerate(("DMK1", "DMK2", "AMB1", "AMB2"), 1):
            self.units[code] = {
                "id": number, "code": code, "kind": "engine", "lon": 99.15, "lat": 3.33,
                "assignment_id": None, "incident_id": None, "assignment_state": None,
            }  # fmt: skip

    def put(self, code: str, state: str | None) -> None:
        unit = self.units[code]
        unit["assignment_state"] = state
        unit["assignment_id"] = unit["incident_id"] = None if state is None else unit["id"] * 10

    def number(self, code: str) -> str:
        return example_phone(self.units[code]["id"])

    def pressed(self) -> list[tuple[str, str]]:
        return [
            (one["number"], one["text"])
            for one in self.messages
            if one["direction"] == "from_handset"
        ]

    async def get(self, path: str) -> dict[str, Any]:
        if path.startswith("/api/v1/simulator/handsets"):
            return {
                "handsets": [
                    {"unit": code, "number": self.number(code), "example": True}
                    for code in self.units
                ]
            }
        if path.startswith("/api/v1/simulator/messages"):
            after = int(path.rpartition("=")[2])
            return {"messages": [one for one in self.messages if one["id"] > after]}
        if path == "/api/v1/units":
            return {"units": list(self.units.values())}
        job = int(path.split("/")[4])
        page = {"assignments": [{"id": job, "code": f"A{job}", "eta_s": 60}]}
        return page | {"lon": 99.16, "lat": 3.34}

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        self.fixes.append((int(path.split("/")[4]), body["positions"][0]))
        return {}

    async def sms(self, number: str, text: str) -> dict[str, Any]:
        self.messages.append(
            {
                "id": len(self.messages) + 1, "number": number, "text": text,
                "direction": "from_handset",
            }
        )  # fmt: skip
        return {}


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.fixture
async def crews(board: Board, monkeypatch: pytest.MonkeyPatch) -> Crews:
    """Crews who say yes at once and take no time."""
    monkeypatch.setattr(robots, "SILENT", 0.0)
    monkeypatch.setattr(robots, "DECLINES", 0.0)
    monkeypatch.setattr("siponcega.demo.pace.LEAST_S", 0.0)
    made = Crews(
        cast(Api, board),
        City(pack.load("tebing_tinggi")),
        random.Random(1),
        Pace(1e9, 1e9),
        Counter(),
    )
    await made.begin()
    return made


async def seen(crews: Crews) -> None:
    """They notice a state at one look and are done with it at the next."""
    await crews.look()
    await crews.look()


async def test_a_job_is_taken_step_by_step_with_its_code(board: Board, crews: Crews) -> None:
    for state, digit in (
        ("offered", "1"), ("accepted", "3"), ("en_route", "4"), ("on_scene", "5"),
    ):  # fmt: skip
        board.put("DMK2", state)
        await seen(crews)
        assert board.pressed()[-1] == (board.number("DMK2"), f"{digit} A20")
    await seen(crews)
    assert len(board.pressed()) == 4, "each step is said once"


async def test_the_units_of_the_visitor_are_never_answered(board: Board, crews: Crews) -> None:
    for state in ("offered", "accepted", "en_route", "on_scene"):
        board.put("DMK1", state)
        board.put("AMB1", state)
        await seen(crews)
    assert board.pressed() == []
    assert board.fixes == []


async def test_a_handset_in_a_persons_hand_is_left_to_them(board: Board, crews: Crews) -> None:
    board.put("AMB2", "offered")
    await board.sms(board.number("AMB2"), "1")
    await seen(crews)
    board.put("AMB2", "accepted")
    await seen(crews)
    assert len(board.pressed()) == 1
    board.put("AMB2", None)
    await seen(crews)
    board.put("AMB2", "offered")
    await seen(crews)
    assert board.pressed()[-1] == (board.number("AMB2"), "1 A40"), "until the job is over"


async def test_some_decline_and_some_stay_silent(
    board: Board, crews: Crews, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(robots, "DECLINES", 1.0)
    board.put("DMK2", "offered")
    await seen(crews)
    assert board.pressed()[-1][1] == "2 A20"
    monkeypatch.setattr(robots, "SILENT", 1.0)
    board.put("AMB2", "offered")
    await seen(crews)
    assert len(board.pressed()) == 1


async def test_a_unit_under_way_moves_to_the_scene_and_home_again(
    board: Board, crews: Crews
) -> None:
    board.put("DMK2", "en_route")
    await seen(crews)
    assert board.fixes[-1][0] == board.units["DMK2"]["id"]
    board.put("DMK2", None)
    await seen(crews)
    lon, lat = robots.home_of(City(pack.load("tebing_tinggi")), "DMK2")
    assert (board.fixes[-1][1]["lon"], board.fixes[-1][1]["lat"]) == (lon, lat)
