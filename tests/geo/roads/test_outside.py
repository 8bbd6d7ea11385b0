"""Another routing server by URL: its times, what they are kept for, and every way in which it fails."""

from __future__ import annotations

import socket
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
from pydantic import ValidationError

from core.db import Database
from core.settings import Settings
from geo.eta import TURNOUT_S, Origin
from geo.roads import closures, outside
from geo.roads.live import Roads
from geo.roads.outside import Outside
from geo.roads.routers import KINDS
from geo.roads.vehicles import VEHICLES
from tests.fixtures.web import Served
from tests.geo.roads.conftest import WriteWays
from tests.geo.roads.nets import degrees, origin
from tests.geo.roads.router_server import FAULTS, RouterServer, router_server
from tests.geo.roads.test_road_eta import box

STREET = (1, 2, (0.0, 0.0), (1000.0, 0.0), {"name": "Jalan Uji"})
DETOUR = (
    (1, 3, (0.0, 0.0), (0.0, 400.0), {}),
    (3, 4, (0.0, 400.0), (1000.0, 400.0), {}),
    (4, 2, (1000.0, 400.0), (1000.0, 0.0), {}),
)
SCENE = degrees((800.0, 0.0))
TIMEOUT_S = 0.3


@pytest.fixture
async def server() -> AsyncIterator[RouterServer]:
    async with router_server() as made:
        yield made


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["osrm", "valhalla"])
async def asked(
    request: pytest.FixtureRequest, server: RouterServer, clock: Clock
) -> AsyncIterator[Outside]:
    made = Outside(KINDS[request.param], f"{server.url}/{request.param}/", TIMEOUT_S, clock=clock)
    yield made
    await made.close()


def settings_for(settings: Settings, url: str, kind: str = "osrm") -> Settings:
    return settings.model_copy(
        update={"router_url": url, "router_kind": kind, "router_timeout_ms": int(TIMEOUT_S * 1000)}
    )


async def test_osrm_tells_a_cars_time_and_each_class_its_pace(server: RouterServer) -> None:
    server.away_m = (50.0, 100.0)
    router = Outside(KINDS["osrm"], server.url + "/osrm", TIMEOUT_S)
    units = [origin(n, (n * 50.0, 0.0), name) for n, name in enumerate(VEHICLES)]
    await router.prepare(*SCENE, units)
    ((profile, starts),) = server.asked  # one question for all
    assert profile == "driving" and len(starts) == len(VEHICLES) - 2
    yard_and_foot_s = 50 / 15 * 3.6 + 100 / 5 * 3.6
    for unit in units:
        found = router.known(*SCENE, unit)
        if unit.vehicle_class in ("boat", "foot"):
            assert found is None
            continue
        assert found is not None and found.basis == "router" and found.distance_m == 1_150
        drive_s = 100 * VEHICLES[unit.vehicle_class].pace
        assert found.eta_s == round(TURNOUT_S + yard_and_foot_s + drive_s)
    await router.close()


async def test_valhalla_knows_kinds_of_vehicle_itself(server: RouterServer) -> None:
    router = Outside(KINDS["valhalla"], server.url + "/valhalla", TIMEOUT_S)
    units = [origin(n, (n * 50.0, 0.0), name) for n, name in enumerate(VEHICLES)]
    await router.prepare(*SCENE, units)
    kinds = {profile: len(starts) for profile, starts in server.asked}
    assert kinds == {"motorcycle": 1, "auto": 3, "truck": 2, "pedestrian": 1}
    for unit in units:
        found = router.known(*SCENE, unit)
        assert (found is None) == (unit.vehicle_class == "boat")
        assert found is None or (found.eta_s, found.distance_m) == (TURNOUT_S + 100, 1_000)
    await router.close()


async def test_each_start_gets_its_own_time(server: RouterServer, asked: Outside) -> None:
    server.way = lambda start: (
        None if start[0] < SCENE[0] - 0.006 else (round(start[0] * 1e4), 10.0)
    )
    near, nearer, nowhere = (origin(n, (x, 0.0)) for n, x in enumerate((300.0, 700.0, 0.0)))
    await asked.prepare(*SCENE, [near, nearer, nowhere])
    found = [asked.known(*SCENE, unit) for unit in (near, nearer, nowhere)]
    assert found[2] is None
    assert [f and f.eta_s for f in found[:2]] == [
        TURNOUT_S + round(unit.lon * 1e4) for unit in (near, nearer)
    ]


async def test_an_answer_is_kept_for_a_minute_and_for_the_same_place(
    server: RouterServer, asked: Outside, clock: Clock
) -> None:
    await asked.prepare(*SCENE, [origin(1, (0.0, 0.0))])
    await asked.prepare(*SCENE, [origin(2, (1.0, 1.0))])  # another unit at the same gate
    assert len(server.asked) == 1 and asked.known(*SCENE, origin(2, (1.0, 1.0)))
    await asked.prepare(*SCENE, [origin(1, (0.0, 0.0)), origin(1, (200.0, 0.0))])
    assert len(server.asked[1][1]) == 1  # only who moved
    clock.now += outside.KEPT_S
    assert asked.known(*SCENE, origin(1, (0.0, 0.0))) is None
    await asked.prepare(*SCENE, [origin(1, (0.0, 0.0))])
    assert len(server.asked) == 3


async def test_old_answers_are_forgotten(
    asked: Outside, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "REMEMBERED", 10)
    for east in range(0, 4_000, 100):
        clock.now += outside.KEPT_S / 4
        await asked.prepare(*SCENE, [origin(1, (float(east), 0.0))])
        assert len(asked._known) <= 12


