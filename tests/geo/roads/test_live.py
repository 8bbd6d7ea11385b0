"""The roads a process holds: read from the database, true to closures, imports and the hour."""

from __future__ import annotations

import asyncio
import time

import pytest

from core.db import Database
from core.settings import Settings
from core.wake import Bell
from geo import seed
from geo.eta import Origin
from geo.roads import closures
from geo.roads.live import TOPIC, Roads
from tests.geo.roads.conftest import WriteWays, write_ways
from tests.geo.roads.nets import degrees, origin
from tests.geo.roads.test_road_eta import box

STREET = (1, 2, (0.0, 0.0), (1000.0, 0.0), {"name": "Jalan Uji"})
SCENE = degrees((800.0, 0.0))
MIDDLE = box((400, -20), (600, 20))


def eta(roads: Roads) -> str:
    return roads.to_scene(*SCENE, [origin(1, (100.0, 0.0))])[0].basis


async def until(roads: Roads, basis: str, within_s: float = 3.0) -> float:
    began = time.monotonic()
    while eta(roads) != basis:
        assert time.monotonic() - began < within_s
        await asyncio.sleep(0.01)
    return time.monotonic() - began


async def test_the_columns_of_an_edge_count(drive_on: WriteWays) -> None:
    roads = await drive_on(
        [
            (1, 2, (0.0, 0.0), (1000.0, 0.0), {"name": "Jalan Uji", "oneway": 1}),
            (2, 3, (1000.0, 0.0), (1000.0, 500.0), {"access": "no"}),
            (3, 1, (1000.0, 500.0), (0.0, 0.0), {"class": "tertiary", "access": "private"}),
        ]
    )
    assert roads.net is not None
    table = roads.net.graph.table
    assert (table.nodes, table.count) == (3, 3)
    assert [table.names[n] for n in table.name] == ["Jalan Uji", "", ""]
    assert table.oneway.tolist() == [1, 0, 0] and table.closed.tolist() == [False, True, False]
    assert table.length_m.tolist() == pytest.approx([1000, 500, 1118], rel=0.01)
    assert [table.roads[n] for n in table.road] == ["residential", "residential", "tertiary"]


async def test_a_closure_drawn_elsewhere_is_driven_around_within_a_second(
    drive_on: WriteWays, db: Database, settings: Settings
) -> None:
    roads = await drive_on([STREET])
    bell = Bell(None)
    task = asyncio.create_task(roads.keep_fresh(db, bell))
    try:
        assert eta(roads) == "road"
        async with db.tx() as tx:
            closure = await closures.open_closure(tx, "closed", MIDDLE)
        assert await until(roads, "cut_off") < 1.0  # no ring: the poll alone
        async with db.tx() as tx:
            assert await closures.end_closure(tx, closure)
        bell.ring(TOPIC)
        await until(roads, "road")
    finally:
        task.cancel()


async def test_a_closure_comes_and_goes_with_its_hours(drive_on: WriteWays, db: Database) -> None:
    roads = await drive_on([STREET])
    async with db.tx() as tx:
        now = await tx.fetchval("SELECT clock_timestamp()")
        later = await closures.open_closure(tx, "flood", MIDDLE, depth_m=1.0, starts_at=now)
        await tx.execute(
            "UPDATE closure SET starts_at = now() + interval '1 hour' WHERE id = $1", later
        )
    await roads.refresh(db)
    assert eta(roads) == "road"
    move = "UPDATE closure SET starts_at = starts_at - $2::interval, ends_at = $3 WHERE id = $1"
    async with db.tx() as tx:
        await tx.execute("ALTER TABLE closure DISABLE TRIGGER closure_changed")
        await tx.execute(
            "UPDATE closure SET starts_at = now() - interval '1 minute' WHERE id = $1", later
        )
    await roads.refresh(db)  # nobody wrote: only the hour came
    assert eta(roads) == "cut_off", move
    async with db.tx() as tx:
        await tx.execute("UPDATE closure SET ends_at = now() - interval '1 second'")
        await tx.execute("ALTER TABLE closure ENABLE TRIGGER closure_changed")
    await roads.refresh(db)
    assert eta(roads) == "road"


async def test_nothing_changed_is_nothing_read(drive_on: WriteWays, db: Database) -> None:
    roads = await drive_on([STREET])
    before = roads.net
    assert not await roads.refresh(db)
    assert roads.net is before


async def test_a_new_import_is_driven_on(drive_on: WriteWays, db: Database) -> None:
    roads = await drive_on([STREET])
    await write_ways(db, [(1, 2, (0.0, 0.0), (300.0, 0.0), {}), STREET])
    assert await roads.refresh(db)
    assert roads.net is not None and roads.net.graph.edges == 2


async def test_without_an_import_a_demo_drives_on_the_example(
    drive_on: WriteWays, db: Database, settings: Settings
) -> None:
    await drive_on([])
    async with db.tx() as tx:
        await seed.seed(tx, "tebing_tinggi")
    roads = await Roads.load(db, settings)
    town = [Origin(1, 99.150, 3.330, "engine")]
    found = roads.to_scene(99.156, 3.3283, town)[0]
    assert found.basis == "road_example" and 100 < found.eta_s < 600
    again = await Roads.load(db, settings)
    assert again.to_scene(99.156, 3.3283, town)[0] == found  # every process the same
    await write_ways(db, [STREET])
    assert await roads.refresh(db)
    assert eta(roads) == "road"
    assert not await roads.refresh(db)


async def test_a_real_instance_does_not_believe_in_streets_that_do_not_exist(
    drive_on: WriteWays, db: Database, settings: Settings
) -> None:
    await drive_on([])
    real = settings.model_copy(update={"mode": "production"})
    roads = await Roads.load(db, real)
    assert roads.net is None and eta(roads) == "distance"


async def test_areas_that_go_take_the_example_along(
    drive_on: WriteWays, db: Database, settings: Settings
) -> None:
    await drive_on([])
    async with db.tx() as tx:
        await seed.seed(tx, "tebing_tinggi")
    roads = await Roads.load(db, settings)
    assert roads.net is not None
    async with db.tx() as tx:
        await tx.execute("DELETE FROM area")
    assert await roads.refresh(db)
    assert roads.net is None and eta(roads) == "distance"
