"""Twilio's webhooks: signed over the public address, kept once, answered after the commit."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from prometheus_client import REGISTRY
from twilio.request_validator import RequestValidator

from core.context import Context
from notifier.gateways.base import Gateway
from notifier.gateways.twilio_webhook import MAX_BODY
from notifier.sender import Sender
from tests.fixtures.web import Served
from tests.notifier.doors import (
    INBOUND,
    PUBLIC,
    RECEIPTS,
    contacts,
    kept,
    message,
    post,
    receipt,
)
from tests.notifier.fake_twilio import TOKEN, FakeTwilio
from tests.notifier.world import World, phone


def refused() -> float:
    return REGISTRY.get_sample_value("siponcega_gateway_refused_total", {"gateway": "twilio"}) or 0


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
