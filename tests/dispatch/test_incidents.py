"""What people decide about incidents: close, reopen, control, take, change; merge and undo; waive."""

from __future__ import annotations

from typing import Any

import pytest

from core.actor import Actor
from core.context import Context
from core.errors import BadInput, Conflict, IllegalMove, NotFound, PreconditionFailed
from core.timers import run_due
from dispatch import assignments, changing, handover, incidents, merging, taking, worker
from dispatch.progress import computed_state
from geo.geography import Geography
from tests.dispatch.world import LAT, LON, World


async def as_(world: World, who: Actor, act: Any, *args: Any, **more: Any) -> Any:
    async with world.db.tx(who) as tx:
        return await act(tx, *args, **more)


async def state(world: World, incident_id: int) -> str:
    return str((await world.row("incident", incident_id))["state"])


@pytest.mark.parametrize("held", ["planned", "reserved", "offered", "en_route", "at_facility"])
@pytest.mark.parametrize("act", ["close", "cancel"])
async def test_closing_over_a_unit_is_refused_naming_it(world: World, held: str, act: str) -> None:
    incident, unit = await world.incident(), await world.unit()
    await world.assignment(incident, unit, held)
    before = await world.row("incident", incident)
    with pytest.raises(Conflict) as refused:
        if act == "close":
            await world.do(incidents.close, incident, "handled")
        else:
            await world.do(incidents.cancel, incident, None)
    code = await world.value("SELECT code FROM unit WHERE id = $1", unit)
    assert refused.value.extra["units"] == [code] and code in refused.value.params["units"]
    assert await world.row("incident", incident) == before


async def test_closing_says_how_it_ended_and_reopening_starts_clocks_anew(world: World) -> None:
    incident = await world.incident()
    with pytest.raises(BadInput):
        await world.do(incidents.close, incident, "whatever")
    await world.do(incidents.close, incident, "no_response_needed")
    row = await world.row("incident", incident)
    assert (row["state"], row["disposition"]) == ("closed", "no_response_needed")
    assert row["closed_at"] is not None
    payload = await world.value(
        "SELECT payload FROM event WHERE incident_id = $1 AND kind = 'incident.closed'", incident
    )
    assert payload["disposition"] == "no_response_needed" and payload["type"] == "fire"
    assert not (await world.do(incidents.close, incident, "handled")).changed
    await world.do(incidents.reopen, incident)
    row = await world.row("incident", incident)
    assert (row["state"], row["clock_round"], row["closed_at"], row["disposition"]) == (
        "open", 2, None, None,
    )  # fmt: skip
    assert not (await world.do(incidents.reopen, incident)).changed
    assert (await world.events(incident_id=incident)) == ["incident.closed", "incident.reopened"]


async def test_control_and_rekindle(world: World) -> None:
    incident, unit = await world.incident(), await world.unit()
    with pytest.raises(IllegalMove):
        await world.do(incidents.control, incident)  # nobody has been there
    job = await world.assignment(incident, unit, "on_scene")
    await world.do(incidents.control, incident)
    # What a person set stays, whatever the units do.
    await world.do(assignments.clear, job, source="device")
    assert await state(world, incident) == "controlled"
    await world.do(incidents.rekindle, incident)
    assert await state(world, incident) == computed_state(set()) == "open"
    assert (await world.events(incident_id=incident, subject_type="incident")) == [
        "incident.controlled", "incident.active", "incident.open",
    ]  # fmt: skip
    with pytest.raises(IllegalMove) as refused:
        await world.do(incidents.rekindle, incident)
    assert "active" not in refused.value.legal


async def test_what_was_merged_is_undone_not_reopened(world: World) -> None:
    one, into = await world.incident(), await world.incident()
    await world.do(merging.merge, one, into)
    for act in (incidents.reopen, incidents.control, incidents.rekindle):
        with pytest.raises(IllegalMove):
            await world.do(act, one)
    with pytest.raises(IllegalMove):
        await world.do(incidents.close, one, "handled")


