"""Readiness and places of units: never off with a job, positions newest first, whoever comes last."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.errors import BadInput, Conflict, NotFound
from dispatch import units
from dispatch.reserve import reserve_best
from dispatch.units import Fix, report_positions, set_duty
from geo import eta
from tests.dispatch.world import LAT, LON, World


async def test_on_and_off(world: World) -> None:
    unit = await world.unit(state="off_duty")
    assert (await world.do(set_duty, unit, "available")).changed
    assert not (await world.do(set_duty, unit, "available")).changed
    await world.do(set_duty, unit, "out_of_service", reason="fuel")
    row = await world.row("unit", unit)
    assert (row["state"], row["out_reason"]) == ("out_of_service", "fuel")
    await world.do(set_duty, unit, "off_duty")
    assert (await world.row("unit", unit))["out_reason"] is None
    assert await world.events(subject_type="unit", subject_id=unit) == [
        "unit.available", "unit.out_of_service", "unit.off_duty",
    ]  # fmt: skip


@pytest.mark.parametrize(("state", "reason"), [("asleep", None), ("out_of_service", None)])
async def test_what_is_no_duty(world: World, state: str, reason: str | None) -> None:
    with pytest.raises(BadInput):
        await world.do(set_duty, await world.unit(), state, reason=reason)
    with pytest.raises(NotFound):
        await world.do(set_duty, 2**40, "off_duty")


async def test_off_with_a_job_is_refused_unless_the_call_aborts_it(world: World) -> None:
    incident, unit = await world.incident(), await world.unit()
    job = await world.assignment(incident, unit, "en_route")
    for state, reason in (("off_duty", None), ("out_of_service", "fuel")):
        with pytest.raises(Conflict) as refused:
            await world.do(set_duty, unit, state, reason=reason)
        assert refused.value.extra == {"assignment_id": job, "incident": f"K{incident}"}
    assert (await world.row("unit", unit))["state"] == "available"
    done = await world.do(set_duty, unit, "off_duty", abort_job=True)
    assert done.changed and done.aborted == job
    assert (await world.row("assignment", job))["state"] == "aborted"
    row = await world.row("unit", unit)
    assert (row["state"], row["busy"]) == ("off_duty", False)


async def test_an_end_of_shift_can_be_taken_back(world: World) -> None:
    incident, unit = await world.incident(), await world.unit()
    await world.assignment(incident, unit, "on_scene")
    await world.do(set_duty, unit, "off_duty", after_job=True)
    assert (await world.row("unit", unit))["pending_state"] == "off_duty"
    await world.do(set_duty, unit, "available")
    row = await world.row("unit", unit)
    assert (row["state"], row["pending_state"]) == ("available", None)
    assert await world.events(subject_type="unit", subject_id=unit) == ["unit.changed"] * 2


async def test_going_off_and_being_sent_at_the_same_moment(world: World) -> None:
    """Whoever is first wins; never an off-duty unit with a job."""
    for _ in range(10):
        unit, incident = await world.unit(), await world.incident()

        async def send(tx: Any, incident: int = incident) -> Any:
            return await reserve_best(
                tx, eta.current(), incident_id=incident, capability="fire_engine", count=1,
                lon=LON, lat=LAT,
            )  # fmt: skip

        sent, off = await asyncio.gather(
            world.do(send), world.do(set_duty, unit, "off_duty"), return_exceptions=True
        )
        row = await world.row("unit", unit)
        if isinstance(off, Conflict):
            assert (row["state"], row["busy"]) == ("available", True)
        else:
            assert (row["state"], row["busy"], sent) == ("off_duty", False, [])
        await world.run(
            "UPDATE assignment SET state = 'cleared' WHERE unit_id = $1 "
            "AND assignment_is_live(state)", unit,
        )  # fmt: skip
        await world.run("UPDATE unit SET state = 'off_duty' WHERE id = $1", unit)


async def test_the_newest_position_by_the_devices_clock_counts(world: World) -> None:
    unit = await world.unit()
    now = datetime.now(UTC)
    later = now + timedelta(seconds=30)
    mark = await world.last_event()
    fixes = [
        Fix(3.31, 99.11, now + timedelta(seconds=5)),
        Fix(3.32, 99.12, later, 7.4),
        Fix(3.33, 99.13, now),
    ]
    assert await world.do(report_positions, unit, fixes)
    row = await world.row("unit", unit)
    assert (row["position_at"], row["accuracy_m"], row["position_source"]) == (later, 7, "gps")
    where = "SELECT ST_X(geom) FROM unit WHERE id = $1"
    assert await world.value(where, unit) == 99.12
    # A batch that comes late, and one that comes at once: the unit stays where it is.
    assert not await world.do(report_positions, unit, [Fix(3.3, 99.1, now)])
    assert not await world.do(
        report_positions, unit, [Fix(3.3, 99.1, later + timedelta(milliseconds=200))]
    )
    assert await world.value(where, unit) == 99.12
    assert await world.since(mark) == []
    # Where the search looks.
    assert (
        await world.value("SELECT ST_X(geom) FROM unit_capability WHERE unit_id = $1", unit)
        == 99.12
    )


async def test_a_clock_that_runs_ahead_is_not_believed(world: World) -> None:
    unit = await world.unit()
    now = datetime.now(UTC)
    wrong = Fix(3.3, 99.1, now + timedelta(hours=1))
    assert not await world.do(report_positions, unit, [wrong])
    assert await world.do(
        report_positions, unit, [wrong, Fix(3.3, 99.3, now + timedelta(seconds=9))]
    )
    assert await world.value("SELECT ST_X(geom) FROM unit WHERE id = $1", unit) == 99.3


async def test_positions_that_are_none(world: World) -> None:
    unit = await world.unit()
    now = datetime.now(UTC)
    for fixes in (
        [], [Fix(91, 99, now)], [Fix(float("nan"), 99, now)],
        [Fix(3, 99, now.replace(tzinfo=None))], [Fix(3, 99, now)] * (units.MAX_FIXES + 1),
    ):  # fmt: skip
        with pytest.raises(BadInput):
            await world.do(report_positions, unit, fixes)


async def test_the_crew_of_now(world: World) -> None:
    unit = await world.unit()
    on, off = await world.crew(unit), await world.crew(unit, on_duty=False)
    found = await world.do(units.crew_unit, on.account_id)
    assert found["id"] == unit
    assert await world.do(units.crew_unit, off.account_id) is None
