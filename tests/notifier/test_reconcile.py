"""After an outage: what came in meanwhile is fetched from Twilio's list, once."""

from __future__ import annotations

import pytest

from core.context import Context
from dispatch.intake import Intake
from notifier import reconcile
from notifier.gateways.base import Gateway
from tests.fixtures.web import Served
from tests.notifier.doors import INBOUND, contacts, message, post
from tests.notifier.fake_twilio import OURS, FakeTwilio
from tests.notifier.world import World, phone


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
