"""Nobody left: people on call are asked, again while nobody takes it; an empty desk calls them too."""

from __future__ import annotations

import pytest

from core import heartbeat
from core.context import Context
from core.errors import Conflict, IllegalMove
from core.timers import run_due
from dispatch import assignments, incidents, on_call, taking, unattended, worker
from tests.dispatch.world import World

ASKED = "ladder.exhausted"


async def exhausted(world: World) -> tuple[int, int]:
    """An incident whose only unit said no: (incident, assignment)."""
    incident = await world.incident()
    job = await world.assignment(incident, await world.unit())
    await world.do(assignments.decline, job, source="sms")
    return incident, job


async def person(world: World) -> int:
    return int(
        await world.value(
            "INSERT INTO staff (agency_id, code, name, role) "
            "VALUES ($1, gen_random_uuid(), 'Piket (contoh)', 'petugas') RETURNING id",
            await world.agency(),
        )
    )


async def again(world: World, ctx: Context, job: int) -> None:
    await world.due("assignment.on_call", job)
    assert await run_due(world.db, worker.timers(ctx))


async def test_they_are_asked_again_until_somebody_takes_it_by_name(
    world: World, ctx: Context
) -> None:
    incident, job = await exhausted(world)
    await again(world, ctx, job)
    assert (await world.events(incident_id=incident)).count(ASKED) == 2
    await world.do(taking.take_by_phone, incident, await person(world))
    for _ in range(2):
        await again(world, ctx, job)
    assert (await world.events(incident_id=incident)).count(ASKED) == 2
    # It comes back to the queue with nothing done: then they are asked once more.
    await world.due("incident.untouched", incident)
    assert await run_due(world.db, worker.timers(ctx))
    await again(world, ctx, job)
    assert (await world.events(incident_id=incident)).count(ASKED) == 3


@pytest.mark.parametrize("end", ["met", "waived", "closed"])
async def test_they_are_asked_no_more_when_nobody_is_wanted(
    world: World, ctx: Context, end: str
) -> None:
    incident, job = await exhausted(world)
    if end == "met":
        await world.assignment(incident, await world.unit(), "accepted")
    elif end == "waived":
        who = await world.account("operator")
        need = await world.value("SELECT id FROM need WHERE incident_id = $1", incident)
        await world.do(incidents.waive, incident, need, who.account_id, "cukup")
    else:
        await world.do(incidents.close, incident, "handled")
    await again(world, ctx, job)
    assert (await world.events(incident_id=incident)).count(ASKED) == 1
    assert not await world.value(
        "SELECT count(*) FROM timer WHERE kind = 'assignment.on_call' AND done_at IS NULL"
    )
    assert await world.do(on_call.ask_again, job) is False


async def test_who_takes_it_by_phone_is_named_and_may_be_relieved_from_the_desk(
    world: World,
) -> None:
    incident, _ = await exhausted(world)
    first, second = await person(world), await person(world)
    assert await world.do(taking.take_by_phone, incident, first)
    mark = await world.last_event()
    assert not await world.do(taking.take_by_phone, incident, first), "repeated"
    assert await world.since(mark) == []
    with pytest.raises(Conflict) as refused:
        await world.do(taking.take_by_phone, incident, second)
    assert refused.value.extra["by"] == "Piket (contoh)"
    said = await world.rows(
        "SELECT payload FROM event WHERE kind = 'incident.taken' AND incident_id = $1", incident
    )
    assert [(e["payload"]["staff_id"], e["payload"]["source"]) for e in said] == [(first, "sms")]
    who = await world.account("operator")
    assert await world.do(taking.take, incident, who.account_id)
    row = await world.row("incident", incident)
    assert (row["taken_by"], row["taken_by_staff"]) == (who.account_id, None)
    await world.do(incidents.close, incident, "handled")
    with pytest.raises(IllegalMove):
        await world.do(taking.take_by_phone, incident, first)


@pytest.mark.parametrize("acted", [False, True])
async def test_taken_by_phone_and_nothing_done_goes_back_to_the_queue(
    world: World, ctx: Context, acted: bool
) -> None:
    incident, _ = await exhausted(world)
    await world.do(taking.take_by_phone, incident, await person(world))
    if acted:
        job = await world.assignment(incident, await world.unit())
        await world.do(assignments.accept, job, source="sms")
    await world.due("incident.untouched", incident)
    assert await run_due(world.db, worker.timers(ctx))
    row = await world.row("incident", incident)
    assert (row["taken_by_staff"] is None) is not acted
    assert (row["taken_at"] is None) is not acted


WAITS = {
    "an incident": "INSERT INTO incident (type, priority, opened_at) VALUES ('fire', 'P1', {ago})",
    "a call": "INSERT INTO contact (channel, state, body_mac, received_at) "
    "VALUES ('phone', 'ringing', 'x', {ago})",
    "unreadable": "INSERT INTO contact (channel, state, body_mac, received_at) "
    "VALUES ('app', 'unreadable', 'x', {ago})",
}


async def silent(world: World, seconds: int) -> None:
    await world.run("DELETE FROM heartbeat WHERE name = 'desk'")
    await world.do(heartbeat.beat, unattended.PRESENT)
    await world.run(
        "UPDATE heartbeat SET at = at - make_interval(secs => $1) WHERE name = 'desk'", seconds
    )


@pytest.fixture
async def quiet(world: World) -> None:
    await world.run("UPDATE report SET handling = 'screened' WHERE handling = 'new'")
    await world.run("UPDATE contact SET state = 'ended' WHERE state IN ('ringing', 'unreadable')")


@pytest.mark.parametrize("waits", WAITS.values(), ids=list(WAITS))
@pytest.mark.parametrize(("silent_s", "ago_s", "told"), [(130, 130, 1), (60, 130, 0), (130, 60, 0)])
async def test_an_empty_desk_with_work_waiting_calls_once_in_ten_minutes(
    world: World, quiet: None, waits: str, silent_s: int, ago_s: int, told: int
) -> None:
    await world.run(waits.format(ago=f"clock_timestamp() - interval '{ago_s} seconds'"))
    await silent(world, silent_s)
    mark = await world.last_event()
    for _ in range(2):
        await world.do(unattended.look)
    said = await world.since(mark)
    assert [e["kind"] for e in said] == ["desk.unattended"] * told
    if told:
        assert said[0]["payload"]["waiting"] == 1
        await world.run(
            "UPDATE heartbeat SET detail = jsonb_build_object('told_at', "
            "clock_timestamp() - interval '11 minutes') WHERE name = 'desk'"
        )
        assert await world.do(unattended.look)
        # Somebody came: the next absence is a new one.
        await world.do(heartbeat.beat, unattended.PRESENT)
        assert not await world.do(unattended.look)


async def test_an_empty_desk_with_nothing_to_do_calls_nobody(world: World, quiet: None) -> None:
    """Taken, met or noise: no work waits."""
    incident = await world.incident()
    await world.assignment(incident, await world.unit(), "accepted")
    taken = await world.incident()
    await world.do(taking.take_by_phone, taken, await person(world))
    await world.report(**{"class": "prank"})
    await world.run("UPDATE incident SET opened_at = now() - interval '1 hour'")
    await world.run("UPDATE report SET created_at = now() - interval '1 hour'")
    await silent(world, 600)
    assert not await world.do(unattended.look)


async def test_an_instance_that_never_had_a_console_begins_to_count(
    world: World, quiet: None
) -> None:
    await world.run("DELETE FROM heartbeat WHERE name = 'desk'")
    assert not await world.do(unattended.look)
    assert (await world.do(heartbeat.ages))["desk"] < 60
