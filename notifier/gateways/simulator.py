"""The demo's own telephone network: handsets on `/hp` that ring, show messages and answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

from core.context import Context
from notifier.gateways.base import Accepted, Found, Incoming, Outcome, Outgoing

BELL = "simulator"

# The delivery's id is the idempotency key that real providers lack.
SHOW = """
INSERT INTO simulator_message (direction, channel, number_enc, number_hash, body_enc, delivery_id)
VALUES ('to_handset', $1, $2, $3, $4, $5)
ON CONFLICT (delivery_id) DO NOTHING
"""
SHOWN = "SELECT id FROM simulator_message WHERE delivery_id = $1"


class Simulator:
    """Delivers at once, and never twice."""

    name = "simulator"
    channels = frozenset({"sms", "chat"})
    metered = False
    delivers = True

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def send(self, message: Outgoing) -> Outcome:
        vault = self._ctx.vault
        async with self._ctx.db.tx() as tx:
            await tx.execute(
                SHOW,
                message.channel,
                vault.encrypt(message.to),
                vault.phone_hash(message.to),
                vault.encrypt(message.body),
                message.delivery_id,
            )
        self._ctx.bell.ring(BELL)
        return Accepted(f"SIM{message.delivery_id}", "delivered", "delivered")

    async def lookup(
        self, message: Outgoing, since: datetime, provider_id: str | None, taken: frozenset[str]
    ) -> Found | None:
        async with self._ctx.db.read() as tx:
            if await tx.fetchval(SHOWN, message.delivery_id) is None:
                return None
        return Found(f"SIM{message.delivery_id}", "delivered", "delivered")

    async def inbound_since(self, since: datetime) -> AsyncIterator[Incoming]:
        nothing: tuple[Incoming, ...] = ()  # what handsets send is posted; none of it is missed
        for incoming in nothing:
            yield incoming

    async def check(self) -> str:
        return "simulator hidup; pesan tampil di /hp"

    async def close(self) -> None:
        return None