async def test_merging_moves_all_and_undoing_brings_it_back(world: World, ctx: Context) -> None:
    one = await world.incident(needs={"fire_engine": 2, "ambulance": 1})
    into = await world.incident(priority="P2", needs={"fire_engine": 1})
    units = [await world.unit(), await world.unit()]
    jobs = [
        await world.assignment(one, units[0], "offered"),
        await world.assignment(into, units[1], "on_scene"),
    ]
    reports = [await world.report(handling="linked", incident_id=one) for _ in range(2)]
    mark = await world.last_event()
    row = await world.do(merging.merge, one, into)
    assert (row["id"], row["state"], row["priority"]) == (into, "active", "P1")
    assert await state(world, one) == "merged"
    assert [a["id"] for a in await world.live(into)] == jobs and await world.live(one) == []
    assert {(await world.row("report", r))["incident_id"] for r in reports} == {into}
    needs = await world.rows("SELECT capability, count FROM need WHERE incident_id = $1", into)
    assert {tuple(n) for n in needs} == {("fire_engine", 2), ("ambulance", 1)}
    said = [e["kind"] for e in await world.since(mark)]
    assert said.count("incident.merged") == 1 and said.count("report.linked") == 2
    mark = await world.last_event()
    assert (await world.do(merging.merge, one, into))["id"] == into  # repeated
    assert await world.since(mark) == []

    # Its unit follows it, clocks and all, and its offer is answered where it is now.
    await world.do(assignments.accept, jobs[0], source="device")

    await world.do(merging.unmerge, one)
    assert (await state(world, one), await state(world, into)) == ("assigned", "active")
    assert [a["id"] for a in await world.live(one)] == jobs[:1]
    assert [a["id"] for a in await world.live(into)] == jobs[1:]
    assert {(await world.row("report", r))["incident_id"] for r in reports} == {one}
    row = await world.row("incident", into)
    assert row["priority"] == "P2"
    needs = await world.rows("SELECT capability, count FROM need WHERE incident_id = $1", into)
    assert {tuple(n) for n in needs} == {("fire_engine", 1)}
    with pytest.raises(Conflict):
        await world.do(merging.unmerge, one)


async def test_units_and_hand_overs_follow_into_a_reopened_incident_and_back(world: World) -> None:
    into = await world.incident(state="closed")
    await world.do(incidents.reopen, into)
    one = await world.incident()
    early = await world.assignment(one, await world.unit(), "cleared")
    await world.run("UPDATE assignment SET clock_round = 0 WHERE id = $1", early)
    job = await world.assignment(one, await world.unit(), "en_route")
    asked = await world.do(
        handover.offer, one, to_agency_id=None, to_name="Kabupaten contoh", from_agency_id=None
    )
    await world.do(merging.merge, one, into)
    rounds = {
        row["id"]: row["clock_round"]
        for row in await world.rows("SELECT * FROM assignment WHERE incident_id = $1", into)
    }
    assert rounds == {job: 2, early: 0}, "on the board: of the round that runs"
    assert (await world.row("handover", asked["id"]))["incident_id"] == into
    await world.do(merging.unmerge, one)
    rounds = {
        row["id"]: row["clock_round"]
        for row in await world.rows("SELECT * FROM assignment WHERE incident_id = $1", one)
    }
    assert rounds == {job: 1, early: 0}
    assert (await world.row("handover", asked["id"]))["incident_id"] == one


async def test_undoing_takes_nothing_back_that_people_moved_on(world: World) -> None:
    one, into = await world.incident(), await world.incident()
    kept, split = [await world.report(handling="linked", incident_id=one) for _ in range(2)]
    await world.do(merging.merge, one, into)
    await world.do(merging.split, split, into)
    await world.do(merging.unmerge, one)
    assert (await world.row("report", kept))["incident_id"] == one
    assert (await world.row("report", split))["incident_id"] is None


async def test_a_chain_of_merges_is_undone_from_its_end(world: World) -> None:
    a, b, c = [await world.incident() for _ in range(3)]
    job = await world.assignment(a, await world.unit(), "en_route")
    await world.do(merging.merge, a, b)
    await world.do(merging.merge, b, c)
    with pytest.raises(Conflict):
        await world.do(merging.unmerge, a)
    await world.do(merging.unmerge, b)
    await world.do(merging.unmerge, a)
    assert [x["id"] for x in await world.live(a)] == [job]
    assert [await state(world, i) for i in (a, b, c)] == ["assigned", "open", "open"]


