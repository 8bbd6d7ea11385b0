"""Example crews on the simulated handsets: they take a job by one digit, set out, arrive, finish.

Driven by what the system shows (GET /units), not by a memory of their own, so that a restart, an
operator's word or a visitor's thumb in between changes nothing. A crew whose handset a person has
used is left to that person until its job ends; DMK1 and AMB1 are always left to the visitor.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from siponcega.demo import shift
from siponcega.demo.api import Api
from siponcega.demo.pace import Pace
from siponcega.demo.spots import City

HANDS_OFF = frozenset({"DMK1", "AMB1"})
"""Units of the log-ins dmk1 and amb1: the visitor's."""

PLAYED = frozenset(row.code for row in shift.UNITS) - HANDS_OFF

DECLINES, SILENT = 0.07, 0.08
SCENE_S = {"ambulance": (360, 900), "engine": (600, 1500), "car": (400, 1200)}
OTHER_SCENE_S = (400, 1000)
TRAVEL_S = (120, 420)
HOMEWARD_S = 300.0


@dataclass(slots=True)
class Job:
    """What a crew will do next: send `digit` at `due` unless the state has changed by then."""

    assignment_id: int
    state: str
    digit: str | None
    began: float
    due: float


@dataclass(slots=True)
class Drive:
    """A unit between two points, (lon, lat), in the time from `began` to `ends`."""

    start: tuple[float, float]
    goal: tuple[float, float]
    began: float
    ends: float

    def at(self, now: float) -> tuple[float, float]:
        if now >= self.ends:
            return self.goal
        share = (now - self.began) / (self.ends - self.began)
        return (
            self.start[0] + (self.goal[0] - self.start[0]) * share,
            self.start[1] + (self.goal[1] - self.start[1]) * share,
        )


@dataclass(slots=True)
class Crews:
    """`look` every second or two; it never waits for a crew."""

    api: Api
    city: City
    rng: random.Random
    pace: Pace
    counted: Counter[str]
    _phones: dict[str, str] = field(default_factory=dict)
    _jobs: dict[str, Job] = field(default_factory=dict)
    _drives: dict[str, Drive] = field(default_factory=dict)
    _by_hand: set[str] = field(default_factory=set)
    _sent: set[tuple[str, str]] = field(default_factory=set)
    _seen_to: int = 0

    async def begin(self) -> None:
        """Learn the crews' numbers; what was said on the handsets before does not count."""
        said = await self.api.get("/api/v1/simulator/handsets") or {"handsets": []}
        for handset in said["handsets"]:
            if handset["unit"] in PLAYED and handset["example"]:
                self._phones.setdefault(handset["unit"], handset["number"])
        while page := await self._messages():
            self._seen_to = page[-1]["id"]

    async def look(self) -> None:
        """Notice what changed, do what is due, move who is driving."""
        await self._notice_people()
        now = time.monotonic()
        answer = await self.api.get("/api/v1/units")
        for unit in (answer or {}).get("units", ()):
            if unit["code"] in self._phones:
                await self._unit(unit, now)

    async def _unit(self, unit: dict[str, Any], now: float) -> None:
        code, job_id, state = unit["code"], unit["assignment_id"], unit["assignment_state"]
        job = self._jobs.get(code)
        if job_id is None:
            if job is not None:
                del self._jobs[code]
                self._by_hand.discard(code)
                self._drive(unit, home_of(self.city, code), self.pace.work(HOMEWARD_S), now)
        elif job is None or (job.assignment_id, job.state) != (job_id, state):
            self._jobs[code] = job = await self._plan(unit, now)
        if job_id is not None and job is not None and job.digit and now >= job.due:
            digit, job.digit = job.digit, None
            if code not in self._by_hand:
                await self._press(unit, digit)
        await self._move(unit, now)

    async def _plan(self, unit: dict[str, Any], now: float) -> Job:
        """The next step of a job in this state, and when."""
        rng, pace, state = self.rng, self.pace, unit["assignment_state"]
        digit: str | None = None
        wait = 0.0
        if state == "offered":
            draw = rng.random()
            digit = None if draw < SILENT else "2" if draw < SILENT + DECLINES else "1"
            wait = pace.reaction(rng, 5, 20)
        elif state == "accepted":
            digit, wait = "3", pace.reaction(rng, 15, 50)
        elif state == "en_route":
            goal, eta_s = await self._scene(unit)
            digit, wait = "4", pace.work(eta_s or rng.uniform(*TRAVEL_S))
            if goal is not None:
                self._drive(unit, goal, wait, now)
        elif state in {"on_scene", "transporting", "at_facility"}:
            digit, wait = "5", pace.work(rng.uniform(*SCENE_S.get(unit["kind"], OTHER_SCENE_S)))
        return Job(unit["assignment_id"], state, digit, now, now + wait)

    async def _press(self, unit: dict[str, Any], digit: str) -> None:
        """The crew sends its digit, with the code of the job as the SMS asks when there are two."""
        page = await self.api.get(f"/api/v1/incidents/{unit['incident_id']}/assignments")
        rows = (page or {}).get("assignments", ())
        code = next((a["code"] for a in rows if a["id"] == unit["assignment_id"]), None)
        if code is None:
            return
        number, text = self._phones[unit["code"]], f"{digit} {code}"
        self._sent.add((number, text))
        self.counted[digit] += 1
        await self.api.sms(number, text)

    async def _scene(self, unit: dict[str, Any]) -> tuple[tuple[float, float] | None, float | None]:
        """Where the job is and how long the system expects the way to take."""
        page = await self.api.get(f"/api/v1/incidents/{unit['incident_id']}")
        if page is None:
            return None, None
        mine = [a for a in page["assignments"] if a["id"] == unit["assignment_id"]]
        eta_s = mine[0]["eta_s"] if mine else None
        goal = (page["lon"], page["lat"]) if page["lon"] is not None else None
        return goal, eta_s

    def _drive(
        self, unit: dict[str, Any], goal: tuple[float, float], takes_s: float, now: float
    ) -> None:
        if unit["lon"] is not None:
            start = (unit["lon"], unit["lat"])
            self._drives[unit["code"]] = Drive(start, goal, now, now + takes_s)

    async def _move(self, unit: dict[str, Any], now: float) -> None:
        drive = self._drives.get(unit["code"])
        if drive is None:
            return
        if now >= drive.ends:
            del self._drives[unit["code"]]
        lon, lat = drive.at(now)
        fix = {"lon": lon, "lat": lat, "at": datetime.now(UTC).isoformat(), "accuracy_m": 10}
        await self.api.post(f"/api/v1/units/{unit['id']}/positions", {"positions": [fix]})

    async def _messages(self) -> list[dict[str, Any]]:
        page = await self.api.get(f"/api/v1/simulator/messages?after={self._seen_to}")
        return list((page or {}).get("messages", ()))

    async def _notice_people(self) -> None:
        """A handset that says something we have not sent is in a person's hand."""
        units = {number: unit for unit, number in self._phones.items()}
        for message in await self._messages():
            self._seen_to = message["id"]
            unit = units.get(message["number"])
            if message["direction"] != "from_handset" or unit is None:
                continue
            said = (message["number"], message["text"])
            if said in self._sent:
                self._sent.discard(said)
            else:
                self._by_hand.add(unit)


def home_of(city: City, unit_code: str) -> tuple[float, float]:
    """(lon, lat) of the unit's example station: the centre of its kelurahan."""
    station = next(row.station for row in shift.UNITS if row.code == unit_code)
    kelurahan = next(row[3] for row in shift.STATIONS if row[0] == station)
    return city.centre(kelurahan)
