"""The intake: what is acknowledged is kept whatever follows, once, and finds its incident."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from typing import Any, NoReturn

import pytest

from core.errors import NotFound, Unavailable
from dispatch import assignments, desk_reports, incidents, intake, opening, tracking
from dispatch import keeping as keeping_room
from dispatch.at_once import AtOnce, Outcome
from dispatch.inbound import Taken
from dispatch.intake import Intake
from geo import eta
from tests.dispatch.world import LAT, LON, World, phone

FAR = LON + 0.02  # over two kilometres east


def breaks(*_args: Any, **_more: Any) -> NoReturn:
    raise RuntimeError("broken on purpose")


async def left_to_the_intake(*_args: Any, **_more: Any) -> Outcome:
    """The quick way declines, as it does for a call or where an outside router is asked."""
    return Outcome()


async def kept(world: World, taken: Taken, raw: bytes) -> None:
    """The contact and its report stand, verbatim."""
    blob = await world.value(
        "SELECT raw_enc FROM contact_private WHERE contact_id = $1", taken.contact_id
    )
    assert world.vault.decrypt(blob) == raw
    assert taken.report_id is not None
    assert (await world.row("report", taken.report_id))["contact_id"] == taken.contact_id


async def test_a_report_with_type_and_place_opens_an_incident(world: World) -> None:
    await world.card("fire", "P1", fire_engine=2)
    said = world.says("rumah terbakar besar", declared_type="fire")
    taken = await world.intake.take(said)
    assert taken.status == "kejadian" and taken.incident_id is not None
    incident = await world.row("incident", taken.incident_id)
    assert (incident["state"], incident["type"], incident["verified"]) == ("open", "fire", False)
    needs = await world.rows(
        "SELECT capability, count FROM need WHERE incident_id = $1", incident["id"]
    )
    assert [tuple(n) for n in needs] == [("fire_engine", 2)]
    await kept(world, taken, said.raw)
    assert await world.events(incident_id=incident["id"]) == ["incident.opened", "report.linked"]
    assert taken.token is not None
    row = await world.row("report", taken.report_id or 0)
    assert row["track_hash"] == tracking.token_hash(taken.token)


@pytest.mark.parametrize("broken", ["place", "screen"])
async def test_a_fault_in_the_rules_costs_the_understanding_not_the_contact(
    world: World, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    monkeypatch.setattr(intake, broken, breaks)
    said = world.says("rumah terbakar besar", declared_type="fire")
    taken = await world.intake.take(said)
    await kept(world, taken, said.raw)
    report = await world.row("report", taken.report_id or 0)
    assert report["handling"] == "new"
    if broken == "place":
        assert report["place"] == "unlocated"
    else:
        assert (report["class"], report["type"]) == ("unclear", "fire")


async def test_a_failure_after_it_leaves_it_pending_and_the_sweep_finishes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.card("fire", "P1", auto=True)
    unit = await world.unit()
    said = world.says("rumah terbakar besar", declared_type="fire", client_key=uuid.uuid4())
    with monkeypatch.context() as patch:
        patch.setattr(AtOnce, "take", left_to_the_intake)
        patch.setattr(intake, "link_or_open", breaks)
        taken = await world.intake.take(said)
        assert taken.status == "diterima" and taken.code
        await kept(world, taken, said.raw)
        assert (await world.row("report", taken.report_id or 0))["intake"] == "pending"
        assert await world.intake.sweep(0) == 0  # still broken: nothing is lost, nothing raised
    # The client repeats meanwhile: the same answer, no second report.
    again = await world.intake.take(said)
    assert (again.code, again.token, again.duplicate) == (taken.code, taken.token, True)
    assert await world.intake.sweep(0) == 1
    report = await world.row("report", taken.report_id or 0)
    assert (report["intake"], report["handling"]) == ("done", "linked")
    live = await world.live(report["incident_id"])
    assert [a["unit_id"] for a in live] == [unit]
    assert await world.intake.sweep(0) == 0


async def test_one_report_that_fails_keeps_no_other_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison = await world.report(intake="pending")
    sound = await world.report(intake="pending", kelurahan_code="12.76.05.1002", type="flood")
    real = intake.link_or_open

    async def picky(db: Any, eta: Any, report_id: int, *rest: Any, **more: Any) -> Any:
        if report_id == poison:
            raise RuntimeError("broken on purpose")
        return await real(db, eta, report_id, *rest, **more)

    monkeypatch.setattr(intake, "link_or_open", picky)
    assert await world.intake.sweep(0) == 1
    assert (await world.row("report", sound))["handling"] == "linked"
    assert (await world.row("report", poison))["intake"] == "pending"


async def test_nothing_is_acknowledged_when_nothing_could_be_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_args: Any, **_more: Any) -> NoReturn:
        raise Unavailable

    monkeypatch.setattr(keeping_room, "_insert", away)
    monkeypatch.setattr(world.intake._at_once, "_take", away)
    with pytest.raises(Unavailable):
        await world.intake.take(world.says())


async def test_the_same_key_and_body_get_the_first_answer(world: World) -> None:
    key = uuid.uuid4()
    said = world.says("pohon tumbang", declared_type="fallen_tree", client_key=key)
    first = await world.intake.take(said)
    second = await world.intake.take(said)
    assert (second.code, second.token, second.contact_id) == (
        first.code,
        first.token,
        first.contact_id,
    )
    assert second.duplicate and not first.duplicate
    other = await world.intake.take(world.says("banjir", declared_type="flood", client_key=key))
    assert not other.duplicate and other.code != first.code and other.token != first.token
    marks = await world.rows(
        "SELECT key_reused FROM contact WHERE client_key = $1 ORDER BY id", key
    )
    assert [m["key_reused"] for m in marks] == [False, True]


async def test_the_same_key_at_the_same_moment_makes_one_report(world: World) -> None:
    said = world.says("pohon tumbang", declared_type="fallen_tree", client_key=uuid.uuid4())
    answers = await asyncio.gather(*(world.intake.take(said) for _ in range(8)))
    assert len({a.code for a in answers}) == 1
    assert sum(not a.duplicate for a in answers) == 1


async def test_a_provider_that_delivers_twice_makes_one_contact(world: World) -> None:
    said = world.says("banjir", channel="sms", gateway="twilio", provider_id="SM1", raw=b"one")
    first = await world.intake.take(said)
    again = await world.intake.take(
        world.says("banjir", channel="sms", gateway="twilio", provider_id="SM1", raw=b"two")
    )
    assert again.duplicate and again.contact_id == first.contact_id


async def test_sixteen_reports_of_one_fire_open_one_incident(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Step by step: all are kept before the first looks for a twin, each on a connection of its own."""
    await world.card("fire", "P1", auto=True, fire_engine=2)
    units = [await world.unit(east_m=100 * n) for n in range(6)]
    await asyncio.gather(*(world.value("SELECT pg_sleep(0.2)") for _ in range(16)))
    together, real = asyncio.Barrier(16), intake.link_or_open
    monkeypatch.setattr(AtOnce, "take", left_to_the_intake)

    async def at_once(*args: Any, **more: Any) -> Any:
        await together.wait()
        return await real(*args, **more)

    monkeypatch.setattr(intake, "link_or_open", at_once)
    await sixteen_of_one_fire(world, [world.intake], units)