async def test_what_cannot_be_merged(world: World) -> None:
    one, over = await world.incident(), await world.incident(state="closed")
    with pytest.raises(Conflict):
        await world.do(merging.merge, one, one)
    with pytest.raises(Conflict):
        await world.do(merging.merge, one, over)
    with pytest.raises(IllegalMove):
        await world.do(merging.merge, over, one)
    with pytest.raises(NotFound):
        await world.do(merging.merge, one, 2**40)


async def test_attach_and_split(world: World) -> None:
    incident, other = await world.incident(), await world.incident()
    report = await world.report()
    assert (await world.do(merging.attach, report, incident)).changed
    assert not (await world.do(merging.attach, report, incident)).changed
    with pytest.raises(NotFound):
        await world.do(merging.split, report, other)
    await world.do(merging.split, report, incident)
    row = await world.row("report", report)
    assert (row["handling"], row["incident_id"]) == ("new", None)
    with pytest.raises(Conflict):
        await world.do(merging.attach, report, await world.incident(state="closed"))


async def test_who_takes_it_is_named_to_the_next(world: World, ctx: Context) -> None:
    first, second = await world.account("operator"), await world.account("operator")
    incident = await world.incident()
    assert await as_(world, first, taking.take, incident, first.account_id)
    assert not await as_(world, first, taking.take, incident, first.account_id)
    with pytest.raises(Conflict) as refused:
        await as_(world, second, taking.take, incident, second.account_id)
    assert refused.value.extra["by"] == "Contoh operator"


@pytest.mark.parametrize("acted", [False, True])
async def test_taken_and_nothing_done_goes_back_to_the_queue(
    world: World, ctx: Context, acted: bool
) -> None:
    who = await world.account("operator")
    incident = await world.incident()
    await as_(world, who, taking.take, incident, who.account_id)
    if acted:
        await as_(world, who, incidents.verify, incident)
    await world.due("incident.untouched", incident)
    assert await run_due(world.db, worker.timers(ctx))
    row = await world.row("incident", incident)
    assert (row["taken_by"] is None) is not acted
    assert ("incident.released" in await world.events(incident_id=incident)) is not acted


async def test_verifying_again_changes_nothing(world: World) -> None:
    incident = await world.incident()
    assert await world.do(incidents.verify, incident)
    assert not await world.do(incidents.verify, incident)
    assert await world.events(incident_id=incident) == ["incident.verified"]


async def test_two_who_edit_one_incident(world: World, geography: Geography) -> None:
    first, second = await world.account("operator"), await world.account("supervisor")
    incident = await world.incident()
    version = (await world.row("incident", incident))["version"]
    row = await as_(world, first, changing.change, incident, {"casualties": 3}, geography, version)
    assert (row["casualties"], row["version"]) == (3, version + 1)
    with pytest.raises(PreconditionFailed) as refused:
        await as_(world, second, changing.change, incident, {"casualties": 1}, geography, version)
    assert refused.value.params["who"] == "Contoh operator"
    assert refused.value.extra["version"] == version + 1
    assert (await world.row("incident", incident))["casualties"] == 3


async def test_what_a_change_carries_with_it(world: World, geography: Geography) -> None:
    await world.card("flood", "P1", boat=2)
    await world.card("flood", "P1", level=2, truck=1)
    incident = await world.incident()
    change = {"type": "flood", "lat": LAT, "lon": LON, "alarm_level": 2}
    row = await world.do(changing.change, incident, change, geography, None)
    assert row["place_label"] == geography.name(row["kelurahan_code"])
    needs = await world.rows("SELECT capability, count FROM need WHERE incident_id = $1", incident)
    assert {tuple(n) for n in needs} == {("boat", 2), ("truck", 1)}
    (payload,) = [
        e["payload"] for e in await world.since(0)
        if e["incident_id"] == incident and e["kind"] == "incident.changed"
    ]  # fmt: skip
    assert payload["fields"] == ["alarm_level", "place", "type"]
    mark = await world.last_event()
    await world.do(changing.change, incident, {"type": "flood"}, geography, None)
    assert await world.since(mark) == []


