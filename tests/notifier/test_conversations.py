"""What a message means: a crew's digit, a word on an open report, STOP, or a new contact; and what
happens when it cannot be handled."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from core.context import Context
from dispatch.intake import Intake
from notifier import inbound
from notifier.conversations import Conversations
from tests.fixtures.web import Served
from tests.notifier.doors import INBOUND, contacts, kept, message, post
from tests.notifier.world import World, phone


async def test_a_crew_answers_by_sms_through_the_door(
    served: Served, world: World, ctx: Context
) -> None:
    crew = await world.crew()
    incident = await world.incident()
    assignment = await world.assignment(crew, incident)
    form = message(crew.phone, "1")
    for _ in range(2):
        assert (await post(served, INBOUND, form)).status_code == 200
    assert await world.events("assignment.accepted", assignment_id=assignment) == 1
    (reply,) = await world.deliveries("inbound_id IS NOT NULL")
    assert world.to(reply) == crew.phone and world.body(reply).startswith("DITERIMA (")
    assert await contacts(world, crew.phone) == [], "a digit is no report"
    async with world.db.read() as tx:
        row = await tx.fetchrow("SELECT outcome, raw_enc, assignment_id FROM inbound_message")
    assert row is not None and (row["outcome"], row["assignment_id"]) == ("assignment", assignment)
    assert world.vault.decrypt(row["raw_enc"]) == urlencode(form).encode()


@pytest.mark.parametrize(
    "words", ["sudah aman", "Aman", "1", "5", "batal", "tidak jadi", "selesai"]
)
async def test_a_reporters_words_never_call_help_off(
    served: Served, world: World, words: str
) -> None:
    number, crew, incident = phone(), await world.crew(), await world.incident()
    report, _ = await world.report(number, incident_id=incident, channel="sms")
    assignment = await world.assignment(crew, incident, "en_route")
    assert (await post(served, INBOUND, message(number, words))).status_code == 200
    async with world.db.read() as tx:
        states = await tx.fetchrow(
            "SELECT i.state, a.state FROM incident i, assignment a WHERE i.id = $1 AND a.id = $2",
            incident,
            assignment,
        )
        said = await tx.fetchval("SELECT text_enc FROM report_message WHERE report_id = $1", report)
    assert tuple(states or ()) == ("open", "en_route")
    assert world.vault.decrypt_text(said) == words
    assert await world.events("report.message", report_id=report) == 1
    (reply,) = await world.deliveries()
    assert "TIDAK dibatalkan" in world.body(reply)


async def test_aman_with_a_code_is_added_to_that_report(served: Served, world: World) -> None:
    number = phone()
    first, _ = await world.report(number, incident_id=await world.incident(), channel="sms")
    await world.report(number, incident_id=await world.incident(), channel="sms")
    async with world.db.read() as tx:
        code = await tx.fetchval("SELECT code FROM report WHERE id = $1", first)
    assert (await post(served, INBOUND, message(number, f"AMAN {code}"))).status_code == 200
    assert await world.events("report.message", report_id=first) == 1


async def test_a_silent_reporter_is_not_answered(served: Served, world: World) -> None:
    number = phone()
    report, _ = await world.report(number, silent=True, channel="sms")
    assert (await post(served, INBOUND, message(number, "sudah aman"))).status_code == 200
    assert await world.events("report.message", report_id=report) == 1
    assert await world.deliveries() == []


async def test_stop_ends_surveys_and_nothing_else(served: Served, world: World) -> None:
    number = phone()
    assert (await post(served, INBOUND, message(number, "STOP"))).status_code == 200
    async with world.db.read() as tx:
        purposes = await tx.fetch(
            "SELECT purpose FROM consent WHERE phone_hash = $1 AND withdrawn_at IS NOT NULL",
            world.vault.phone_hash(number),
        )
    assert {row["purpose"] for row in purposes} == {"survey", "alert"}
    (reply,) = await world.deliveries()
    assert "darurat Anda tetap dikirim" in world.body(reply)


async def test_what_cannot_be_handled_is_kept_and_tried_again(
    served: Served, world: World, ctx: Context, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(self: Conversations, inbound_id: int, incoming: object) -> None:
        raise ValueError("contoh")

    number = phone()
    with monkeypatch.context() as patched:
        patched.setattr(Conversations, "handle", broken)
        answer = await post(served, INBOUND, message(number, "kebakaran di Bandar Sono"))
        assert answer.status_code == 200, "it is kept, so Twilio need not repeat it"
    assert await contacts(world, number) == [] and await kept(world) == 1
    await world.run("UPDATE inbound_message SET retry_at = now()")
    assert await inbound.sweep(ctx, intake) == 1
    assert len(await contacts(world, number)) == 1


async def test_poison_is_shown_to_people_in_the_end(
    served: Served, world: World, ctx: Context, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(self: Conversations, inbound_id: int, incoming: object) -> None:
        raise ValueError("contoh")

    monkeypatch.setattr(Conversations, "handle", broken)
    await post(served, INBOUND, message(phone(), "racun"))
    for _ in range(inbound.SHOW_AFTER):
        await world.run("UPDATE inbound_message SET retry_at = now()")
        await inbound.sweep(ctx, intake)
    async with world.db.read() as tx:
        row = await tx.fetchrow(
            """SELECT m.outcome, c.state FROM inbound_message m JOIN contact c ON c.id = m.contact_id"""
        )
    assert tuple(row or ()) == ("unreadable", "unreadable")