async def test_sixteen_at_once_over_four_processes_open_one_incident(world: World) -> None:
    await world.card("fire", "P1", auto=True, fire_engine=2)
    units = [await world.unit(east_m=100 * n) for n in range(6)]
    doors = [Intake(world.ctx, world.intake._geography, eta.current()) for _ in range(4)]
    for _ in range(5):
        await sixteen_of_one_fire(world, doors, units)
        await world.run(CLEAN_INCIDENTS)


CLEAN_INCIDENTS = """
UPDATE assignment SET state = 'recalled', ended_at = now() WHERE assignment_is_live(state);
UPDATE incident SET state = 'closed', closed_at = now() - interval '30 days' WHERE live;
"""


async def sixteen_of_one_fire(world: World, doors: list[Intake], units: list[int]) -> None:
    def one(n: int) -> Any:
        return world.says("kebakaran", declared_type="fire", lon=LON + n * 0.00003)

    answers = await asyncio.gather(*(doors[n % len(doors)].take(one(n)) for n in range(16)))
    assert len({a.incident_id for a in answers}) == 1
    assert answers[0].incident_id is not None
    live = await world.live(answers[0].incident_id)
    assert sorted(a["unit_id"] for a in live) == units[:2]
    of_it = "SELECT count(*) FROM report WHERE incident_id = $1"
    assert await world.value(of_it, answers[0].incident_id) == 16


@pytest.mark.parametrize(("where", "joins"), [(LON + 0.001, True), (FAR, False)])
async def test_near_joins_and_far_does_not(world: World, where: float, joins: bool) -> None:
    first = await world.intake.take(world.says("kebakaran", declared_type="fire"))
    second = await world.intake.take(world.says("api besar", declared_type="fire", lon=where))
    assert (second.incident_id == first.incident_id) is joins


