"""Twilio's webhooks: signed over the public address, kept once, answered after the commit."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from urllib.parse import urlencode

import httpx
import pytest
from prometheus_client import REGISTRY
from twilio.request_validator import RequestValidator

from core.context import Context
from dispatch.intake import Intake
from notifier import inbound, reconcile
from notifier.conversations import Conversations
from notifier.gateways.base import Gateway
from notifier.gateways.twilio_webhook import MAX_BODY
from notifier.sender import Sender
from tests.fixtures.web import Served
from tests.notifier.conftest import PUBLIC
from tests.notifier.fake_twilio import ACCOUNT, OURS, TOKEN, FakeTwilio
from tests.notifier.world import World, phone

INBOUND, RECEIPTS = "/api/v1/inbound/twilio", "/api/v1/receipts/twilio"


def message(sender: str, body: str, **more: str) -> dict[str, str]:
    return {
        "AccountSid": ACCOUNT,
        "MessageSid": "SM" + secrets.token_hex(16),
        "From": sender,
        "To": OURS,
        "Body": body,
        "NumMedia": "0",
        **more,
    }


async def post(
    served: Served,
    path: str,
    form: Mapping[str, str],
    *,
    url: str | None = None,
    token: str = TOKEN,
    signature: str | None = None,
) -> httpx.Response:
    signed = RequestValidator(token).compute_signature(url or PUBLIC + path, dict(form))
    async with served.as_() as client:
        return await client.post(
            path,
            content=urlencode(form),
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "X-Twilio-Signature": signed if signature is None else signature,
            },
        )


def refused() -> float:
    return REGISTRY.get_sample_value("siponcega_gateway_refused_total", {"gateway": "twilio"}) or 0


async def kept(world: World) -> int:
    async with world.db.read() as tx:
        count: int = await tx.fetchval("SELECT count(*) FROM inbound_message")
    return count


async def contacts(world: World, number: str) -> list[int]:
    async with world.db.read() as tx:
        rows = await tx.fetch(
            "SELECT contact_id FROM contact_private WHERE phone_hash = $1 ORDER BY contact_id",
            world.vault.phone_hash(number),
        )
    return [row["contact_id"] for row in rows]


async def test_an_emergency_by_sms_becomes_a_contact_with_its_bytes(
    served: Served, world: World
) -> None:
    number = phone()
    form = message(number, "kebakaran rumah di Bandar Sono Lk 4 & <api>")
    answer = await post(served, INBOUND, form)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/xml")
    assert answer.text.endswith("<Response/>")
    (contact,) = await contacts(world, number)
    async with world.db.read() as tx:
        raw = await tx.fetchval(
            "SELECT raw_enc FROM contact_private WHERE contact_id = $1", contact
        )
        row = await tx.fetchrow(
            "SELECT channel, gateway, provider_id FROM contact WHERE id = $1", contact
        )
        mine = await tx.fetchrow("SELECT outcome, contact_id, raw_enc FROM inbound_message")
    assert world.vault.decrypt(raw) == urlencode(form).encode()
    assert tuple(row or ()) == ("sms", "twilio", form["MessageSid"])
    assert mine is not None and tuple(mine) == ("report", contact, None)


async def test_told_twice_is_kept_once(served: Served, world: World) -> None:
    number = phone()
    form = message(number, "banjir di Tebing Tinggi Lama")
    for _ in range(3):
        assert (await post(served, INBOUND, form)).status_code == 200
    assert len(await contacts(world, number)) == 1 and await kept(world) == 1


async def test_whatsapp_comes_with_its_place(served: Served, world: World) -> None:
    number = phone()
    form = message(f"whatsapp:{number}", "tolong ada kebakaran", Latitude="3.33", Longitude="99.16")
    assert (await post(served, INBOUND, form)).status_code == 200
    (contact,) = await contacts(world, number)
    async with world.db.read() as tx:
        row = await tx.fetchrow(
            """SELECT c.channel, ST_Y(r.geom) AS lat FROM report r JOIN contact c ON c.id = r.contact_id
               WHERE c.id = $1""",
            contact,
        )
    assert row is not None and row["channel"] == "chat" and row["lat"] == pytest.approx(3.33)


@pytest.mark.parametrize("path", [INBOUND, RECEIPTS])
@pytest.mark.parametrize(
    "how",
    [
        {"signature": ""},
        {"signature": "AAAA"},
        {"token": "rahasia-orang-lain"},
        {"url": "https://lain.contoh.example/api/v1/inbound/twilio"},
        {"url": PUBLIC + INBOUND + "?x=1"},
    ],
)
async def test_a_wrong_signature_is_refused_and_counted(
    served: Served, world: World, path: str, how: dict[str, str]
) -> None:
    before = refused()
    answer = await post(served, path, message(phone(), "palsu", MessageStatus="delivered"), **how)
    assert answer.status_code == 403 and refused() == before + 1
    assert await kept(world) == 0


async def test_another_account_is_refused(served: Served, world: World) -> None:
    form = message(phone(), "palsu") | {"AccountSid": "AC" + "9" * 32}
    assert (await post(served, INBOUND, form)).status_code == 403
    assert await kept(world) == 0


async def test_a_changed_field_breaks_the_signature(served: Served, world: World) -> None:
    form = message(phone(), "asli")
    signature = RequestValidator(TOKEN).compute_signature(PUBLIC + INBOUND, form)
    answer = await post(served, INBOUND, form | {"Body": "diubah"}, signature=signature)
    assert answer.status_code == 403 and await kept(world) == 0


async def test_a_huge_or_broken_body_is_refused_without_a_trace(served: Served) -> None:
    big = message(phone(), "x" * MAX_BODY)
    assert (await post(served, INBOUND, big)).status_code in (403, 413)
    async with served.as_() as client:
        answer = await client.post(INBOUND, content=b"\xff\xfe\x00=\x80")
    assert answer.status_code == 403 and "Traceback" not in answer.text


async def test_a_signed_form_without_id_is_still_kept(served: Served, world: World) -> None:
    form = message(phone(), "tolong")
    del form["MessageSid"]
    assert (await post(served, INBOUND, form)).status_code == 200
    assert (await post(served, INBOUND, form)).status_code == 200
    assert await kept(world) == 1
    async with world.db.read() as tx:
        outcome = await tx.fetchval("SELECT outcome FROM inbound_message")
    assert outcome == "unreadable"


async def receipt(served: Served, sid: str, status: str, delivery: int, **more: str) -> int:
    form = {"AccountSid": ACCOUNT, "MessageSid": sid, "MessageStatus": status, **more}
    path = f"{RECEIPTS}?d={delivery}"
    return (await post(served, path, form)).status_code


@pytest.mark.parametrize(
    ("statuses", "state"),
    [
        (["queued", "sent", "delivered"], "delivered"),
        (["delivered", "sent", "queued"], "delivered"),
        (["delivered", "delivered", "delivered"], "delivered"),
        (["read", "delivered", "sent"], "read"),
        (["delivered", "undelivered"], "delivered"),
        (["undelivered", "delivered"], "failed"),
        (["sent", "failed", "sent"], "failed"),
        (["sent", "no-such-status"], "sent"),
    ],
)
async def test_receipts_in_any_order_never_lower_the_rank(
    served: Served, world: World, ctx: Context, twilio: dict[str, Gateway], fake: FakeTwilio,
    statuses: list[str], state: str,
) -> None:  # fmt: skip
    delivery = await world.queued()
    await Sender(ctx, twilio, "normal").drain()
    sid = fake.outbound()[-1]["sid"]
    for status in statuses:
        assert await receipt(served, sid, status, delivery) == 204
    assert (await world.delivery(delivery))["state"] == state
    assert await world.events(f"delivery.{state}", delivery_id=delivery) == 1


async def test_a_receipt_overtakes_our_own_sent(
    served: Served, world: World, ctx: Context, twilio: dict[str, Gateway]
) -> None:
    delivery = await world.queued()
    sender = Sender(ctx, twilio, "normal")
    await sender.step()
    assert (await world.delivery(delivery))["state"] == "sending"
    assert await receipt(served, "SM" + "0" * 32, "delivered", delivery) == 204
    await sender.drain()
    row = await world.delivery(delivery)
    assert (row["state"], row["provider_id"]) == ("delivered", "SM" + "0" * 32)
    assert await world.events("delivery.sent", delivery_id=delivery, backfilled=True) == 1


async def test_a_receipt_for_a_stranger_moves_nothing(
    served: Served, world: World, ctx: Context, twilio: dict[str, Gateway]
) -> None:
    delivery = await world.queued()
    await Sender(ctx, twilio, "normal").drain()
    assert await receipt(served, "SM" + "1" * 32, "delivered", delivery) == 204
    assert (await world.delivery(delivery))["state"] == "sent", "that id is another message's"


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


async def test_messages_missed_in_an_outage_are_fetched(
    served: Served, world: World, ctx: Context, intake: Intake, twilio: dict[str, Gateway],
    fake: FakeTwilio, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("notifier.gateways.twilio.PAGE_SIZE", 2)
    told, missed = phone(), [phone() for _ in range(4)]
    form = message(told, "banjir di Bandar Sakti")
    fake.messages.append(
        {"sid": form["MessageSid"], "from": told, "to": OURS, "body": form["Body"],
         "direction": "inbound", "status": "received", "date_created": None, "date_sent": None}
    )  # fmt: skip
    await post(served, INBOUND, form)
    for n, number in enumerate(missed):
        fake.receive(number, f"kebakaran di Bandar Sono Lk {n + 1}", ago_s=60 - n)
    fake.receive(phone(), "dari minggu lalu", ago_s=7 * 86_400)
    assert await reconcile.step(ctx, intake, twilio) == 4
    assert fake.pages_served >= 3, "page after page"
    assert [len(await contacts(world, n)) for n in (told, *missed)] == [1] * 5
    assert await reconcile.step(ctx, intake, twilio) == 0


async def test_reconciliation_waits_while_twilio_is_down(
    world: World, ctx: Context, intake: Intake, twilio: dict[str, Gateway], fake: FakeTwilio
) -> None:
    number = phone()
    fake.receive(number, "kebakaran di Bandar Sono", ago_s=3_600)
    fake.lists_down = True
    assert await reconcile.step(ctx, intake, twilio) == 0
    async with world.db.read() as tx:
        assert await tx.fetchval("SELECT inbound_seen_at FROM gateway_state") is None
    fake.lists_down = False
    assert await reconcile.step(ctx, intake, twilio) == 1
    assert len(await contacts(world, number)) == 1
