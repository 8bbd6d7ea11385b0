"""Senders against a loopback Twilio with faults: nothing lost, nothing twice, offers first."""

from __future__ import annotations

import asyncio

import pytest

from core.context import Context
from notifier import lookup, queue, sender
from notifier.gateways.base import Gateway
from notifier.sender import Sender
from tests.notifier.fake_twilio import OURS, FakeTwilio, Fault
from tests.notifier.settling import settle
from tests.notifier.world import World


@pytest.fixture
def gateways(twilio: dict[str, Gateway]) -> dict[str, Gateway]:
    return twilio


async def test_a_message_is_sent_with_all_it_needs(
    ctx: Context, gateways: dict[str, Gateway], fake: FakeTwilio, world: World
) -> None:
    number = "+6281100999001"
    delivery = await world.queued(to=number, body="Halo contoh", life_s=300)
    await Sender(ctx, gateways, "normal").drain()
    row = await world.delivery(delivery)
    sent = fake.outbound()[0]
    assert (sent["to"], sent["from"], sent["body"]) == (number, OURS, "Halo contoh")
    assert (row["state"], row["provider_id"], row["gateway"]) == ("sent", sent["sid"], "twilio")
    assert fake.callbacks[sent["sid"]].endswith(f"/api/v1/receipts/twilio?d={delivery}")
    assert await world.events("delivery.sent", delivery_id=delivery) == 1


async def test_429_waits_as_long_as_told_and_offers_go_on(
    ctx: Context, gateways: dict[str, Gateway], fake: FakeTwilio, world: World
) -> None:
    fake.faults.append(Fault(429, {"Retry-After": "40"}, 20429))
    first = await world.queued()
    mass = Sender(ctx, gateways, "normal")
    await mass.drain()
    row = await world.delivery(first)
    wait = (row["next_attempt_at"] - row["sending_at"]).total_seconds()
    assert row["state"] == "queued" and row["reason"] == "twilio:20429" and 39 < wait < 45
    second = await world.queued()
    await mass.drain()
    assert (await world.delivery(second))["state"] == "queued", "Retry-After holds for the lane"
    offer = await world.queued(lane="life")
    await Sender(ctx, gateways, "life").drain()
    assert (await world.delivery(offer))["state"] == "sent", "but not for offers"


async def test_refused_by_the_provider_is_final(
    ctx: Context, gateways: dict[str, Gateway], fake: FakeTwilio, world: World
) -> None:
    fake.faults.append(Fault(400, code=21211))
    delivery = await world.queued()
    await Sender(ctx, gateways, "normal").drain()
    row = await world.delivery(delivery)
    assert (row["state"], row["reason"]) == ("failed", "twilio:21211")


async def test_a_foreign_number_never_leaves(
    ctx: Context, gateways: dict[str, Gateway], fake: FakeTwilio, world: World
) -> None:
    delivery = await world.queued(to="+15005550006")
    await Sender(ctx, gateways, "normal").drain()
    assert (await world.delivery(delivery))["reason"] == "not_on_allow_list"
    assert fake.creations == 0


@pytest.mark.parametrize(
    "fault",
    [
        Fault(500, accept=True),
        Fault(accept=True, drop=True),
        Fault(accept=True, hang_s=0.6),
    ],
    ids=["500", "dropped", "silence"],
)
async def test_accepted_and_then_trouble_is_looked_up_and_not_sent_twice(
    ctx: Context,
    gateways: dict[str, Gateway],
    fake: FakeTwilio,
    world: World,
    quick: None,
    monkeypatch: pytest.MonkeyPatch,
    fault: Fault,
) -> None:
    monkeypatch.setattr(sender, "SEND_TIMEOUT_S", 0.25)
    fake.faults.append(fault)
    delivery = await world.queued(lane="life")
    await Sender(ctx, gateways, "life").drain()
    assert (await world.delivery(delivery))["state"] == "unknown"
    await settle(ctx, gateways, world)
    row = await world.delivery(delivery)
    assert (row["state"], row["provider_id"]) == ("sent", fake.outbound()[0]["sid"])
    assert fake.creations == len(fake.outbound()) == 1


async def test_500_without_acceptance_is_sent_again_as_a_new_delivery(
    ctx: Context, gateways: dict[str, Gateway], fake: FakeTwilio, world: World, quick: None
) -> None:
    fake.faults.append(Fault(500))
    delivery = await world.queued(lane="life", assignment_id=None, body="Sekali saja")
    await settle(ctx, gateways, world)
    old, new = await world.deliveries()
    assert (old["state"], old["reason"]) == ("failed", "never_taken")
    assert (new["replay_of"], new["state"]) == (delivery, "sent")
    assert fake.bodies() == ["Sekali saja"]


async def test_a_look_up_without_answer_is_no_permission_to_send_again(
    ctx: Context, gateways: dict[str, Gateway], fake: FakeTwilio, world: World, quick: None
) -> None:
    fake.faults.append(Fault(500, accept=True))
    delivery = await world.queued(lane="life")
    await Sender(ctx, gateways, "life").drain()
    fake.lists_down = True
    for _ in range(3):
        await world.run("UPDATE delivery SET lookup_at = now()")
        assert await lookup.step(ctx, gateways) == 1
    row = await world.delivery(delivery)
    assert (row["state"], row["lookups"]) == ("unknown", 0)
    fake.lists_down = False
    await world.run("UPDATE delivery SET lookup_at = now()")
    await settle(ctx, gateways, world)
    assert (await world.delivery(delivery))["state"] == "sent" and len(fake.outbound()) == 1


