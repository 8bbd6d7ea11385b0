"""What the desk does with a report: place it, say what it is, open, add what the caller says."""

from __future__ import annotations

import pytest

from core.errors import BadInput, Conflict, NotFound
from dispatch import desk_reports, merging
from geo.geography import Geography
from tests.dispatch.world import LAT, LON, World, phone


async def test_screened_by_a_person_and_back(world: World) -> None:
    report = await world.report()
    await world.do(desk_reports.screen, report, "prank")
    row = await world.row("report", report)
    assert (row["handling"], row["class"]) == ("screened", "prank")
    assert not (await world.do(desk_reports.screen, report, "prank")).changed
    await world.do(desk_reports.screen, report, "test")
    await world.do(desk_reports.back_to_queue, report)
    assert not (await world.do(desk_reports.back_to_queue, report)).changed
    assert (await world.row("report", report))["handling"] == "new"
    payload = await world.value(
        "SELECT payload FROM event WHERE subject_type = 'report' AND subject_id = $1 "
        "AND kind = 'report.screened' ORDER BY id LIMIT 1",
        report,
    )
    assert payload["class"] == "prank"
    with pytest.raises(BadInput):
        await world.do(desk_reports.screen, report, "dragon")
    with pytest.raises(NotFound):
        await world.do(desk_reports.screen, 2**40, "prank")


async def test_placed_by_a_person_again_and_again(world: World, geography: Geography) -> None:
    report = await world.report()
    locate = desk_reports.locate
    await world.do(locate, report, geography, lon=LON, lat=LAT, kelurahan_code=None)
    row = await world.row("report", report)
    assert (row["place"], row["place_basis"]) == ("located", "operator")
    assert row["kelurahan_code"] == geography.at(LON, LAT).codes[0]
    await world.do(locate, report, geography, lon=None, lat=None, kelurahan_code="12.76.04.1003")
    row = await world.row("report", report)
    assert (row["kelurahan_code"], row["place_label"]) == ("12.76.04.1003", "Bulian")
    assert row["accuracy_m"] > 100
    await world.do(locate, report, geography, lon=98.67, lat=3.59, kelurahan_code=None)
    row = await world.row("report", report)
    assert row["out_of_city"] and row["kelurahan_code"] is None
    assert (await world.events(subject_type="report", subject_id=report)) == ["report.located"] * 3
    with pytest.raises(BadInput):
        await world.do(locate, report, geography, lon=None, lat=None, kelurahan_code="99")


async def test_opened_by_a_person(world: World, geography: Geography) -> None:
    report = await world.report(**{"class": "unclear", "type": "none", "priority": "none"})
    with pytest.raises(BadInput):
        await world.do(desk_reports.classify, report, None, None)
    with pytest.raises(BadInput):  # no place yet
        await world.do(desk_reports.classify, report, "flood", None)
    await world.do(desk_reports.locate, report, geography, lon=LON, lat=LAT, kelurahan_code=None)
    for type_, priority in (("none", None), ("dragon", None), ("flood", "P9")):
        with pytest.raises(BadInput):
            await world.do(desk_reports.classify, report, type_, priority)
    await world.do(desk_reports.screen, report, "prank")  # and it was none
    row = await world.do(desk_reports.classify, report, "flood", None)
    assert (row["class"], row["type"], row["priority"]) == ("emergency", "flood", "P2")
    opened = await world.intake.finish(report, never_ask=True)
    assert (await world.row("incident", opened.incident_id or 0))["type"] == "flood"
    with pytest.raises(Conflict):
        await world.do(desk_reports.classify, report, "fire", None)


async def test_what_the_caller_adds_while_units_roll(world: World) -> None:
    incident, report = await world.incident(), await world.report()
    await world.do(merging.attach, report, incident)
    number = phone()
    wanted = {"phone": number, "name": "Contoh", "text": "dua orang di dalam", "casualties": 2}
    mark = await world.last_event()
    await world.do(desk_reports.add_details, world.vault, report, wanted)
    await world.do(desk_reports.add_details, world.vault, report, {"place_text": "lantai dua"})
    private = await world.rows("SELECT * FROM report_private WHERE report_id = $1", report)
    said = {n: world.vault.decrypt_text(private[0][f"{n}_enc"]) for n in desk_reports.WORDS}
    assert said == {"text": "dua orang di dalam", "name": "Contoh", "place_text": "lantai dua"}
    row = await world.row("incident", incident)
    assert (row["casualties"], row["priority"]) == (2, "P1")
    events = await world.since(mark)
    assert [e["kind"] for e in events] == ["incident.changed", "report.changed", "report.changed"]
    assert number not in str([e["payload"] for e in events])


async def test_a_report_that_asks_nothing_cannot_be_answered(world: World) -> None:
    with pytest.raises(Conflict):
        await world.do(desk_reports.reopen_asked, await world.report())