async def test_another_kind_at_the_same_spot_is_another_incident(world: World) -> None:
    first = await world.intake.take(world.says("kebakaran", declared_type="fire"))
    second = await world.intake.take(world.says("", declared_type="traffic_accident"))
    assert second.incident_id not in (None, first.incident_id)


async def test_the_operator_says_separate(world: World) -> None:
    first = await world.intake.take(world.says("kebakaran", declared_type="fire"))
    second = await world.intake.take(
        world.says("", declared_type="fire", by_desk=True, separate=True)
    )
    assert second.incident_id not in (None, first.incident_id)


async def test_what_the_desk_says_opens_and_priority_defaults(world: World) -> None:
    taken = await world.intake.take(
        world.says("", declared_type="other", by_desk=True, verified=True, channel="phone")
    )
    incident = await world.row("incident", taken.incident_id or 0)
    assert incident["verified"] and incident["priority"] in {"P1", "P2", "P3"}


@pytest.mark.parametrize("text", ["bagaimana cara urus ktp", "tes tes 123", "wkwkwk prank"])
async def test_what_is_no_emergency_stands_in_the_queue(world: World, text: str) -> None:
    taken = await world.intake.take(world.says(text))
    assert taken.incident_id is None and taken.status == "diterima"
    assert (await world.row("report", taken.report_id or 0))["handling"] == "new"


async def test_hidden_kinds_are_hidden_and_their_address_goes_to_the_desk_alone(
    world: World,
) -> None:
    await world.card("domestic_violence", "P1", auto=True, police=1)
    agency = await world.agency()
    await world.unit("police", agency=agency)
    taken = await world.intake.take(
        world.says("suami saya memukul saya", declared_type="domestic_violence")
    )
    assert taken.incident_id is not None
    assert (await world.row("incident", taken.incident_id))["hidden"]
    said = await world.rows(
        "SELECT kind, audience, agencies FROM event WHERE incident_id = $1", taken.incident_id
    )
    assert {e["audience"] for e in said} <= {"desk", "agencies"}
    assert [e["agencies"] for e in said if e["kind"] == "assignment.reserved"] == [[agency]]


async def test_a_silent_report_is_hidden(world: World) -> None:
    taken = await world.intake.take(world.says("", declared_type="medical", silent=True))
    assert (await world.row("incident", taken.incident_id or 0))["hidden"]
    assert (await world.row("report", taken.report_id or 0))["silent"]


async def test_a_place_that_comes_later_opens_the_incident(world: World) -> None:
    said = world.says("rumah terbakar", declared_type="fire", lon=None, lat=None)
    taken = await world.intake.take(said)
    assert taken.incident_id is None and taken.report_id is not None
    key = uuid.uuid4()
    later = world.says("", lon=LON, lat=LAT, client_key=key)
    contact = await world.intake.add(taken.report_id, later)
    report = await world.row("report", taken.report_id)
    assert (report["place"], report["handling"]) == ("located", "linked")
    assert await world.intake.add(taken.report_id, later) == contact
    messages = await world.rows(
        "SELECT author FROM report_message WHERE report_id = $1", taken.report_id
    )
    assert [m["author"] for m in messages] == ["reporter"]
    with pytest.raises(NotFound):
        await world.intake.add(2**40, world.says())


async def test_what_is_added_is_kept_whatever_breaks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = world.says("rumah terbakar", declared_type="fire", lon=None, lat=None)
    taken = await world.intake.take(said)
    assert taken.report_id is not None
    with monkeypatch.context() as patch:
        patch.setattr(intake, "place", breaks)
        first = await world.intake.add(taken.report_id, world.says("di dekat masjid"))
    with monkeypatch.context() as patch:
        patch.setattr(intake, "link_or_open", breaks)
        second = await world.intake.add(taken.report_id, world.says("", lon=LON, lat=LAT))
    assert first != second
    assert (
        await world.value(
            "SELECT count(*) FROM report_message WHERE report_id = $1", taken.report_id
        )
        == 2
    )
    assert await world.intake.sweep(0) == 1


async def test_a_number_given_later_is_the_reports_number(world: World) -> None:
    taken = await world.intake.take(world.says("rumah terbakar"))
    number = phone()
    await world.intake.add(taken.report_id or 0, world.says("", lon=None, lat=None, phone=number))
    blob = await world.value(
        "SELECT phone_enc FROM contact_private WHERE contact_id = $1", taken.contact_id
    )
    assert world.vault.decrypt_text(blob) == number


