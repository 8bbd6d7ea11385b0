"""Who waits for whom in the quick way of the intake, and for how long."""

from __future__ import annotations

import asyncio
import time

from dispatch.linking import lock_keys, rule_for
from tests.dispatch.kept import fire, stands_once
from tests.dispatch.world import LAT, LON, World


async def test_a_neighbourhood_in_use_holds_up_nobody_elsewhere(world: World) -> None:
    held = lock_keys("fire", LON, LAT, rule_for("fire").radius_m)
    await asyncio.gather(*(world.value("SELECT pg_sleep(0.05)") for _ in range(4)))
    async with world.db.tx(locks=held):
        waits = asyncio.create_task(world.intake.take(said := fire(world)))
        elsewhere = [
            world.intake.take(world.says("", declared_type="medical", lon=LON + 0.01 * n))
            for n in range(5)
        ]
        async with asyncio.timeout(2):  # less than a lock is waited for
            answers = await asyncio.gather(*elsewhere)
        assert all(a.incident_id for a in answers) and not waits.done()
    taken = await waits
    assert taken.incident_id is not None
    await stands_once(world, taken, said)


async def test_who_waits_too_long_for_a_neighbour_is_kept_and_swept(world: World) -> None:
    held = lock_keys("fire", LON, LAT, rule_for("fire").radius_m)
    await world.run("ALTER FUNCTION dispatch_take SET lock_timeout = '100ms'")
    try:
        async with world.db.tx(locks=held):
            taken = await world.intake.take(said := fire(world))
            assert (taken.status, taken.incident_id) == ("diterima", None)
            assert (await stands_once(world, taken, said))["intake"] == "pending"
    finally:
        await world.run("ALTER FUNCTION dispatch_take SET lock_timeout = '3s'")
    assert await world.intake.sweep(0) == 1
    assert (await stands_once(world, taken, said))["handling"] == "linked"


async def test_strangers_do_not_wait_for_a_twin_that_somebody_holds(world: World) -> None:
    twin = (await world.intake.take(fire(world))).incident_id
    await asyncio.gather(*(world.value("SELECT pg_sleep(0.05)") for _ in range(6)))
    async with world.db.tx() as tx:
        await tx.execute("SELECT FROM incident WHERE id = $1 FOR UPDATE", twin)
        join = [asyncio.create_task(world.intake.take(fire(world))) for _ in range(3)]
        stranger = asyncio.create_task(world.intake.take(world.says("", declared_type="medical")))
        async with asyncio.timeout(2):
            other = await stranger
        assert other.incident_id not in (None, twin)
        assert not any(task.done() for task in join)
    assert {(await task).incident_id for task in join} == {twin}


async def test_what_the_desk_decided_holds_though_it_had_to_wait(world: World) -> None:
    twin = (await world.intake.take(fire(world))).incident_id
    held = lock_keys("fire", LON, LAT, 0)  # what is separate joins nothing, however near
    await world.run("ALTER FUNCTION dispatch_take SET lock_timeout = '100ms'")
    try:
        said = fire(world, by_desk=True, verified=True, separate=True)
        async with world.db.tx(locks=held):
            desk = asyncio.create_task(world.intake.take(said))
            await until_pending(world)
        taken = await desk
    finally:
        await world.run("ALTER FUNCTION dispatch_take SET lock_timeout = '3s'")
    assert taken.incident_id not in (None, twin)
    assert (await world.row("incident", taken.incident_id or 0))["verified"]


async def until_pending(world: World) -> None:
    end = time.monotonic() + 10
    while not await world.value("SELECT count(*) FROM report WHERE intake = 'pending'"):
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


async def test_two_that_the_desk_calls_separate_stay_so_though_they_come_together(
    world: World,
) -> None:
    apart = fire(world, by_desk=True, separate=True)
    first, second = await asyncio.gather(world.intake.take(apart), world.intake.take(apart))
    assert None not in (first.incident_id, second.incident_id)
    assert first.incident_id != second.incident_id
