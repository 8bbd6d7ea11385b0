"""What staff may ask about deliveries, and sending one again."""

from __future__ import annotations

import asyncio
import uuid
from pathlib import Path

import pytest

from core.context import Context
from dispatch.intake import Intake
from notifier import lookup, retention
from notifier.gateways.base import Gateway
from notifier.sender import Sender
from tests.fixtures.canary import Canary
from tests.fixtures.web import Served
from tests.notifier.doors import INBOUND, message, post, receipt
from tests.notifier.fake_twilio import FakeTwilio, Fault
from tests.notifier.world import World, phone


async def test_the_desk_sees_the_truth_of_an_offer_without_number_or_words(
    served: Served, world: World
) -> None:
    crew, incident = await world.crew(), await world.incident()
    assignment = await world.assignment(crew, incident)
    await world.happen("assignment.offered", assignment_id=assignment, incident_id=incident)
    async with served.role("operator") as client:
        answer = await client.get("/api/v1/deliveries", params={"assignment_id": assignment})
        (shown,) = answer.json()["deliveries"]
        nothing = await client.get("/api/v1/deliveries")
    assert (shown["state"], shown["template"]) == ("queued", "offer")
    assert shown["to"].startswith("+6281***") and crew.phone not in answer.text
    assert "TUGAS" not in answer.text
    assert nothing.json() == {"deliveries": []}


@pytest.mark.parametrize("role", ["petugas", "opd", "auditor", "warga"])
async def test_others_see_no_deliveries(served: Served, role: str) -> None:
    async with served.role(role) as client:
        assert (await client.get("/api/v1/deliveries")).status_code == 403
        assert (await client.post("/api/v1/deliveries/1/replay")).status_code == 403


async def test_a_failed_delivery_is_sent_again_as_a_new_one_and_once(
    served: Served, world: World, ctx: Context, twilio: dict[str, Gateway], fake: FakeTwilio
) -> None:
    fake.faults.append(Fault(400, code=30003))
    delivery = await world.queued(body="Coba lagi")
    await Sender(ctx, twilio, "normal").drain()
    async with served.role("supervisor") as client:
        answers = await asyncio.gather(
            *(client.post(f"/api/v1/deliveries/{delivery}/replay") for _ in range(3))
        )
        missing = await client.post("/api/v1/deliveries/999999/replay")
    assert sorted(a.status_code for a in answers) == [201, 409, 409]
    assert missing.status_code == 404
    await Sender(ctx, twilio, "normal").drain()
    old, new = await world.deliveries()
    assert (old["state"], new["state"], new["replay_of"]) == ("failed", "sent", delivery)
    assert fake.bodies() == ["Coba lagi"]


async def test_the_same_key_sends_again_once_and_is_told_the_same(
    served: Served, world: World
) -> None:
    delivery = await world.queued()
    await world.run("UPDATE delivery SET state = 'failed' WHERE id = $1", delivery)
    where, key = f"/api/v1/deliveries/{delivery}/replay", {"Idempotency-Key": str(uuid.uuid4())}
    async with served.role("operator") as client:
        first = await client.post(where, headers=key)
        again = await client.post(where, headers=key)
        other = await client.post(where, headers={"Idempotency-Key": str(uuid.uuid4())})
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert first.json()["id"] == again.json()["id"] != delivery


async def test_what_may_have_been_taken_is_not_sent_again_by_hand(
    served: Served, world: World
) -> None:
    delivery = await world.queued()
    await world.run("UPDATE delivery SET state = 'unknown' WHERE id = $1", delivery)
    async with served.role("operator") as client:
        assert (await client.post(f"/api/v1/deliveries/{delivery}/replay")).status_code == 409


async def test_numbers_and_words_go_when_their_time_is_over(ctx: Context, world: World) -> None:
    old, new = await world.queued(), await world.queued()
    await world.run("UPDATE delivery SET queued_at = now() - interval '91 days' WHERE id = $1", old)
    assert await retention.step(ctx) == 1
    row = await world.delivery(old)
    assert (row["recipient_enc"], row["recipient_hash"], row["body_enc"]) == (None, None, None)
    assert row["template"] and (await world.delivery(new))["body_enc"] is not None


async def test_a_canary_number_is_nowhere_in_clear(
    served: Served,
    world: World,
    ctx: Context,
    intake: Intake,
    twilio: dict[str, Gateway],
    fake: FakeTwilio,
    log_file: Path,
) -> None:
    """It reports, is receipted, crews a unit, is told, answers, fails, and is looked up."""
    number = "+6281277665544"
    form = message(number, f"kebakaran di Bandar Sono Lk 4, hubungi {number}")
    assert (await post(served, INBOUND, form)).status_code == 200
    crew, incident = await world.crew(number=number), await world.incident()
    assignment = await world.assignment(crew, incident)
    fake.faults.append(Fault(500, accept=True))
    await world.happen("assignment.offered", assignment_id=assignment, incident_id=incident)
    await Sender(ctx, twilio, "life").drain()
    await Sender(ctx, twilio, "normal").drain()
    await world.run("UPDATE delivery SET lookup_at = now()")
    await lookup.step(ctx, twilio)
    for sent in fake.outbound():
        delivery = int(fake.callbacks[sent["sid"]].rpartition("=")[2])
        await receipt(served, sent["sid"], "undelivered", delivery, ErrorCode="30003")
    assert (await post(served, INBOUND, message(number, "1"))).status_code == 200
    async with served.as_() as client:
        await client.post("/api/v1/simulator/messages", json={"number": number, "text": "1"})
        handsets = (await client.get("/api/v1/simulator/handsets")).json()["handsets"]
        mine = next(h for h in handsets if h["number"] == number)
        assert mine["id"] and number[1:] not in mine["id"]
    assert number in fake.outbound()[0]["to"], "the number was really used"
    canary = Canary(number)
    async with ctx.db.read() as tx:
        assert await canary.scan_database(tx) == []
    assert await asyncio.to_thread(log_file.read_bytes)
    assert canary.scan_files(log_file) == []
    assert phone() != number
