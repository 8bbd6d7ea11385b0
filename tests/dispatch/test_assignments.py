"""The life of an assignment: answers, clocks, the next unit, late words, what ends and what follows."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.context import Context
from core.timers import run_due
from dispatch import assignments, incidents, ladder, units, worker
from dispatch.incidents import DISPOSITIONS
from dispatch.progress import computed_state
from dispatch.reserve import reserve_best
from dispatch.sending import send_recommended
from dispatch.steps import Outcome
from geo import eta
from tests.dispatch.world import LAT, LON, World


async def do(world: World, act: Any, assignment_id: int, **more: Any) -> Outcome:
    more.setdefault("source", "device")
    return await world.do(act, assignment_id, **more)  # type: ignore[no-any-return]


async def offered(world: World, *, auto: bool = False, needs: int = 1) -> tuple[int, int]:
    """(incident, assignment): the best of what is there, reserved and offered."""
    incident = await world.incident(needs={"fire_engine": needs})

    async def go(tx: Any) -> int:
        got = await reserve_best(
            tx, eta.current(), incident_id=incident, capability="fire_engine", count=1, lon=LON,
            lat=LAT, auto=auto,
        )  # fmt: skip
        await assignments.offer(tx, got[0].assignment_id)
        return got[0].assignment_id

    return incident, await world.do(go)


async def ring(world: World, ctx: Context, kind: str, subject: int) -> bool:
    """The clock strikes, as the worker hears it."""
    await world.due(kind, subject)
    return await run_due(world.db, worker.timers(ctx))


async def state(world: World, assignment_id: int) -> str:
    return str((await world.row("assignment", assignment_id))["state"])


async def test_the_whole_way_with_both_clocks(world: World) -> None:
    unit = await world.unit()
    incident, job = await offered(world)
    pressed = datetime.now(UTC) - timedelta(minutes=3)
    for act in (
        assignments.accept, assignments.en_route, assignments.arrive, assignments.transport,
        assignments.at_facility, assignments.en_route, assignments.arrive, assignments.clear,
    ):  # fmt: skip
        outcome = await do(world, act, job, device_at=pressed)
        assert outcome.changed and outcome.message_code == "ok"
    row = await world.row("assignment", job)
    assert (row["state"], row["trip"]) == ("cleared", 2)
    stamps = await world.rows(
        "SELECT state, trip, source, device_at FROM assignment_stamp "
        "WHERE assignment_id = $1 ORDER BY id",
        job,
    )
    assert [(s["state"], s["trip"]) for s in stamps] == [
        ("reserved", 1), ("offered", 1), ("accepted", 1), ("en_route", 1), ("on_scene", 1),
        ("transporting", 1), ("at_facility", 1), ("en_route", 2), ("on_scene", 2), ("cleared", 2),
    ]  # fmt: skip
    assert {s["device_at"] for s in stamps[2:]} == {pressed}
    assert not (await world.row("unit", unit))["busy"]
    said = await world.events(incident_id=incident, subject_type="incident")
    assert said == [
        "incident.assigned", "incident.active", "incident.assigned", "incident.active",
        "incident.open",
    ]  # fmt: skip


def test_what_assignments_make_of_an_incident() -> None:
    assert computed_state(set()) == "open"
    assert computed_state({"reserved", "offered"}) == "assigned"
    assert computed_state({"en_route"}) == "assigned"
    for working in ("on_scene", "transporting", "at_facility"):
        assert computed_state({working, "reserved"}) == "active"


async def test_a_repeated_answer_changes_nothing(world: World) -> None:
    await world.unit()
    _, job = await offered(world)
    await do(world, assignments.accept, job)
    mark = await world.last_event()
    before = await world.row("assignment", job)
    outcome = await do(world, assignments.accept, job)
    assert (outcome.changed, outcome.message_code, outcome.refused) == (False, "repeated", None)
    assert await world.row("assignment", job) == before
    assert await world.since(mark) == []


async def test_skipped_steps_are_stamped_as_filled(world: World) -> None:
    await world.unit()
    incident, job = await offered(world)
    at = datetime.now(UTC) - timedelta(minutes=1)
    await do(world, assignments.arrive, job, device_at=at)
    stamps = await world.rows(
        "SELECT state, backfilled, device_at FROM assignment_stamp WHERE assignment_id = $1 "
        "ORDER BY id OFFSET 2",
        job,
    )
    assert [tuple(s) for s in stamps] == [
        ("accepted", True, None),
        ("en_route", True, None),
        ("on_scene", False, at),
    ]
    assert (await world.row("incident", incident))["state"] == "active"


async def test_a_late_device_move_keeps_its_stamp_and_nothing_else(world: World) -> None:
    await world.unit()
    _, job = await offered(world)
    await do(world, assignments.clear, job, source="operator")
    before = await world.row("assignment", job)
    at = datetime.now(UTC) - timedelta(minutes=20)
    outcome = await do(world, assignments.arrive, job, device_at=at)
    assert outcome.refused is not None and outcome.refused.state == "cleared"
    assert await world.row("assignment", job) == before
    kept = await world.rows(
        "SELECT state, device_at FROM assignment_stamp WHERE assignment_id = $1 AND observation",
        job,
    )
    assert [tuple(s) for s in kept] == [("on_scene", at)]
    assert (await world.events(subject_type="assignment", subject_id=job))[-1] == (
        "assignment.observed"
    )
    await do(world, assignments.arrive, job, source="operator")
    assert len(await world.rows(
        "SELECT FROM assignment_stamp WHERE assignment_id = $1 AND observation", job
    )) == 1  # fmt: skip


async def test_an_offer_expires_in_the_transaction_that_makes_the_next(
    world: World, ctx: Context
) -> None:
    near, far = await world.unit(), await world.unit(east_m=900)
    incident, job = await offered(world)
    assert await ring(world, ctx, "assignment.expire", job)
    row = await world.row("assignment", job)
    live = await world.live(incident)
    assert (row["state"], row["unit_id"]) == ("expired", near)
    assert [(a["unit_id"], a["state"]) for a in live] == [(far, "offered")]
    assert row["replaced_by"] == live[0]["id"] and live[0]["expires_at"] is not None
    told = await world.rows(
        "SELECT kind, xmin::text AS tx FROM event WHERE incident_id = $1 "
        "AND kind IN ('assignment.expired', 'assignment.reserved', 'assignment.offered') "
        "ORDER BY id OFFSET 2",
        incident,
    )
    assert [e["kind"] for e in told] == [
        "assignment.expired", "assignment.reserved", "assignment.offered",
    ]  # fmt: skip
    assert len({e["tx"] for e in told}) == 1
    # Somebody was on it all the time: nobody is told that it fell back to open.
    assert "incident.open" not in await world.events(incident_id=incident)


async def test_the_last_no_exhausts_the_ladder_and_says_what_is_missing(
    world: World, ctx: Context
) -> None:
    await world.unit(), await world.unit(east_m=900)
    incident, job = await offered(world)
    await do(world, assignments.decline, job, reason="crew")
    second = (await world.live(incident))[0]["id"]
    assert await ring(world, ctx, "assignment.expire", second)
    assert await world.live(incident) == []
    said = await world.events(incident_id=incident)
    assert said.count("ladder.exhausted") == 1 and said.count("need.shortfall") == 1
    assert (await world.row("incident", incident))["state"] == "open"
    kinds = await world.rows(
        "SELECT kind FROM timer WHERE done_at IS NULL AND kind LIKE 'assignment.%'"
    )
    assert [row["kind"] for row in kinds] == ["assignment.on_call"], "they are asked again"


async def test_an_answer_stops_the_clocks(world: World, ctx: Context) -> None:
    await world.unit(), await world.unit(east_m=900)
    incident, job = await offered(world)
    await do(world, assignments.accept, job, staff_id=7)
    assert not await ring(world, ctx, "assignment.expire", job)
    assert [a["id"] for a in await world.live(incident)] == [job]
    assert (await world.row("assignment", job))["accepted_by"] == 7


async def test_an_answer_in_the_moment_of_expiry_wins_or_is_late_and_never_deadlocks(
    world: World, ctx: Context
) -> None:
    await world.unit(), await world.unit(east_m=900)
    for _ in range(8):
        incident, job = await offered(world)
        await world.due("assignment.expire", job)
        outcome, _ = await asyncio.gather(
            do(world, assignments.accept, job), run_due(world.db, worker.timers(ctx))
        )
        live = await world.live(incident)
        if outcome.message_code == "ok":
            assert [(a["id"], a["state"]) for a in live] == [(job, "accepted")]
        else:
            assert outcome.message_code == "replaced"
            assert [a["state"] for a in live] == ["offered"] and live[0]["id"] != job
        for left in live:
            await do(world, assignments.recall, left["id"], source="operator")


async def test_a_late_yes_counts_while_the_need_is_open(world: World, ctx: Context) -> None:
    unit = await world.unit()
    incident, job = await offered(world)
    await ring(world, ctx, "assignment.expire", job)
    outcome = await do(world, assignments.accept, job, staff_id=3)
    assert (outcome.state, outcome.changed, outcome.message_code) == (
        "accepted",
        True,
        "late_accepted",
    )
    assert [a["unit_id"] for a in await world.live(incident)] == [unit]
    row = await world.row("assignment", job)
    assert row["ended_at"] is None and row["accepted_by"] == 3
    assert (await world.row("incident", incident))["state"] == "assigned"
    assert (await world.row("unit", unit))["busy"]


async def test_a_late_yes_names_who_took_over(world: World, ctx: Context) -> None:
    await world.unit(), await world.unit(east_m=900)
    incident, job = await offered(world)
    await ring(world, ctx, "assignment.expire", job)
    other = await world.value(
        "SELECT u.code FROM assignment a JOIN unit u ON u.id = a.unit_id "
        "WHERE a.incident_id = $1 AND assignment_is_live(a.state)",
        incident,
    )
    outcome = await do(world, assignments.accept, job)
    assert (outcome.state, outcome.changed, outcome.message_code, outcome.replaced_by_code) == (
        "expired", False, "replaced", other,
    )  # fmt: skip
    assert "assignment.late" in await world.events(subject_type="assignment", subject_id=job)


async def test_a_late_yes_counts_needs_of_every_alarm_level_in_force(
    world: World, ctx: Context
) -> None:
    """Two wanted at level 1 and one at level 2: with two on the way the third is still wanted."""
    await world.unit()
    incident, job = await offered(world, needs=1)
    await ring(world, ctx, "assignment.expire", job)
    other = await world.unit()
    await world.assignment(incident, other, "accepted")
    assert (await do(world, assignments.accept, job)).message_code == "replaced"
    await world.run(
        "INSERT INTO need (incident_id, alarm_level, capability, count) "
        "VALUES ($1, 2, 'fire_engine', 1)",
        incident,
    )
    assert (await do(world, assignments.accept, job)).message_code == "replaced"  # not in force
    await world.run("UPDATE incident SET alarm_level = 2 WHERE id = $1", incident)
    assert (await do(world, assignments.accept, job)).message_code == "late_accepted"


@pytest.mark.parametrize("gone", ["closed", "busy", "off_duty", "waived"])
async def test_a_late_yes_to_what_is_over_changes_nothing(
    world: World, ctx: Context, gone: str
) -> None:
    unit = await world.unit()
    incident, job = await offered(world)
    await ring(world, ctx, "assignment.expire", job)
    if gone == "closed":
        await world.do(incidents.close, incident, "handled")
    elif gone == "busy":
        await world.assignment(await world.incident(), unit, "accepted")
    elif gone == "off_duty":
        await world.do(units.set_duty, unit, "off_duty")
    else:
        await world.run("UPDATE need SET waived_at = now() WHERE incident_id = $1", incident)
    outcome = await do(world, assignments.accept, job)
    assert (outcome.state, outcome.changed, outcome.message_code) == (
        "expired",
        False,
        "not_needed",
    )
    assert await world.live(incident) == []


async def test_a_late_yes_loses_the_race_for_its_own_unit(world: World, ctx: Context) -> None:
    """Between its look and its write the unit is sent elsewhere: the index decides."""
    unit = await world.unit()
    incident, job = await offered(world)
    await ring(world, ctx, "assignment.expire", job)
    elsewhere = await world.incident()
    async with world.db.tx() as tx:
        await tx.execute(
            "INSERT INTO assignment (incident_id, unit_id, capability) VALUES ($1, $2, 'fire_engine')",
            elsewhere,
            unit,
        )
        late = asyncio.create_task(do(world, assignments.accept, job))
        async with asyncio.timeout(5):
            while not await world.value(  # noqa: ASYNC110
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                "AND datname = current_database()"
            ):
                await asyncio.sleep(0.02)
    outcome = await late
    assert (outcome.state, outcome.message_code) == ("expired", "not_needed")
    assert [a["unit_id"] for a in await world.live(elsewhere)] == [unit]
    assert await world.live(incident) == []


async def test_a_late_yes_loses_to_the_end_of_the_shift_at_the_same_moment(
    world: World, ctx: Context
) -> None:
    """Between its look and its write the unit goes off duty: it must not be off duty and under way."""
    unit = await world.unit()
    incident, job = await offered(world)
    await ring(world, ctx, "assignment.expire", job)
    async with world.db.tx() as tx:
        await units.set_duty(tx, unit, "off_duty")
        late = asyncio.create_task(do(world, assignments.accept, job))
        async with asyncio.timeout(5):
            while not await world.value(  # noqa: ASYNC110
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                "AND datname = current_database()"
            ):
                await asyncio.sleep(0.02)
    outcome = await late
    assert (outcome.state, outcome.message_code) == ("expired", "not_needed")
    assert (await world.row("unit", unit))["state"] == "off_duty"
    assert await world.live(incident) == []


async def test_nobody_is_sent_in_place_of_a_unit_whose_need_was_waived(world: World) -> None:
    await world.unit(), await world.unit(east_m=900)
    incident, job = await offered(world)
    who = await world.account("operator")
    need = await world.value("SELECT id FROM need WHERE incident_id = $1", incident)
    await world.do(incidents.waive, incident, need, who.account_id, "cukup")
    await do(world, assignments.decline, job)
    assert await world.live(incident) == []
    assert "ladder.exhausted" not in await world.events(incident_id=incident)


async def test_a_breakdown_on_the_way_opens_the_need_again(world: World) -> None:
    unit = await world.unit()
    other = await world.unit(east_m=900)
    incident, job = await offered(world, auto=True)
    await do(world, assignments.en_route, job)
    await do(world, assignments.abort, job, reason="breakdown")
    assert await state(world, job) == "aborted"
    assert [(a["unit_id"], a["state"]) for a in await world.live(incident)] == [(other, "offered")]
    broken = await world.row("unit", unit)
    assert (broken["state"], broken["out_reason"], broken["busy"]) == (
        "out_of_service",
        "breakdown",
        False,
    )


async def test_what_an_operator_sent_is_his_to_replace(world: World) -> None:
    await world.unit(), await world.unit(east_m=900)
    incident, job = await offered(world)
    await do(world, assignments.en_route, job)
    await do(world, assignments.abort, job, reason="diverted")
    assert await world.live(incident) == []
    assert (await world.row("incident", incident))["state"] == "open"
    said = await world.events(incident_id=incident, subject_type="incident")
    assert said == ["incident.assigned", "incident.open"]


async def test_a_breakdown_before_it_set_out_does_not_call_the_same_unit(world: World) -> None:
    unit = await world.unit()
    incident, job = await offered(world, auto=True)
    await do(world, assignments.accept, job)
    await do(world, assignments.abort, job, reason="unreachable")
    assert await state(world, job) == "recalled"
    assert unit not in [a["unit_id"] for a in await world.live(incident)]


async def test_a_veto_is_not_overruled(world: World, ctx: Context) -> None:
    """Recalled in its window; when another one declines, the recalled unit is not called again."""
    near, far = await world.unit(), await world.unit(east_m=900)
    incident, job = await offered(world, auto=True)
    await do(world, assignments.recall, job, source="operator")
    assert await world.live(incident) == []
    sent = await world.do(send_recommended, incident)
    # A person may send it all the same: the recommendation does not hide it.
    assert [r.unit_id for r in sent.assignments] == [near]
    await do(world, assignments.decline, sent.assignments[0].assignment_id)
    assert [a["unit_id"] for a in await world.live(incident)] == [far]


async def test_the_veto_window_ends_in_an_offer(world: World, ctx: Context) -> None:
    await world.card("fire", "P1", auto=True, veto_s=20, timeout_s=45)
    unit = await world.unit()
    taken = await world.intake.take(world.says("kebakaran", declared_type="fire"))
    assert taken.status == "ditugaskan"
    (job,) = await world.live(taken.incident_id or 0)
    assert (job["unit_id"], job["state"], job["auto"]) == (unit, "reserved", True)
    due = await world.value(
        "SELECT extract(epoch FROM due_at - now())::float8 FROM timer "
        "WHERE kind = 'assignment.offer' AND subject_id = $1 AND done_at IS NULL",
        job["id"],
    )
    assert 10 < due <= 20
    assert await ring(world, ctx, "assignment.offer", job["id"])
    row = await world.row("assignment", job["id"])
    assert row["state"] == "offered"
    assert 40 < (row["expires_at"] - row["offered_at"]).total_seconds() <= 45


async def test_who_was_not_reached_is_nudged_once_over_another_channel(
    world: World, ctx: Context
) -> None:
    await world.unit(), await world.unit()
    incident, job = await offered(world)
    assert await ring(world, ctx, "assignment.nudge", job)
    assert (await world.events(incident_id=incident)).count("ladder.step_due") == 1
    for left in await world.live(incident):
        await do(world, assignments.recall, left["id"], source="operator")
    other, reached = await offered(world)
    await world.do(assignments.delivered, reached)
    assert await ring(world, ctx, "assignment.nudge", reached)
    assert "ladder.step_due" not in await world.events(incident_id=other)


async def test_reached_and_seen_are_stamped_once(world: World) -> None:
    await world.unit()
    _, job = await offered(world)
    mark = await world.last_event()
    assert await world.do(assignments.delivered, job)
    assert not await world.do(assignments.delivered, job)
    assert await world.do(assignments.seen, job)
    assert [e["kind"] for e in await world.since(mark)] == [
        "assignment.delivered",
        "assignment.seen",
    ]
    await world.do(assignments.help_, job, source="device")
    assert await state(world, job) == "offered"


async def test_an_end_of_shift_waits_for_the_end_of_the_job(world: World) -> None:
    for end in (assignments.clear, assignments.decline, assignments.recall):
        unit = await world.unit()
        _, job = await offered(world)
        done = await world.do(units.set_duty, unit, "off_duty", after_job=True)
        assert (done.state, done.pending) == ("available", "off_duty")
        await do(world, end, job, source="operator")
        row = await world.row("unit", unit)
        assert (row["state"], row["pending_state"], row["busy"]) == ("off_duty", None, False), end


async def test_a_reopened_incident_asks_who_said_no_before(world: World) -> None:
    unit = await world.unit()
    incident, job = await offered(world)
    await do(world, assignments.decline, job)
    await world.do(incidents.close, incident, DISPOSITIONS[0])
    await world.do(incidents.reopen, incident)
    sent = await world.do(send_recommended, incident)
    assert [r.unit_id for r in sent.assignments] == [unit]
    assert (await world.row("assignment", sent.assignments[0].assignment_id))["clock_round"] == 2


async def test_offer_clock_follows_the_run_card(world: World) -> None:
    assert await world.do(ladder.offer_timeout_s, "fire", "P1") == ladder.DEFAULT_TIMEOUT_S
    await world.card("fire", "P1", timeout_s=33)
    assert await world.do(ladder.offer_timeout_s, "fire", "P1") == 33
