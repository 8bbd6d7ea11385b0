"""What people decide about incidents: close, reopen, control, take, change; merge and undo; waive."""

from __future__ import annotations

from typing import Any

import pytest

from core.actor import Actor
from core.context import Context
from core.errors import BadInput, Conflict, IllegalMove, NotFound, PreconditionFailed
from core.timers import run_due
from dispatch import assignments, changing, incidents, taking, worker
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
