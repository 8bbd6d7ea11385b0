"""People on call answer by SMS: the incident is theirs by name, and the others hear it."""

from __future__ import annotations

import pytest

from core.db import Row
from notifier.pointless import OFFERS
from tests.fixtures.web import Served
from tests.notifier.doors import INBOUND, contacts, message, post
from tests.notifier.world import Crew, World


@pytest.fixture
async def nobody_else(world: World) -> None:
    await world.run("DELETE FROM duty WHERE kind = 'on_call'")


async def asked(world: World, incident: int) -> None:
    """The ladder of this incident is exhausted, and the messages have gone out."""
    job = await world.assignment(await world.crew(), incident, "declined")
    await world.happen("ladder.exhausted", incident_id=incident, assignment_id=job)
    await world.run("UPDATE delivery SET state = 'delivered' WHERE template = 'on_call'")


async def row_of(world: World, incident: int) -> Row:
    async with world.db.read() as tx:
        row = await tx.fetchrow("SELECT * FROM incident WHERE id = $1", incident)
    assert row is not None
    return row


async def says(served: Served, world: World, who: Crew, words: str) -> str:
    """What the sender is answered."""
    assert (await post(served, INBOUND, message(who.phone, words))).status_code == 200
    reply = (await world.deliveries("inbound_id IS NOT NULL"))[-1]
    assert world.to(reply) == who.phone and reply["lane"] == "life"
    return world.body(reply)


@pytest.mark.parametrize("words", ["1", "1 K{id}", "K{id} 1", "terima K{id}", "1 {id}"])
async def test_a_digit_takes_the_incident_by_name(
    served: Served, world: World, nobody_else: None, words: str
) -> None:
    one, other = await world.crew(duty="on_call"), await world.crew(duty="on_call")
    incident = await world.incident()
    await asked(world, incident)
    (first,) = await world.deliveries("recipient_hash = $1", world.vault.phone_hash(one.phone))
    assert f"Balas 1 K{incident} = saya ambil" in world.body(first)
    answer = await says(served, world, one, words.format(id=incident))
    assert f"(K{incident}) dicatat: ANDA yang menangani" in answer
    row = await row_of(world, incident)
    assert (row["taken_by_staff"], row["taken_by"]) == (one.staff_id, None)
    assert await contacts(world, one.phone) == [], "a digit is no report"

    await world.catch_up()
    (told,) = await world.deliveries("template = 'on_call_late'")
    assert world.to(told) == other.phone and "sudah diambil Contoh" in world.body(told)
    assert "sudah diambil" in await says(served, world, other, "1")
    assert (await row_of(world, incident))["taken_by_staff"] == one.staff_id


async def test_which_one_is_asked_back_and_a_closed_one_is_over(
    served: Served, world: World, nobody_else: None
) -> None:
    one = await world.crew(duty="on_call")
    first, second = await world.incident(), await world.incident()
    for incident in (first, second):
        await asked(world, incident)
    answer = await says(served, world, one, "1")
    assert f"K{first}" in answer and f"K{second}" in answer
    assert (await row_of(world, first))["taken_at"] is None
    await world.run("UPDATE incident SET state = 'closed', closed_at = now() WHERE id = $1", first)
    assert "sudah selesai" in await says(served, world, one, f"1 K{first}")


async def test_a_job_of_a_crew_comes_before(
    served: Served, world: World, nobody_else: None
) -> None:
    """Somebody on call who has since been sent with a unit answers for the unit."""
    one = await world.crew(duty="on_call")
    incident = await world.incident()
    await asked(world, incident)
    job = await world.assignment(await world.crew(number=one.phone), await world.incident())
    assert (await says(served, world, one, "1")).startswith("DITERIMA (")
    assert await world.events("assignment.accepted", assignment_id=job) == 1
    assert (await row_of(world, incident))["taken_at"] is None


async def test_a_stranger_or_somebody_not_asked_takes_nothing(
    served: Served, world: World, nobody_else: None
) -> None:
    await world.crew(duty="on_call")
    incident = await world.incident()
    await asked(world, incident)
    late = await world.crew(duty="on_call")
    for number in (late.phone, "+6281100777123"):
        form = message(number, f"1 K{incident}")
        assert (await post(served, INBOUND, form)).status_code == 200
    assert (await row_of(world, incident))["taken_at"] is None


async def test_an_empty_desk_is_told_to_people_on_call(world: World, nobody_else: None) -> None:
    one = await world.crew(duty="on_call")
    await world.happen("desk.unattended", waiting=3, silent_s=125)
    (row,) = await world.deliveries()
    assert world.to(row) == one.phone and row["lane"] == "life"
    assert "MEJA 112 KOSONG: 3 laporan" in world.body(row)
    assert row["template"] not in OFFERS
