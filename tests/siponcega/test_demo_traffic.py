"""Robots against the running system: a contact becomes a job that a crew takes and finishes."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from core.settings import Mode, Settings
from siponcega import up
from siponcega.demo import flood_night, traffic
from siponcega.demo.api import Api, NotADemo, opened
from siponcega.demo.crews import HANDS_OFF
from siponcega.demo.day import Due
from siponcega.demo.pace import Pace
from tests.fixtures.server import ROOT, Server, free_port

WITHIN_S = 20.0
QUICK = Pace(hands=50, field=10_000)


@pytest.fixture
async def desk(server: Server) -> AsyncIterator[Api]:
    """Signed in as the example colleague, to look with."""
    async with opened(server.settings) as api:
        await api.ready()
        await api.sign_in("rekan")
        yield api


async def until(look: Callable[[], Awaitable[Any]]) -> Any:
    async with asyncio.timeout(WITHIN_S):
        while not (found := await look()):  # noqa: ASYNC110 - over HTTP there is no event
            await asyncio.sleep(0.1)
        return found


@pytest.fixture
def obliging(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("siponcega.demo.crews.SILENT", 0.0)
    monkeypatch.setattr("siponcega.demo.crews.DECLINES", 0.0)
    monkeypatch.setattr("siponcega.demo.pace.LEAST_S", 0.1)
    monkeypatch.setattr(traffic, "CREWS_EVERY_S", 0.2)
    monkeypatch.setattr(traffic, "LAST_JOBS_S", WITHIN_S)


@pytest.mark.usefixtures("obliging")
async def test_a_real_contact_is_served_to_the_end(server: Server, desk: Api) -> None:
    units = (await desk.get("/api/v1/units") or {})["units"]
    for unit in units:
        if unit["code"] in HANDS_OFF:  # nobody would answer for these
            await desk.post(f"/api/v1/units/{unit['id']}/duty", {"state": "off_duty"})
    playing = asyncio.create_task(traffic.play(server.settings, [Due(0.0, True)], QUICK, seed=4))

    async def opened_one() -> dict[str, Any] | None:
        page = await desk.get("/api/v1/incidents") or {}
        return next(iter(page["incidents"]), None)

    incident = await until(opened_one)
    path = f"/api/v1/incidents/{incident['id']}/assignments"
    await desk.post(path, {})  # not waiting for the seconds that people have to object

    async def finished() -> bool:
        page = await desk.get(path) or {}
        return any(job["state"] == "cleared" for job in page["assignments"])

    await until(finished)
    counted = await playing
    assert counted["real"] == counted["contacts"] >= 1
    assert counted["1"] >= 1
    assert counted["5"] >= 1


async def test_a_flood_is_kept_to_the_last_contact(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flood_night, "STEADY_S", 1.0)
    monkeypatch.setattr(flood_night, "LOOK_EVERY_S", 0.5)
    said: list[str] = []
    found = await flood_night.play(server.settings, 0.05, 40, 2, said.append)
    assert found.contacts == found.sent >= 38
    assert found.incidents >= 5
    assert found.joined >= 3
    assert found.waiting >= 4, "questions and warnings stand in the queue"
    assert said


async def test_where_nothing_answers_it_says_what_to_do(server: Server) -> None:
    elsewhere = server.settings.model_copy(update={"port": free_port()})
    async with opened(elsewhere) as api:
        with pytest.raises(NotADemo, match="siponcega up"):
            await api.ready(0.0)


async def test_production_is_left_alone(settings: Settings) -> None:
    real = settings.model_copy(update={"mode": Mode.production})
    with pytest.raises(NotADemo, match="production"):
        async with opened(real):
            pass


@pytest.mark.parametrize(
    ("mode", "wanted", "plays"),
    [(Mode.demo, True, True), (Mode.demo, False, False), (Mode.production, True, False)],
)
def test_robots_join_a_demo_and_never_a_real_instance(
    settings: Settings, mode: Mode, wanted: bool, plays: bool
) -> None:
    asked = settings.model_copy(update={"mode": mode, "demo_traffic": wanted})
    assert up.plays_traffic(asked) is plays


def test_the_command_ends_at_sigterm_and_counts(server: Server) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "siponcega", "demo", "traffic", "--gentle", "--json",
         "--port", str(server.settings.port)],
        cwd=ROOT,
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith("SIPONCEGA_")},
            "SIPONCEGA_HOME": str(server.settings.home),
        },
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    lock = Path(server.settings.home) / "demo-crews.lock"
    lock.unlink(missing_ok=True)
    waited = 0.0
    while not lock.exists() and waited < WITHIN_S:
        assert process.poll() is None
        waited += 0.1
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
    process.terminate()
    out, _ = process.communicate(timeout=WITHIN_S)
    assert process.returncode == 0
    assert isinstance(json.loads(out), dict)
