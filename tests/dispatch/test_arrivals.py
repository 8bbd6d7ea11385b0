"""Which arrivals may be learned from, and why the others not: told by the crew's device, there and then."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dispatch import arrivals, assignments
from dispatch.units import Fix, report_positions
from tests.dispatch.world import LAT, LON, World

JAKARTA = ZoneInfo("Asia/Jakarta")


async def drove(world: World, *, source: str = "device", **more: Any) -> int:
    """A unit that came 1.1 km from the east, by the steps that a crew makes."""
    unit = await world.unit(east_m=1_100)
    job = await world.assignment(await world.incident(), unit, "accepted")
    await world.do(assignments.en_route, job, source=source, **more)
    await world.do(
        report_positions, unit, [Fix(lat=LAT, lon=LON, at=datetime.now(UTC) + timedelta(seconds=2))]
    )
    await world.do(assignments.arrive, job, source=source, **more)
    await world.run(
        "UPDATE assignment_stamp SET server_at = server_at - interval '5 minutes', "
        "device_at = device_at - interval '5 minutes' "
        "WHERE assignment_id = $1 AND state = 'en_route'",
        job,
    )
    return job


async def read(world: World) -> tuple[list[Any], Counter[str]]:
    async with world.db.read() as tx:
        return await arrivals.read(tx, JAKARTA, 1)


@pytest.fixture(autouse=True)
async def none_before(world: World) -> None:
    await world.run("UPDATE assignment SET on_scene_at = now() - interval '2 years'")
    await world.run("DELETE FROM closure")


async def test_an_honest_arrival_tells_where_from_and_how_long(world: World) -> None:
    await drove(world)
    (one,), left_out = await read(world)
    assert not left_out
    assert one.start == pytest.approx((LON + 1_100 / 111_000, LAT))
    assert one.end == pytest.approx((LON, LAT)) and one.took_s == pytest.approx(300, abs=5)
    assert one.set_out_at.tzinfo is JAKARTA


async def test_the_devices_clock_counts(world: World) -> None:
    job = await drove(world, device_at=datetime.now(UTC) - timedelta(seconds=10))
    await world.run(
        "UPDATE assignment_stamp SET device_at = device_at + interval '20 seconds' "
        "WHERE assignment_id = $1 AND state = 'on_scene'", job,
    )  # fmt: skip
    (one,), _ = await read(world)
    assert one.took_s == pytest.approx(320, abs=5)


STAMP = "UPDATE assignment_stamp SET {} WHERE assignment_id = $1 AND state = '{}'"


@pytest.mark.parametrize(
    ("why", "sql"),
    [
        ("example", "UPDATE unit SET example = true "
                    "WHERE id = (SELECT unit_id FROM assignment WHERE id = $1)"),
        ("backfilled", STAMP.format("backfilled = true", "en_route")),
        ("not_by_device", STAMP.format("source = 'sms'", "on_scene")),
        ("not_by_device", STAMP.format("source = 'voice'", "en_route")),
        ("told_late", STAMP.format("device_at = server_at - interval '2 minutes'", "on_scene")),
        ("transport", STAMP.format("trip = 2", "on_scene")),
        ("no_position", STAMP.format("geom = NULL", "en_route")),
        ("no_position", STAMP.format("position_age_s = 200", "on_scene")),
        ("not_at_scene", "UPDATE incident SET geom = ST_SetSRID(ST_MakePoint(99.17, 3.3283), 4326) "
                         "WHERE id = (SELECT incident_id FROM assignment WHERE id = $1)"),
        ("closure", "INSERT INTO closure (kind, shape, starts_at) SELECT 'closed', "
                    "ST_Buffer(i.geom, 0.001), now() - interval '1 hour' FROM incident i "
                    "JOIN assignment a ON a.incident_id = i.id WHERE a.id = $1"),
    ],
)  # fmt: skip
async def test_what_is_left_out(world: World, why: str, sql: str) -> None:
    job = await drove(world)
    await world.run(sql, job)
    assert await read(world) == ([], Counter({why: 1}))


async def test_a_closure_of_another_time_or_place_changes_nothing(world: World) -> None:
    await drove(world)
    for lon, begins, ends in ((LON, 3, 1), (LON + 0.2, 1, -1)):
        await world.run(
            "INSERT INTO closure (kind, shape, starts_at, ends_at) VALUES ('closed', "
            "ST_Buffer(ST_SetSRID(ST_MakePoint($1, $2), 4326), 0.001), now() - $3 * "
            "interval '1 hour', now() - $4 * interval '1 hour')",
            lon, LAT, float(begins), float(ends),
        )  # fmt: skip
    honest, left_out = await read(world)
    assert len(honest) == 1 and not left_out


async def test_steps_that_nobody_made_and_other_ways_of_telling(world: World) -> None:
    unit = await world.unit(east_m=1_100)
    job = await world.assignment(await world.incident(), unit, "accepted")
    await world.do(assignments.arrive, job, source="device")  # en_route is filled in
    assert await read(world) == ([], Counter({"backfilled": 1}))
    await drove(world, source="sms")
    assert (await read(world))[1] == Counter({"backfilled": 1, "not_by_device": 1})


async def test_a_place_that_is_a_guess_is_not_kept(world: World) -> None:
    unit = await world.unit(east_m=1_100)
    await world.run("UPDATE unit SET position_source = 'home' WHERE id = $1", unit)
    job = await world.assignment(await world.incident(), unit, "accepted")
    await world.do(assignments.en_route, job, source="device")
    assert await world.value(
        "SELECT geom IS NULL AND position_age_s IS NULL FROM assignment_stamp "
        "WHERE assignment_id = $1 AND state = 'en_route'", job,
    )  # fmt: skip