@pytest.mark.parametrize("fault", ["slow", *FAULTS])
async def test_a_server_that_fails_is_waited_for_once_and_tried_again_later(
    server: RouterServer, asked: Outside, clock: Clock, fault: str
) -> None:
    server.fault = fault
    unit = origin(1, (0.0, 0.0))
    began = time.monotonic()
    await asked.prepare(*SCENE, [unit])
    assert time.monotonic() - began < TIMEOUT_S + 0.5
    assert len(server.asked) == 1 and asked.known(*SCENE, unit) is None
    await asked.prepare(*SCENE, [unit])  # it rests
    assert len(server.asked) == 1
    clock.now += outside.REST_S
    await asked.prepare(*SCENE, [unit])  # still broken: it rests longer
    clock.now += outside.REST_S
    await asked.prepare(*SCENE, [unit])
    assert len(server.asked) == 2
    server.fault = None
    clock.now += outside.REST_S
    await asked.prepare(*SCENE, [unit])
    assert asked.known(*SCENE, unit)
    await asked.prepare(*SCENE, [origin(2, (300.0, 0.0))])  # well again: no rest left
    assert len(server.asked) == 4


async def test_a_server_that_is_not_there(clock: Clock) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refused
        port = taken.getsockname()[1]
        nobody = Outside(KINDS["osrm"], f"http://127.0.0.1:{port}", TIMEOUT_S, clock=clock)
        began = time.monotonic()
        await nobody.prepare(*SCENE, [origin(1, (0.0, 0.0))])
        assert time.monotonic() - began < TIMEOUT_S + 0.5
    assert nobody.known(*SCENE, origin(1, (0.0, 0.0))) is None
    await nobody.close()


async def test_a_closure_that_the_router_does_not_know_of(
    drive_on: WriteWays, db: Database, settings: Settings, server: RouterServer
) -> None:
    await drive_on([STREET, *DETOUR])
    roads = await Roads.load(db, settings_for(settings, server.url + "/osrm"))
    west, east = origin(1, (100.0, 0.0)), origin(2, (900.0, 0.0))
    server.way = lambda _start: (30.0, 500.0)
    await roads.prepare(*SCENE, [west, east])
    assert [e.basis for e in roads.to_scene(*SCENE, [west, east])] == ["router", "router"]
    async with db.tx() as tx:
        barrier = await closures.open_closure(tx, "closed", box((400, -20), (600, 20)))
    await roads.refresh(db)
    around, beside = roads.to_scene(*SCENE, [west, east])
    assert around.basis == "road" and around.distance_m > 1_400  # the barrier makes it late
    assert (beside.basis, beside.eta_s) == ("router", TURNOUT_S + 30)  # it does not lie in its way
    async with db.tx() as tx:
        await closures.open_closure(tx, "closed", box((-20, 180), (20, 220)))
    await roads.refresh(db)
    assert [e.basis for e in roads.to_scene(*SCENE, [west, east])] == ["cut_off", "router"]
    async with db.tx() as tx:
        await tx.execute("UPDATE closure SET closed_at = now() WHERE closed_at IS NULL")
    assert barrier and await roads.refresh(db)
    assert [e.basis for e in roads.to_scene(*SCENE, [west, east])] == ["router", "router"]
    await roads.close()


async def test_without_a_url_nothing_leaves_the_machine(
    drive_on: WriteWays, db: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("an outbound call")

    monkeypatch.setattr(aiohttp, "ClientSession", refuse)
    roads = await drive_on([STREET])
    assert not roads.asks_outside
    await roads.prepare(*SCENE, [origin(1, (100.0, 0.0))])
    assert roads.to_scene(*SCENE, [origin(1, (100.0, 0.0))])[0].basis == "road"
    await roads.close()


async def test_the_time_of_a_way_is_the_routers_its_turns_are_ours(
    drive_on: WriteWays, served: Served, settings: Settings, server: RouterServer
) -> None:
    await drive_on([STREET])
    served.app.state.roads = roads = await Roads.load(
        served.context.db, settings_for(settings, server.url + "/valhalla", "valhalla")
    )
    ways = {"from": "3.32,99.15", "to": f"{SCENE[1]},{SCENE[0]}", "class": "engine"}
    async with served.role("operator") as desk:
        by_router = (await desk.get("/api/v1/geo/eta", params=ways)).json()
        by_boat = (await desk.get("/api/v1/geo/eta", params={**ways, "class": "boat"})).json()
    assert (by_router["basis"], by_router["eta_s"], by_router["distance_m"]) == (
        "router",
        160,
        1_000,
    )
    assert [s["turn"] for s in by_router["steps"]] == ["depart", "arrive"]
    assert by_boat["basis"] == "road"
    await roads.close()


async def test_without_a_net_of_our_own_the_router_answers_alone(
    drive_on: WriteWays, db: Database, settings: Settings, server: RouterServer
) -> None:
    await drive_on([])
    real = settings_for(settings, server.url + "/osrm").model_copy(update={"mode": "production"})
    roads = await Roads.load(db, real)
    here = [Origin(1, *degrees((0, 0)), "car"), Origin(2, *degrees((0, 0)), "boat")]
    await roads.prepare(*SCENE, here)
    assert [e.basis for e in roads.to_scene(*SCENE, here)] == ["router", "distance"]
    await roads.close()


@pytest.mark.parametrize("url", ["router.example", "ftp://router.example", "http://a b"])
def test_an_address_that_is_none_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIPONCEGA_ROUTER_URL", url)
    with pytest.raises(ValidationError):
        Settings()