async def closed_before(world: World) -> int:
    taken = await world.intake.take(world.says("kebakaran", declared_type="fire"))
    assert taken.incident_id is not None
    await world.do(incidents.close, taken.incident_id, "handled")
    await world.run(
        "UPDATE incident SET closed_at = now() - interval '1 hour' WHERE id = $1", taken.incident_id
    )
    return taken.incident_id


async def test_one_closed_an_hour_ago_asks_and_reopens(world: World) -> None:
    old = await closed_before(world)
    taken = await world.intake.take(world.says("api lagi", declared_type="fire"))
    assert taken.incident_id is None and taken.report_id is not None
    report = await world.row("report", taken.report_id)
    assert (report["handling"], report["asks_incident_id"]) == ("new", old)
    assert (await world.row("incident", old))["state"] == "closed"
    assert "report.asked" in await world.events(subject_type="report", subject_id=taken.report_id)
    assert await world.do(desk_reports.reopen_asked, taken.report_id) == old
    incident = await world.row("incident", old)
    assert (incident["state"], incident["clock_round"]) == ("open", 2)
    report = await world.row("report", taken.report_id)
    assert (report["incident_id"], report["asks_incident_id"]) == (old, None)


async def test_one_closed_an_hour_ago_asks_and_a_new_one_is_linked_to_it(world: World) -> None:
    old = await closed_before(world)
    taken = await world.intake.take(world.says("api lagi", declared_type="fire"))
    assert taken.report_id is not None
    await world.do(desk_reports.classify, taken.report_id, None, None)
    opened = await world.intake.finish(taken.report_id, never_ask=True)
    assert opened.incident_id not in (None, old)
    incident = await world.row("incident", opened.incident_id or 0)
    assert (incident["linked_to"], incident["clock_round"]) == (old, 1)
    assert (await world.row("incident", old))["state"] == "closed"


async def test_one_closed_yesterday_asks_nobody(world: World) -> None:
    old = await closed_before(world)
    await world.run(
        "UPDATE incident SET closed_at = now() - interval '25 hours' WHERE id = $1", old
    )
    taken = await world.intake.take(world.says("kebakaran", declared_type="fire"))
    assert taken.incident_id not in (None, old)


async def test_a_graver_report_raises_what_it_joins_and_a_lighter_one_does_not(
    world: World,
) -> None:
    await world.card("fire", "P3", fire_engine=1)
    await world.card("fire", "P1", fire_engine=3, ambulance=1)
    taken = await world.intake.take(
        world.says("", declared_type="fire", declared_priority="P3", by_desk=True)
    )
    incident = taken.incident_id or 0
    await world.intake.take(
        world.says("", declared_type="fire", declared_priority="P1", casualties=4, by_desk=True)
    )
    row = await world.row("incident", incident)
    assert (row["priority"], row["casualties"]) == ("P1", 4)
    needs = await world.rows("SELECT capability, count FROM need WHERE incident_id = $1", incident)
    assert {tuple(n) for n in needs} == {("fire_engine", 3), ("ambulance", 1)}
    changed = await world.rows(
        "SELECT payload FROM event WHERE incident_id = $1 AND kind = 'incident.changed'", incident
    )
    assert [e["payload"]["fields"] for e in changed] == [["priority", "casualties"]]
    await world.intake.take(
        world.says("", declared_type="fire", declared_priority="P3", casualties=1, by_desk=True)
    )
    assert await world.row("incident", incident) == row


@pytest.mark.parametrize("auto", [True, False])
async def test_a_graver_report_takes_more_units_where_its_card_acts_by_itself(
    world: World, auto: bool
) -> None:
    await world.card("fire", "P3", auto=True, fire_engine=1)
    await world.card("fire", "P1", auto=auto, veto_s=15, fire_engine=3)
    vetoed, *_ = [await world.unit(east_m=100 * n) for n in range(4)]
    first = await world.intake.take(
        world.says("", declared_type="fire", declared_priority="P3", by_desk=True)
    )
    incident = first.incident_id or 0
    (job,) = await world.live(incident)
    assert job["unit_id"] == vetoed
    await world.do(assignments.recall, job["id"], source="operator")
    again = await world.intake.take(
        world.says("", declared_type="fire", declared_priority="P1", by_desk=True)
    )
    assert again.incident_id == incident and len(again.unit_codes) == (3 if auto else 0)
    live = await world.live(incident)
    assert vetoed not in [a["unit_id"] for a in live] and len(live) == (3 if auto else 0)
    waits = await world.value(
        "SELECT count(*) FROM timer WHERE kind = 'assignment.offer' AND done_at IS NULL "
        "AND subject_id = ANY ($1::bigint[])",
        [a["id"] for a in live],
    )
    assert waits == len(live), "each with its veto window"
    same = await world.intake.take(
        world.says("", declared_type="fire", declared_priority="P1", by_desk=True)
    )
    assert same.unit_codes == () and len(await world.live(incident)) == len(live)


