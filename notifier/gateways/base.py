"""What a gateway is: it sends, it can be asked what became of a message, it may bring what came in.

A gateway never guesses. `Unclear` means that the provider may have taken the message: whoever gets
it looks the message up before anything is sent again (invariant 7).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Channel = Literal["sms", "chat"]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message at the door. `to` in E.164; `life` seconds until it is worthless."""

    delivery_id: int
    channel: Channel
    to: str
    body: str
    life_s: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider has it under this id. `state` as DELIVERY knows it: sent or delivered."""

    provider_id: str
    status: str
    state: Literal["sent", "delivered"] = "sent"


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider will never take this message (bad number, blocked). Trying again is useless."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotNow:
    """The provider certainly has not taken it; try again, after `retry_after_s` if it said so."""

    reason: str
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """It may have been taken: look it up."""

    reason: str


Outcome = Accepted | Refused | NotNow | Unclear


@dataclass(frozen=True, slots=True)
class Found:
    """A message as the provider knows it. `state` as DELIVERY knows it."""

    provider_id: str
    status: str
    state: str
    error_code: str | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message that came in: the bytes as they came, and what routing needs of them.

    `sender` in E.164, None when it is no number. `lon`, `lat`: a shared location, WGS 84 degrees.
    """

    gateway: str
    provider_id: str
    channel: Channel
    sender: str | None
    text: str
    raw: bytes
    sent_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None


class GatewayMisconfigured(RuntimeError):
    """A gateway named in the settings cannot be used: unknown, forbidden here, or lacking settings."""


class GatewayDown(Exception):
    """A question to the provider got no usable answer; ask again later."""


class Gateway(Protocol):
    """One provider. Made once for a process; `close` ends its connections."""

    name: str
    channels: frozenset[str]
    metered: bool
    """Costs money per message: the daily limit holds for it."""
    delivers: bool
    """Somebody gets what it takes. One that does not never stands in for one that does."""

    async def send(self, message: Outgoing) -> Outcome:
        """Hand one message over. Never raises for what a provider or network may do."""

    async def lookup(
        self, message: Outgoing, since: datetime, provider_id: str | None, taken: frozenset[str]
    ) -> Found | None:
        """What became of a message sent after `since`; None: the provider does not have it.

        `taken` are provider ids known to belong to other deliveries. Raises GatewayDown.
        """

    def inbound_since(self, since: datetime) -> AsyncIterator[Incoming]:
        """Messages that came in from `since` on, as the provider lists them. Raises GatewayDown."""

    async def check(self) -> str:
        """One line on the provider's answer to a harmless question. Raises GatewayDown."""

    async def close(self) -> None:
        """End connections."""
