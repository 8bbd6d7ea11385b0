"""Which gateway a message goes by when the first one does not take it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from core.context import Context
from notifier.gateways.base import Gateway
from notifier.gateways.log import LogGateway
from notifier.gateways.twilio import Twilio
from notifier.sender import Sender
from tests.notifier.fake_twilio import FakeTwilio, Fault
from tests.notifier.world import World


@pytest.fixture
def gateways(twilio: dict[str, Gateway]) -> dict[str, Gateway]:
    return twilio


class Second(LogGateway):
    """Another provider, which takes everything."""

    name = "second"
    delivers = True


@pytest.fixture
async def dead(ctx: Context, gateways: dict[str, Gateway]) -> AsyncIterator[Gateway]:
    """A Twilio whose every connection is refused."""
    gateway = Twilio(ctx)
    gateway._base = "http://127.0.0.1:9"
    yield gateway
    await gateway.close()


async def test_connection_refused_is_tried_again_and_another_gateway_takes_over(
    ctx: Context, dead: Gateway, world: World
) -> None:
    both: dict[str, Gateway] = {"twilio": dead, "second": Second(ctx)}
    ids = [await world.queued(lane="life") for _ in range(5)]
    offers = Sender(ctx, both, "life")
    for _ in range(3):
        await world.run("UPDATE delivery SET next_attempt_at = now() WHERE state = 'queued'")
        await offers.drain()
    rows = [await world.delivery(i) for i in ids]
    assert {r["state"] for r in rows} == {"sent"} and {r["gateway"] for r in rows} == {"second"}
    async with ctx.db.read() as tx:
        state = await tx.fetchrow("SELECT * FROM gateway_state WHERE gateway = 'twilio'")
    assert state is not None and state["failing_since"] is not None


@pytest.mark.parametrize("trouble", ["told to wait", "refused"])
async def test_the_log_never_stands_in_for_a_provider(
    ctx: Context, gateways: dict[str, Gateway], dead: Gateway, fake: FakeTwilio, world: World,
    trouble: str,
) -> None:  # fmt: skip
    """Else an offer would count as sent that nobody gets."""
    twilio = dead if trouble == "refused" else gateways["twilio"]
    both: dict[str, Gateway] = {"twilio": twilio, "log": LogGateway(ctx)}
    fake.faults += [Fault(429, {"Retry-After": "30"}, 20429)] * 4
    ids = [await world.queued(lane="life") for _ in range(4)]
    offers = Sender(ctx, both, "life")
    for _ in range(3):
        await world.run("UPDATE delivery SET next_attempt_at = now() WHERE state = 'queued'")
        await offers.drain()
    rows = [await world.delivery(i) for i in ids]
    assert "log" not in {r["gateway"] for r in rows} and {r["state"] for r in rows} == {"queued"}
    await world.run("DELETE FROM delivery WHERE id = ANY ($1)", ids)

    alone = await world.queued(lane="life")
    await Sender(ctx, {"log": LogGateway(ctx)}, "life").drain()
    assert (await world.delivery(alone))["gateway"] == "log"
