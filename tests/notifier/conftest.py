"""A context and a world on this module's database."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from core.context import Context, open_context
from core.settings import Settings
from tests.notifier.world import World


@pytest.fixture
async def ctx(settings: Settings) -> AsyncIterator[Context]:
    async with open_context(settings) as context:
        yield context


@pytest.fixture
async def world(ctx: Context) -> AsyncIterator[World]:
    """Each test starts with empty queues and with the log read to its end."""
    async with ctx.db.tx() as tx:
        await tx.execute("TRUNCATE delivery, delivery_receipt, inbound_message, simulator_message")
        await tx.execute("TRUNCATE gateway_state")
    made = World(ctx)
    await made.catch_up()
    async with ctx.db.tx() as tx:
        await tx.execute("TRUNCATE delivery CASCADE")
    yield made
