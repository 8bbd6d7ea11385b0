"""Send and look up until nothing is open."""

from __future__ import annotations

import pytest

from core.context import Context
from notifier import lookup
from notifier.gateways.base import Gateway
from notifier.sender import Sender
from tests.notifier.world import World


async def settle(ctx: Context, gateways: dict[str, Gateway], world: World) -> None:
    """Send, look up, send again, until nothing is open (retries due now are not waited for)."""
    for _ in range(6):
        await Sender(ctx, gateways, "life").drain()
        await Sender(ctx, gateways, "normal").drain()
        if not await lookup.step(ctx, gateways):
            return
    pytest.fail("never settled")
