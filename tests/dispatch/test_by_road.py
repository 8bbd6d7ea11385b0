"""The recommendation goes by road: across a closed bridge nobody is near, through water the truck or
the boat comes, and what the desk draws counts in the very next answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from core.actor import REPORTER
from core.settings import Settings
from dispatch import routes
from dispatch.candidates import recommendation
from dispatch.intake import Intake
from dispatch.reserve import reserve_best
from geo import eta
from geo.geography import Geography
from geo.roads import routes as roads_routes
from geo.roads.live import Roads
from tests.dispatch.world import LAT, LON, World
from tests.fixtures.web import Served, serving

M = 1 / 111_195
RIVER_Y = -300.0  # metres north of the incident: a river to the south, from west to east
# source, target, from, to in metres east and north of the incident
WAYS = [
    (1, 2, (0, 200), (0, -250)),
    (2, 3, (0, -250), (0, -350)),  # the bridge
    (3, 4, (0, -350), (0, -800)),
    (1, 5, (0, 200), (3000, 200)),
    (5, 6, (3000, 200), (3000, -800)),  # the other bridge, far away
    (6, 4, (3000, -800), (0, -800)),
    (1, 7, (0, 200), (-900, 200)),
]
ADD = """
INSERT INTO road_edge (id, source_node, target_node, way_id, class, length_m, geom)
SELECT (SELECT count(*) FROM road_edge), $1, $2, 1, 'tertiary', ST_Length(line::geography), line
FROM ST_SetSRID(ST_MakeLine(ST_MakePoint($3, $4), ST_MakePoint($5, $6)), 4326) AS line
"""


def square(east: float, north: float, half: float) -> dict[str, Any]:
    w, e, s, n = east - half, east + half, north - half, north + half
    ring = [[w, s], [e, s], [e, n], [w, n], [w, s]]
    return {"type": "Polygon", "coordinates": [[[LON + x * M, LAT + y * M] for x, y in ring]]}


BRIDGE_CLOSED = {"kind": "closed", "geometry": square(0, RIVER_Y, 20)}


@pytest.fixture
async def by_road(settings: Settings, world: World, geography: Geography) -> AsyncIterator[Served]:
    """The desk's routes on a net with a river, times by road in force."""
    async with world.db.tx() as tx:
        await tx.execute("DELETE FROM closure")
        await tx.execute("DELETE FROM road_edge")
        for source, target, (x, y), (x2, y2) in WAYS:
            await tx.execute(
                ADD, source, target, LON + x * M, LAT + y * M, LON + x2 * M, LAT + y2 * M
            )
    before = eta.current()
    roads = await Roads.load(world.db, settings)
    eta.use(roads)
    world.intake = Intake(world.ctx, geography, roads)
    try:
        async with serving(settings, [routes.router, roads_routes.router]) as made:
            made.app.state.intake = world.intake
            made.app.state.geography = geography
            made.app.state.roads = roads
            yield made
    finally:
        eta.use(before)


async def unit_at(world: World, east: float, north: float, vehicle_class: str) -> int:
    unit = await world.unit("fire_engine")
    await world.run(
        "UPDATE unit SET vehicle_class = $2, geom = ST_SetSRID(ST_MakePoint($3, $4), 4326) "
        "WHERE id = $1",
        unit, vehicle_class, LON + east * M, LAT + north * M,
    )  # fmt: skip
    return unit


async def order(world: World, incident: int) -> list[int]:
    """Units in the order of the recommendation."""
    async with world.db.read() as tx:
        (ranking,) = await recommendation(tx, incident)
    return [choice.unit_id for choice in ranking.units]


async def draw(served: Served, body: dict[str, Any]) -> int:
    async with served.role("operator") as desk:
        answer = await desk.post("/api/v1/geo/closures", json=body)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


async def test_across_the_river_with_the_bridge_closed_is_not_nearest(
    by_road: Served, world: World
) -> None:
    across = await unit_at(world, 0, -450, "engine")
    beyond = await unit_at(world, -850, 200, "engine")
    incident = await world.incident()
    assert await order(world, incident) == [across, beyond]
    closure = await draw(by_road, BRIDGE_CLOSED)
    assert await order(world, incident) == [beyond, across]
    async with by_road.role("operator") as desk:
        await desk.delete(f"/api/v1/geo/closures/{closure}")
    assert await order(world, incident) == [across, beyond]


async def test_the_first_unit_reserved_is_the_first_by_road(by_road: Served, world: World) -> None:
    await world.card(auto=True)
    across = await unit_at(world, 0, -450, "engine")
    beyond = await unit_at(world, -850, 200, "engine")
    await draw(by_road, BRIDGE_CLOSED)
    incident = await world.incident()
    async with by_road.role("operator") as desk:
        answer = await desk.post(f"/api/v1/incidents/{incident}/assignments", json={})
    assert answer.status_code < 300, answer.text
    (live,) = await world.live(incident)
    assert live["unit_id"] == beyond != across
    assert live["eta_basis"] == "road"


async def test_a_dozen_across_the_river_do_not_hide_the_one_on_this_side(
    by_road: Served, world: World
) -> None:
    """The report comes in and units are taken without anybody looking."""
    await world.card(auto=True)
    across = [await unit_at(world, 0, -360 - 10 * n, "engine") for n in range(14)]
    beyond = await unit_at(world, -880, 200, "engine")
    await draw(by_road, BRIDGE_CLOSED)
    taken = await world.intake.take(world.says(), REPORTER)
    assert taken.incident_id is not None
    (live,) = await world.live(taken.incident_id)
    assert (live["unit_id"], live["eta_basis"]) == (beyond, "road")
    await world.run("UPDATE unit SET state = 'off_duty' WHERE id = $1", across[-1])
    again = await unit_at(world, -890, 200, "engine")
    incident = await world.incident()
    async with world.db.tx() as tx:
        (more,) = await reserve_best(
            tx, eta.current(), incident_id=incident, capability="fire_engine", count=1, lon=LON,
            lat=LAT,
        )  # fmt: skip
    assert more.unit_id == again


@pytest.mark.parametrize(("depth_m", "first"), [(0.2, "ambulance"), (0.7, "truck"), (1.5, "boat")])
async def test_a_flooded_street_sends_the_truck_or_the_boat(
    by_road: Served, world: World, depth_m: float, first: str
) -> None:
    units = {
        await unit_at(world, -650, 200, "ambulance"): "ambulance",
        await unit_at(world, -700, 200, "truck"): "truck",
        await unit_at(world, -850, 200, "boat"): "boat",
    }
    incident = await world.incident()
    await draw(by_road, {"kind": "flood", "depth_m": depth_m, "geometry": square(0, 0, 90)})
    ranked = [units[unit] for unit in await order(world, incident)]
    assert ranked[0] == first


async def test_a_reason_names_what_the_time_rests_on(by_road: Served, world: World) -> None:
    await unit_at(world, 0, -450, "engine")
    incident = await world.incident()
    await draw(by_road, BRIDGE_CLOSED)
    await draw(by_road, {"kind": "closed", "geometry": square(3000, RIVER_Y, 30)})
    async with world.db.read() as tx:
        (ranking,) = await recommendation(tx, incident)
    assert "basis:cut_off" in ranking.units[0].reasons