async def test_a_place_outside_the_city_opens_and_takes_no_unit(world: World) -> None:
    await world.card("fire", "P1", auto=True)
    await world.unit()
    taken = await world.intake.take(
        world.says("rumah terbakar besar", declared_type="fire", lon=98.67, lat=3.59)
    )
    incident = await world.row("incident", taken.incident_id or 0)
    assert incident["out_of_city"] and incident["state"] == "open"
    assert await world.live(incident["id"]) == []


async def test_a_mark_of_too_many_keeps_nothing_out(world: World) -> None:
    taken = await world.intake.take(
        world.says("rumah terbakar", declared_type="fire", rate_limited=True)
    )
    assert (await world.row("contact", taken.contact_id))["rate_limited"]
    assert taken.incident_id is not None


async def test_a_call_gets_its_report_once(world: World) -> None:
    """The operator's Enter, pressed twice on a slow line."""
    contact = await world.value(
        "INSERT INTO contact (channel, body_mac, state) VALUES ('phone', '\\x01', 'answered') "
        "RETURNING id"
    )
    said = world.says(
        "", declared_type="fire", by_desk=True, contact_id=contact, client_key=uuid.uuid4()
    )
    first, second = await world.intake.take(said), await world.intake.take(said)
    assert second.duplicate and (second.code, second.incident_id) == (first.code, first.incident_id)
    assert await world.value("SELECT count(*) FROM report WHERE contact_id = $1", contact) == 1
    with pytest.raises(NotFound):
        await world.intake.take(world.says("", contact_id=2**40, client_key=uuid.uuid4()))


async def test_nobody_joins_an_incident_that_is_being_closed(world: World) -> None:
    """The close comes first: the report that waited for it does not attach itself in silence."""
    taken = await world.intake.take(world.says("kebakaran", declared_type="fire"))
    incident = taken.incident_id or 0
    async with world.db.tx() as tx:
        await incidents.close(tx, incident, "handled")
        joining = asyncio.create_task(
            world.intake.take(world.says("api lagi", declared_type="fire"))
        )
        await blocked(world, joining.done)
    late = await joining
    assert late.incident_id != incident
    assert (await world.row("report", late.report_id or 0))["incident_id"] != incident


async def blocked(world: World, done: Callable[[], bool]) -> None:
    """Until another session waits for a lock (or the other side is through)."""
    async with asyncio.timeout(5):
        while not done() and not await world.value(  # noqa: ASYNC110
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
            "AND datname = current_database()"
        ):
            await asyncio.sleep(0.02)


async def test_the_code_of_a_report_is_drawn_again_when_it_is_taken(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await world.intake.take(world.says("tanya jam buka"))
    drawn = iter([first.code, "ZZZZZZZ"])
    monkeypatch.setattr(keeping_room, "new_code", lambda: next(drawn))
    second = await world.intake.take(world.says("tanya jam tutup"))
    assert second.code == "ZZZZZZZ"


async def test_the_only_free_unit_is_not_given_up_for_a_position_coming_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.card("fire", "P1", auto=True)
    unit = await world.unit()
    look_further = opening._look_further
    async with world.db.read() as position:
        await position.conn.execute("BEGIN")
        await position.execute("UPDATE unit SET accuracy_m = 5 WHERE id = $1", unit)

        async def a_moment_later(*args: Any) -> Any:
            await position.conn.execute("COMMIT")
            return await look_further(*args)

        monkeypatch.setattr(opening, "_look_further", a_moment_later)
        taken = await world.intake.take(world.says("kebakaran", declared_type="fire"))
    assert [a["unit_id"] for a in await world.live(taken.incident_id or 0)] == [unit]
    assert "need.shortfall" not in await world.events(incident_id=taken.incident_id)


async def test_no_unit_at_all_is_said_at_once(world: World) -> None:
    await world.card("fire", "P1", auto=True, fire_engine=2)
    unit = await world.unit()
    taken = await world.intake.take(world.says("kebakaran", declared_type="fire"))
    assert [a["unit_id"] for a in await world.live(taken.incident_id or 0)] == [unit]
    missing = await world.value(
        "SELECT payload FROM event WHERE incident_id = $1 AND kind = 'need.shortfall'",
        taken.incident_id,
    )
    assert (missing["capability"], missing["missing"]) == ("fire_engine", 1)
