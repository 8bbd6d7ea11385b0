"""Sends nothing: one log line a message, for servers that have no provider yet and for drills."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import structlog

from core.context import Context
from notifier.gateways.base import Accepted, Found, Incoming, Outcome, Outgoing

log = structlog.get_logger(__name__)


class LogGateway:
    """Every channel; each message counts as sent, none ever as delivered."""

    name = "log"
    channels = frozenset({"sms", "chat"})
    metered = False
    delivers = False

    def __init__(self, ctx: Context) -> None:
        del ctx

    async def send(self, message: Outgoing) -> Outcome:
        log.info("message", delivery_id=message.delivery_id, channel=message.channel)
        return Accepted(f"LOG{message.delivery_id}", "logged")

    async def lookup(
        self, message: Outgoing, since: datetime, provider_id: str | None, taken: frozenset[str]
    ) -> Found | None:
        return Found(provider_id, "logged", "sent") if provider_id else None

    async def inbound_since(self, since: datetime) -> AsyncIterator[Incoming]:
        nothing: tuple[Incoming, ...] = ()
        for incoming in nothing:
            yield incoming

    async def check(self) -> str:
        return "menulis ke log saja; tidak ada pesan yang terkirim"

    async def close(self) -> None:
        return None
