"""A message whose job ended while a gateway had it is not sent after all."""

from __future__ import annotations

import pytest

from core.context import Context
from notifier import queue
from notifier.gateways.base import Gateway
from notifier.sender import Sender
from tests.notifier.fake_twilio import FakeTwilio, Fault
from tests.notifier.settling import settle
from tests.notifier.world import World


@pytest.fixture
def gateways(twilio: dict[str, Gateway]) -> dict[str, Gateway]:
    return twilio


@pytest.mark.parametrize("fault", [Fault(429), Fault(500)], ids=["put off", "unclear"])
@pytest.mark.parametrize(("ended", "sent"), [("recalled", 0), ("expired", 0), ("accepted", 1)])
async def test_an_offer_that_was_with_the_gateway_when_its_job_ended_is_not_sent_after_all(
    ctx: Context, gateways: dict[str, Gateway], fake: FakeTwilio, world: World, quick: None,
    fault: Fault, ended: str, sent: int,
) -> None:  # fmt: skip
    job = await world.assignment(await world.crew(), await world.incident())
    await world.queued(lane="life", assignment_id=job, template="offer")
    fake.faults.append(fault)
    await Sender(ctx, gateways, "life").drain()
    await world.run("UPDATE assignment SET state = $2 WHERE id = $1", job, ended)
    await world.run("UPDATE delivery SET next_attempt_at = now() WHERE state = 'queued'")
    await settle(ctx, gateways, world)
    assert len(fake.outbound()) == sent
    async with ctx.db.tx() as tx:
        await queue.sweep(tx)
    last = (await world.deliveries())[-1]
    assert (last["state"], last["reason"]) == (("sent", None) if sent else ("cancelled", ended))
