"""Two incidents that are one: what a merge takes along, and what undoing it brings back."""

from __future__ import annotations

import pytest

from core.context import Context
from core.errors import Conflict, IllegalMove, NotFound
from dispatch import assignments, handover, incidents, merging
from tests.dispatch.world import World


async def state(world: World, incident_id: int) -> str:
    return str((await world.row("incident", incident_id))["state"])


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