async def test_equal_words_to_one_number_are_told_apart(
    ctx: Context, gateways: dict[str, Gateway], fake: FakeTwilio, world: World, quick: None
) -> None:
    number = "+6281100999002"
    first = await world.queued(to=number, body="Sama")
    await Sender(ctx, gateways, "normal").drain()
    fake.faults.append(Fault(500))  # this one is not taken
    second = await world.queued(to=number, body="Sama")
    await settle(ctx, gateways, world)
    rows = await world.deliveries("recipient_hash = $1", ctx.vault.phone_hash(number))
    assert [r["state"] for r in rows] == ["sent", "failed", "sent"]
    assert rows[0]["id"] == first and rows[2]["replay_of"] == second
    assert len({r["provider_id"] for r in rows if r["provider_id"]}) == 2


async def test_killed_between_send_and_mark(
    ctx: Context, gateways: dict[str, Gateway], fake: FakeTwilio, world: World, quick: None
) -> None:
    """The process dies after the provider took the message and before we wrote so."""
    delivery = await world.queued(lane="life", body="Tepat sekali")
    doomed = Sender(ctx, gateways, "life")
    await doomed.step()
    while doomed._sends:
        await asyncio.wait(doomed._sends)
    assert fake.creations == 1 and (await world.delivery(delivery))["state"] == "sending"
    del doomed  # its result was never written
    await world.run("UPDATE delivery SET lease_until = now()")
    async with ctx.db.tx() as tx:
        assert await queue.sweep(tx) == (0, 1)
    assert (await world.delivery(delivery))["state"] == "unknown"
    await settle(ctx, gateways, world)
    assert (await world.delivery(delivery))["state"] == "sent"
    assert fake.bodies() == ["Tepat sekali"]


async def test_a_sender_frozen_past_its_lease_writes_nothing(
    ctx: Context, gateways: dict[str, Gateway], fake: FakeTwilio, world: World, quick: None
) -> None:
    delivery = await world.queued(lane="life")
    frozen = Sender(ctx, gateways, "life")
    await frozen.step()
    while frozen._sends:
        await asyncio.wait(frozen._sends)
    await world.run("UPDATE delivery SET lease_until = now()")
    async with ctx.db.tx() as tx:
        await queue.sweep(tx)
    fake.messages.clear()  # as if the provider had dropped it: the truth is "never taken"
    await settle(ctx, gateways, world)
    before = await world.delivery(delivery)
    await frozen.step()  # thaws, and wants to write its old "sent"
    after = await world.delivery(delivery)
    assert before["state"] == after["state"] == "failed"


async def test_a_sender_held_up_does_not_send_at_the_end_of_its_lease(
    ctx: Context,
    gateways: dict[str, Gateway],
    fake: FakeTwilio,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sender, "LEASE_S", 9.0)  # shorter than a send may take
    delivery = await world.queued(lane="life")
    await Sender(ctx, gateways, "life").drain()
    row = await world.delivery(delivery)
    assert fake.creations == 0 and (row["state"], row["reason"]) == ("queued", "held_up")


async def test_two_senders_racing_send_each_message_once(
    ctx: Context, gateways: dict[str, Gateway], fake: FakeTwilio, world: World
) -> None:
    fake.delay_s = 0.005
    bodies = [f"Pesan {n}" for n in range(150)]
    for body in bodies:
        await world.queued(body=body)
    await asyncio.gather(*(Sender(ctx, gateways, "normal").drain() for _ in range(3)))
    assert sorted(fake.bodies()) == sorted(bodies)
    assert {r["state"] for r in await world.deliveries()} == {"sent"}
    assert fake.most_in_flight > 20, "sends go out together"


async def test_an_offer_does_not_wait_behind_a_mass_message(
    ctx: Context, gateways: dict[str, Gateway], fake: FakeTwilio, world: World
) -> None:
    fake.delay_s = 0.15
    for n in range(200):
        await world.queued(body=f"Massal {n}")
    mass = asyncio.create_task(Sender(ctx, gateways, "normal").drain())
    await fake.busy.wait()
    await world.queued(lane="life", body="TUGAS")
    await Sender(ctx, gateways, "life").drain()
    at = fake.bodies().index("TUGAS")
    await mass
    assert len(fake.bodies()) == 201 and at < 150, at


async def test_too_late_is_expired_and_not_sent(
    ctx: Context, gateways: dict[str, Gateway], fake: FakeTwilio, world: World
) -> None:
    delivery = await world.queued(life_s=-1)
    await Sender(ctx, gateways, "normal").drain()
    async with ctx.db.tx() as tx:
        assert await queue.sweep(tx) == (1, 0)
    assert fake.creations == 0 and (await world.delivery(delivery))["state"] == "expired"


async def test_the_daily_limit_holds_mass_messages_and_never_offers(
    ctx: Context, gateways: dict[str, Gateway], fake: FakeTwilio, world: World
) -> None:
    ctx.settings.sms_daily_limit = 2
    for _ in range(2):
        await world.queued()
    await Sender(ctx, gateways, "normal").drain()
    held = await world.queued()
    offer = await world.queued(lane="life")
    await Sender(ctx, gateways, "normal").drain()
    await Sender(ctx, gateways, "life").drain()
    assert (await world.delivery(held))["state"] == "queued"
    assert (await world.delivery(offer))["state"] == "sent"


async def test_unconfirmed_messages_are_asked_about(
    ctx: Context, gateways: dict[str, Gateway], fake: FakeTwilio, world: World
) -> None:
    delivery = await world.queued()
    await Sender(ctx, gateways, "normal").drain()
    fake.outbound()[0]["status"] = "delivered"  # its callback got lost
    assert await lookup.step(ctx, gateways) == 0, "not yet: the callback may come"
    await world.run("UPDATE delivery SET sent_at = now() - interval '3 minutes'")
    assert await lookup.step(ctx, gateways) == 1
    assert (await world.delivery(delivery))["state"] == "delivered"
