"""Events become messages: to whom, with which words, once; and what cancels them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.context import Context
from core.events.consume import step
from notifier import outbox
from notifier.gateways.log import LogGateway
from notifier.sender import Sender
from registry import consents, requests
from tests.notifier.world import World, phone


async def test_an_offer_goes_to_the_crew_on_duty_only(world: World) -> None:
    crew, other = await world.crew(), await world.crew()
    incident = await world.incident()
    assignment = await world.assignment(crew, incident)
    await world.happen("assignment.offered", assignment_id=assignment, incident_id=incident)
    (row,) = await world.deliveries()
    assert world.to(row) == crew.phone != other.phone
    assert (row["lane"], row["staff_id"], row["assignment_id"]) == (
        "life", crew.staff_id, assignment,
    )  # fmt: skip
    assert world.body(row) == (
        f"TUGAS ({await world.code(assignment)}) {crew.unit_code}: KEBAKARAN, Jl. Contoh dekat masjid Lk 4. "
        "1,8 km/4 mnt. Balas 1 terima 2 tolak"
    )
    assert (row["expires_at"] - row["queued_at"]).total_seconds() <= 300
    assert await world.events("delivery.queued", assignment_id=assignment) == 1


async def test_a_replayed_log_makes_no_second_message(ctx: Context, world: World) -> None:
    crew, incident = await world.crew(), await world.incident()
    assignment = await world.assignment(crew, incident)
    await world.happen("assignment.offered", assignment_id=assignment, incident_id=incident)
    await world.run("UPDATE event_cursor SET position = 0 WHERE name = $1", outbox.NAME)
    while await step(ctx.db, outbox.consumer(ctx)):
        pass
    assert len(await world.deliveries("assignment_id = $1", assignment)) == 1


async def test_an_event_from_before_an_outage_makes_no_late_offer(
    ctx: Context, world: World
) -> None:
    crew, incident = await world.crew(), await world.incident()
    assignment = await world.assignment(crew, incident)
    async with ctx.db.tx() as tx:
        await tx.execute(
            """INSERT INTO event (kind, incident_id, audience, actor_kind, at, payload)
               VALUES ('assignment.offered', $1, 'staff', 'system', $2, $3)""",
            incident,
            datetime.now(UTC) - timedelta(hours=2),
            {"assignment_id": assignment, "incident_id": incident},
        )
    await world.catch_up()
    (row,) = await world.deliveries()
    assert row["expires_at"] < row["queued_at"]
    await Sender(ctx, {"log": LogGateway(ctx)}, "life").drain()
    assert (await world.delivery(row["id"]))["attempts"] == 0


async def test_a_unit_without_crew_shows_as_suppressed(world: World) -> None:
    crew, incident = await world.crew(), await world.incident()
    await world.run("UPDATE duty SET ends_at = now() WHERE staff_id = $1", crew.staff_id)
    assignment = await world.assignment(crew, incident)
    await world.happen("assignment.offered", assignment_id=assignment, incident_id=incident)
    (row,) = await world.deliveries()
    assert (row["state"], row["reason"]) == ("suppressed", "no_crew")
    assert await world.events("delivery.suppressed", assignment_id=assignment) == 1


async def test_hidden_incidents_are_offered_covertly(world: World) -> None:
    crew, incident = (
        await world.crew(),
        await world.incident(hidden=True, type_="domestic_violence"),
    )
    assignment = await world.assignment(crew, incident)
    await world.happen("assignment.offered", assignment_id=assignment, incident_id=incident)
    (row,) = await world.deliveries()
    words = world.body(row)
    assert "Contoh" not in words and "KEKERASAN" not in words and "tanpa sirene" in words


async def test_a_nudge_writes_again_only_to_who_was_not_reached(ctx: Context, world: World) -> None:
    crew, incident = await world.crew(), await world.incident()
    assignment = await world.assignment(crew, incident)
    await world.happen("assignment.offered", assignment_id=assignment, incident_id=incident)
    due = {"incident_id": incident, "assignment_id": assignment, "step": 1, "channel": "sms"}
    await world.happen("ladder.step_due", **due)
    assert len(await world.deliveries()) == 1, "still on its way"
    await world.run("UPDATE delivery SET state = 'failed' WHERE assignment_id = $1", assignment)
    await world.happen("ladder.step_due", **due)
    assert [r["state"] for r in await world.deliveries()] == ["failed", "queued"]


async def test_nobody_left_tells_the_people_on_call(world: World) -> None:
    await world.run("DELETE FROM duty WHERE kind = 'on_call'")
    on_call, crew = await world.crew(duty="on_call"), await world.crew()
    incident = await world.incident()
    assignment = await world.assignment(crew, incident, "declined")
    await world.happen("ladder.exhausted", incident_id=incident, assignment_id=assignment)
    (row,) = await world.deliveries()
    assert world.to(row) == on_call.phone and row["lane"] == "life"
    assert f"BUTUH PETUGAS (K{incident})" in world.body(row)
    assert row["assignment_id"] is None, "their receipt must not stamp the crew's assignment"


async def test_recall_cancels_what_is_unsent_and_tells_only_who_was_told(
    ctx: Context, world: World
) -> None:
    told, untold, incident = await world.crew(), await world.crew(), await world.incident()
    first = await world.assignment(told, incident)
    await world.happen("assignment.offered", assignment_id=first, incident_id=incident)
    await Sender(ctx, {"log": LogGateway(ctx)}, "life").drain()
    second = await world.assignment(untold, incident)
    await world.happen("assignment.offered", assignment_id=second, incident_id=incident)
    for assignment in (first, second):
        await world.happen(
            "assignment.recalled", assignment_id=assignment, incident_id=incident, source="operator"
        )
    rows = {(r["assignment_id"], r["template"]): r["state"] for r in await world.deliveries()}
    assert rows == {
        (first, "offer"): "sent",
        (first, "recalled"): "queued",
        (second, "offer"): "cancelled",
    }


@pytest.mark.parametrize("kind", ["assignment.expired", "assignment.declined"])
async def test_an_offer_that_ended_is_not_sent_any_more(world: World, kind: str) -> None:
    crew, incident = await world.crew(), await world.incident()
    assignment = await world.assignment(crew, incident)
    await world.happen("assignment.offered", assignment_id=assignment, incident_id=incident)
    await world.happen(kind, assignment_id=assignment, incident_id=incident)
    assert [r["state"] for r in await world.deliveries()] == ["cancelled"]


async def test_a_moved_place_reaches_every_live_crew(world: World) -> None:
    a, b, gone = [await world.crew() for _ in range(3)]
    incident = await world.incident()
    first = await world.assignment(a, incident, "en_route")
    await world.assignment(b, incident, "accepted")
    await world.assignment(gone, incident, "declined")
    await world.happen("incident.changed", incident_id=incident, fields=["casualties"])
    assert await world.deliveries() == []
    await world.happen("incident.changed", incident_id=incident, fields=["geom", "place_label"])
    rows = await world.deliveries()
    assert {world.to(r) for r in rows} == {a.phone, b.phone}
    expected = f"LOKASI PINDAH ({await world.code(first)}) {a.unit_code}"
    assert any(expected in world.body(r) for r in rows)


async def test_a_receipt_has_code_and_link(world: World, ctx: Context) -> None:
    number = phone()
    report, token = await world.report(number)
    await world.happen("report.created", report_id=report)
    (row,) = await world.deliveries()
    assert world.to(row) == number and row["lane"] == "normal"
    assert f"{ctx.settings.public_url}/l/{token}" in world.body(row)


async def test_a_whatsapp_reporter_is_answered_there(world: World) -> None:
    report, _ = await world.report(phone(), channel="chat")
    await world.happen("report.created", report_id=report)
    (row,) = await world.deliveries()
    assert row["channel"] == "chat"


@pytest.mark.parametrize("class_", ["prank", "spam", "ghost", "test", "silent", "abandoned"])
async def test_noise_and_silence_get_no_receipt(world: World, class_: str) -> None:
    report, _ = await world.report(phone(), class_=class_)
    await world.happen("report.created", report_id=report)
    assert await world.deliveries() == []


async def test_a_silent_victim_is_never_written_to(world: World) -> None:
    incident, crew = await world.incident(hidden=True), await world.crew()
    number = phone()
    silent, _ = await world.report(number, silent=True, incident_id=incident)
    # The same phone has an ordinary report on the incident, too.
    await world.report(number, incident_id=incident)
    assignment = await world.assignment(crew, incident, "en_route")
    await world.happen("report.created", report_id=silent)
    await world.happen("assignment.en_route", assignment_id=assignment, incident_id=incident)
    assert await world.deliveries("recipient_hash = $1", world.vault.phone_hash(number)) == []


async def test_violence_is_receipted_covertly(world: World) -> None:
    report, token = await world.report(phone(), type_="domestic_violence")
    await world.happen("report.created", report_id=report)
    (row,) = await world.deliveries()
    assert row["template"] == "receipt_covert" and token not in world.body(row)


async def test_each_reporter_hears_of_the_departure_once(world: World) -> None:
    incident, first, second = await world.incident(), await world.crew(), await world.crew()
    numbers = [phone(), phone()]
    for number in (*numbers, numbers[0]):
        await world.report(number, incident_id=incident)
    for crew in (first, second):
        assignment = await world.assignment(crew, incident, "en_route")
        await world.happen("assignment.en_route", assignment_id=assignment, incident_id=incident)
    rows = await world.deliveries()
    assert sorted(world.to(r) for r in rows) == sorted(numbers)
    assert all("petugas berangkat" in world.body(r) for r in rows)
    assert {r["assignment_id"] for r in rows} == {None}, "their receipt must not stamp the crew's"


async def test_no_reporters_words_reach_a_third_phone(world: World) -> None:
    crew, incident = await world.crew(), await world.incident()
    await world.run(
        "UPDATE incident SET place_label = $2 WHERE id = $1",
        incident,
        "Jl. Pala klik http://jahat.example hub 0811-0000-9999",
    )
    assignment = await world.assignment(crew, incident)
    await world.happen("assignment.offered", assignment_id=assignment, incident_id=incident)
    (row,) = await world.deliveries()
    assert "jahat" not in world.body(row) and "9999" not in world.body(row)


async def survey(ctx: Context, incident: int, unless: tuple[str, ...] = ()) -> None:
    async with ctx.db.tx() as tx:
        await requests.create(
            tx,
            program="skm",
            purpose="survey",
            template="survey_quick",
            incident_id=incident,
            params={"link": "https://contoh.example/n/{token}"},
            unless=unless,
            answer_digits=3,
            answer_max=4,
            min_gap_days=30,
        )


async def test_a_program_reaches_reporters_it_does_not_know(ctx: Context, world: World) -> None:
    incident, number, refused, silent = await world.incident(), phone(), phone(), phone()
    await world.report(number, incident_id=incident)
    await world.report(number, incident_id=incident)
    await world.report(None, incident_id=incident)
    await world.report(refused, incident_id=incident)
    await world.report(silent, incident_id=incident, silent=True)
    async with ctx.db.tx() as tx:
        await consents.refuse_number(tx, ctx.vault.phone_hash(refused), "survey", channel="sms")
    await survey(ctx, incident, ("silent", "anonymous"))
    await world.catch_up()
    (row,) = await world.deliveries()
    assert world.to(row) == number and row["request_event_id"] is not None
    assert "https://contoh.example/n/" in world.body(row) and "{token}" not in world.body(row)
    assert await world.events("delivery.queued", request_event_id=row["request_event_id"]) == 1


@pytest.mark.parametrize(
    ("fact", "change"),
    [
        ("hidden", "UPDATE incident SET hidden = true WHERE id = $1"),
        ("casualties_p1", "UPDATE incident SET casualties = 2 WHERE id = $1"),
        ("domestic_violence", "UPDATE incident SET type = 'domestic_violence' WHERE id = $1"),
        ("noise", "UPDATE report SET class = 'prank' WHERE incident_id = $1"),
    ],
)
async def test_facts_of_the_incident_forbid_a_programs_message(
    ctx: Context, world: World, fact: str, change: str
) -> None:
    incident = await world.incident()
    await world.report(phone(), incident_id=incident)
    await world.run(change, incident)
    await survey(ctx, incident, (fact,))
    await world.catch_up()
    assert await world.deliveries() == []


async def test_a_receipt_queued_before_its_report_is_linked_joins_the_incidents_history(
    ctx: Context, world: World
) -> None:
    report, _ = await world.report(phone())
    await world.happen("report.created", report_id=report)
    incident = await world.incident()
    await world.happen("report.linked", report_id=report, incident_id=incident)
    await Sender(ctx, {"log": LogGateway(ctx)}, "normal").drain()
    (row,) = await world.deliveries()
    assert row["incident_id"] == incident
    async with ctx.db.read() as tx:
        said = await tx.fetch("SELECT kind FROM event WHERE incident_id = $1 ORDER BY id", incident)
    assert [e["kind"] for e in said][-2:] == ["delivery.sending", "delivery.sent"]