async def test_a_kind_that_is_hidden_hides_and_everybodys_board_learns_it(
    world: World, geography: Geography
) -> None:
    incident = await world.incident(type_="crime")
    change = {"type": "domestic_violence"}
    row = await world.do(changing.change, incident, change, geography, None)
    assert row["hidden"]
    audience = await world.value("SELECT audience FROM event WHERE incident_id = $1", incident)
    assert audience == "staff"
    await world.do(incidents.verify, incident)
    assert (
        await world.value(
            "SELECT audience FROM event WHERE incident_id = $1 AND kind = 'incident.verified'",
            incident,
        )
        == "agencies"
    )


@pytest.mark.parametrize(
    "wanted",
    [
        {"type": "none"}, {"type": "dragon"}, {"type": None}, {"priority": "P9"},
        {"priority": None}, {"alarm_level": 0}, {"alarm_level": 9}, {"alarm_level": None},
        {"hidden": None}, {"lat": 3.3},
    ],
)  # fmt: skip
async def test_a_change_that_makes_no_sense(
    world: World, geography: Geography, wanted: dict[str, Any]
) -> None:
    incident = await world.incident()
    before = await world.row("incident", incident)
    with pytest.raises(BadInput):
        await world.do(changing.change, incident, wanted, geography, None)
    assert await world.row("incident", incident) == before


async def test_a_need_is_waived_by_name(world: World) -> None:
    who = await world.account("supervisor")
    incident = await world.incident()
    need = await world.value("SELECT id FROM need WHERE incident_id = $1", incident)
    await as_(world, who, incidents.waive, incident, need, who.account_id, "cukup satu")
    row = await world.row("need", need)
    assert (row["waived_by"], row["waive_reason"]) == (who.account_id, "cukup satu")
    said = await world.rows("SELECT kind, payload FROM event WHERE incident_id = $1", incident)
    assert [(e["kind"], e["payload"]["need_id"]) for e in said] == [("need.waived", need)]
    with pytest.raises(NotFound):
        await as_(world, who, incidents.waive, incident, need, who.account_id, "lagi")


async def test_who_is_on_a_hidden_incident_hears_all_of_it_in_this_round(world: World) -> None:
    """An agency whose unit said no keeps the row on its board, so it must be told what changes."""
    first, second = await world.agency(), await world.agency()
    incident = await world.incident(hidden=True, type_="domestic_violence")
    no = await world.assignment(incident, await world.unit(agency=first))
    await world.unit(agency=second, east_m=200)
    mark = await world.last_event()
    await world.do(assignments.decline, no, source="sms")
    (yes,) = await world.live(incident)
    await world.do(assignments.accept, yes["id"], source="sms")
    await world.do(assignments.clear, yes["id"], source="operator")
    await world.do(incidents.close, incident, "handled")
    said = [e for e in await world.since(mark) if e["audience"] != "desk"]
    assert {e["audience"] for e in said if e["incident_id"] == incident} == {"agencies"}
    late = [e for e in said if e["payload"].get("assignment_id") == yes["id"]] + said[-1:]
    assert all(set(e["agencies"]) == {first, second} for e in late), late
    await world.do(incidents.reopen, incident)
    assert await world.value(incidents.AGENCIES, incident) is None, "a new round is not theirs"


async def test_merging_never_uncovers_what_was_hidden(world: World) -> None:
    hidden = await world.incident(hidden=True, type_="domestic_violence")
    into = await world.incident()
    await world.do(merging.merge, hidden, into)
    assert (await world.row("incident", into))["hidden"]
    (said,) = await world.rows(
        "SELECT * FROM event WHERE incident_id = $1 AND kind = 'incident.changed'", into
    )
    assert said["audience"] == "staff" and "hidden" in said["payload"]["fields"]
    await world.do(merging.unmerge, hidden)
    rows = [(await world.row("incident", i))["hidden"] for i in (hidden, into)]
    assert rows == [True, False]
