"""A gateway through which nothing gets is named, with why and since when."""

from __future__ import annotations

from core.context import Context
from core.web.health import Readiness
from notifier import readiness
from notifier.gateways.base import Gateway
from notifier.sender import Sender
from tests.notifier.fake_twilio import FakeTwilio, Fault
from tests.notifier.world import World


async def test_a_failing_gateway_is_named_until_it_works_again(
    ctx: Context, twilio: dict[str, Gateway], fake: FakeTwilio, world: World
) -> None:
    checks = readiness.checks(ctx.settings)
    assert set(checks) == {"gateway:twilio", "gateway:simulator"}
    looks = Readiness()
    assert (await looks.look(ctx, checks))["gateway:twilio"].status == "ok"
    fake.faults += [Fault(401, code=20003)] * 3
    sender = Sender(ctx, twilio, "life")
    for _ in range(3):
        await world.queued(lane="life")
        await sender.drain()
    since = await _failing_since(world)
    part = (await looks.look(ctx, checks))["gateway:twilio"]
    assert (part.status, part.detail) == ("degraded", "failing: twilio:20003")
    assert part.since == since
    assert (await looks.look(ctx, checks))["gateway:simulator"].status == "ok"
    await world.queued(lane="life")
    await sender.drain()
    assert (await looks.look(ctx, checks))["gateway:twilio"].status == "ok"


async def _failing_since(world: World) -> str:
    async with world.db.read() as tx:
        at = await tx.fetchval("SELECT failing_since FROM gateway_state WHERE gateway = 'twilio'")
    return str(at.isoformat(timespec="seconds"))
