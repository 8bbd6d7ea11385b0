"""An outside router's times in the work of the desk: asked where nothing is held, believed when they come,
and a report is taken whatever becomes of it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

import pytest

from core import timers
from core.settings import Settings
from dispatch import foresight, routes, worker
from dispatch.intake import Intake
from geo import eta
from geo.geography import Geography
from geo.roads.live import Roads
from tests.dispatch.world import LAT, LON, World
from tests.fixtures.web import Served, serving
from tests.geo.roads.router_server import RouterServer, router_server

TIMEOUT_S = 0.4
REPORT = {"type": "fire", "text": "rumah terbakar", "lat": LAT, "lon": LON}


@pytest.fixture
async def router(world: World) -> AsyncIterator[RouterServer]:
    """The farther a unit is east, the sooner it comes, says this one; and it looks, whenever it is
    asked, whether somebody holds a connection of the pool."""
    pool = world.db.pool
    held: list[int] = []
    async with router_server() as server:
        server.way = lambda start: (2_000.0 - (start[0] - LON) * 50_000, 500.0)
        server.watch = lambda: held.append(pool.get_size() - pool.get_idle_size())
        yield server
    assert not any(held), "asked while a connection was held"


@pytest.fixture
async def desk(
    settings: Settings, world: World, geography: Geography, router: RouterServer
) -> AsyncIterator[Served]:
    """The routes of dispatch in a process that asks the router."""
    async with world.db.tx() as tx:
        await tx.execute("DELETE FROM closure; DELETE FROM road_edge")
    before = eta.current()
    roads = await Roads.load(
        world.db,
        settings.model_copy(
            update={"router_url": router.url + "/osrm", "router_timeout_ms": int(TIMEOUT_S * 1000)}
        ),
    )
    eta.use(roads)
    world.intake = Intake(world.ctx, geography, roads)
    try:
        async with serving(settings, [routes.router]) as made:
            made.app.state.context = world.ctx
            made.app.state.intake, made.app.state.geography = world.intake, geography
            yield made
    finally:
        eta.use(before)
        await roads.close()


async def test_a_report_gets_the_unit_that_the_router_calls_nearest(
    desk: Served, world: World, router: RouterServer
) -> None:
    await world.card("fire", "P1", auto=True)
    near, far = await world.unit(east_m=50), await world.unit(east_m=900)
    async with desk.as_() as anybody:
        answer = await anybody.post("/api/v1/reports", json=REPORT)
    assert answer.status_code == 201
    (taken,) = await world.rows("SELECT * FROM assignment WHERE unit_id = ANY ($1)", [near, far])
    assert (taken["unit_id"], taken["eta_basis"]) == (far, "router")
    assert len(router.asked) == 1 and len(router.asked[0][1]) == 2


@pytest.mark.parametrize("fault", ["slow", "error", "broken"])
async def test_a_report_is_taken_in_time_whatever_the_router_does(
    desk: Served, world: World, router: RouterServer, fault: str
) -> None:
    router.fault = fault
    await world.card("fire", "P1", auto=True)
    near, far = await world.unit(east_m=50), await world.unit(east_m=900)
    began = time.monotonic()
    async with desk.as_() as anybody:
        answer = await anybody.post("/api/v1/reports", json=REPORT)
    assert answer.status_code == 201 and time.monotonic() - began < TIMEOUT_S + 1.5
    assert router.asked
    (taken,) = await world.rows("SELECT * FROM assignment WHERE unit_id = ANY ($1)", [near, far])
    assert (taken["unit_id"], taken["eta_basis"]) in {(near, "distance"), (near, "road_example")}
    code = answer.json()["code"]
    assert await world.value("SELECT intake FROM report WHERE code = $1", code) == "done"


async def test_a_report_left_by_a_dying_process_asks_too(
    desk: Served, world: World, router: RouterServer
) -> None:
    await world.card("fire", "P1", auto=True)
    far = await world.unit(east_m=900)
    report = await world.report(place="located", intake="pending")
    await world.run(
        "UPDATE report SET geom = ST_SetSRID(ST_MakePoint($2, $3), 4326) WHERE id = $1",
        report, LON, LAT,
    )  # fmt: skip
    opened = await world.intake.finish(report)
    assert router.asked and [r.unit_id for r in opened.units] == [far]


async def test_recommending_and_sending_go_by_the_router(
    desk: Served, world: World, router: RouterServer
) -> None:
    near, far = await world.unit(east_m=50), await world.unit(east_m=900)
    busy = await world.unit(east_m=1_200)
    await world.assignment(await world.incident(), busy, "en_route")
    incident = await world.incident()
    async with desk.role("operator") as operator:
        page = f"/api/v1/incidents/{incident}"
        shown = (await operator.get(f"{page}/recommendations")).json()["lines"][0]["units"]
        assert [(u["unit_id"], u["basis"]) for u in shown] == [(far, "router"), (near, "router")]
        assert len(router.asked) == 1 and len(router.asked[0][1]) == 2  # nobody who is busy
        sent = await operator.post(f"{page}/assignments")
        assert [a["unit_id"] for a in sent.json()["assignments"]] == [far]
        assert len(router.asked) == 1  # a minute has not passed
        (taken,) = await world.live(incident)
        nobody = await operator.post(f"/api/v1/assignments/{taken['id']}/decline", json={})
        assert nobody.status_code == 200
    assert [a["unit_id"] for a in await world.live(incident)] == [near]


async def test_sending_asks_before_its_transaction(
    desk: Served, world: World, router: RouterServer
) -> None:
    await world.unit(east_m=50)
    far = await world.unit(east_m=900)
    incident = await world.incident()
    async with desk.role("operator") as operator:
        sent = await operator.post(f"/api/v1/incidents/{incident}/assignments")
    assert [a["unit_id"] for a in sent.json()["assignments"]] == [far] and len(router.asked) == 1


async def test_saying_no_asks_for_the_next_before_its_transaction(
    desk: Served, world: World, router: RouterServer
) -> None:
    first = await world.unit(east_m=400)
    near, far = await world.unit(east_m=50), await world.unit(east_m=900)
    incident = await world.incident()
    offered = await world.assignment(incident, first, "offered")
    async with desk.role("operator") as operator:
        await operator.post(f"/api/v1/assignments/{offered}/accept", json={})
        assert not router.asked  # a yes needs nobody
        await operator.post(f"/api/v1/assignments/{offered}/abort", json={"reason": "breakdown"})
    assert len(router.asked) == 1 and len(router.asked[0][1]) == 2
    assert near and far


async def test_an_offer_that_is_about_to_end_knows_who_is_next(
    desk: Served, world: World, router: RouterServer
) -> None:
    first = await world.unit(east_m=400)
    await world.unit(east_m=50)
    far = await world.unit(east_m=900)
    incident = await world.incident()
    offered = await world.assignment(incident, first, "offered")
    ends = "UPDATE assignment SET expires_at = clock_timestamp() + $2::interval WHERE id = $1"
    async with world.db.tx() as tx:
        await tx.execute(ends.replace("$2::interval", "interval '50 seconds'"), offered)
    await foresight.look(world.db)
    assert not router.asked  # too early: a minute from now it would be forgotten
    async with world.db.tx() as tx:
        await tx.execute(ends.replace("$2::interval", "interval '10 seconds'"), offered)
    await foresight.look(world.db)
    assert len(router.asked) == 1
    async with world.db.tx() as tx:
        await worker.on_expired(tx, timers.Timer(1, "assignment.expire", offered, None, {}, 0))  # type: ignore[arg-type]
    (following,) = await world.live(incident)
    assert (following["unit_id"], following["eta_basis"]) == (far, "router")


async def test_the_worker_looks_ahead_only_where_a_router_is_asked(
    desk: Served, world: World
) -> None:
    assert "next_times" in {name for name, _ in worker.tasks(world.ctx)}
    eta.use(eta.DistanceEta())
    assert "next_times" not in {name for name, _ in worker.tasks(world.ctx)}
