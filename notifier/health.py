"""Which gateway a lane should use now: the first in order that works and is not told to wait.

Kept in memory by each sender for itself: a 429 earned by mass messages must not hold up an offer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from notifier.gateways.base import Accepted, Gateway, NotNow, Outcome, Refused, Unclear

TRIPS_AFTER = 3
"""Failures in a row after which the next gateway in order takes over."""
REST_S = 15.0
"""A tripped gateway is tried again after this time, with the first message that comes."""


@dataclass(slots=True)
class _Record:
    failures: int = 0
    rests_until: float = 0.0
    waits_until: float = 0.0
    reason: str | None = None


class Health:
    """`note` what became of a send, ask `routes` where to send next."""

    def __init__(
        self, gateways: Mapping[str, Gateway], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._records = {name: _Record() for name in gateways}
        delivered = {
            c for gateway in gateways.values() if gateway.delivers for c in gateway.channels
        }
        # What the log takes counts as sent: a message better waits until its provider is back.
        self._channels = {
            name: gateway.channels if gateway.delivers else gateway.channels - delivered
            for name, gateway in gateways.items()
        }

    def note(self, name: str, outcome: Outcome) -> bool:
        """Count an outcome. True when the gateway changed between working and failing by it."""
        record, now = self._records[name], self._clock()
        was = record.failures >= TRIPS_AFTER
        match outcome:
            case Accepted() | Refused():
                record.failures, record.rests_until, record.reason = 0, 0.0, None
            case NotNow(retry_after_s=float() as wait):
                record.waits_until = max(record.waits_until, now + wait)
                record.reason = outcome.reason
            case NotNow() | Unclear():
                record.failures += 1
                record.reason = outcome.reason
                if record.failures >= TRIPS_AFTER:
                    record.rests_until = now + REST_S
        return was != (record.failures >= TRIPS_AFTER)

    def failing(self, name: str) -> str | None:
        """Why a gateway is passed over, or None while it works."""
        record = self._records[name]
        return record.reason if record.failures >= TRIPS_AFTER else None

    def routes(self, barred: frozenset[str] = frozenset()) -> dict[str, str]:
        """Channel → gateway. A channel without any gateway that may be used now is absent.

        When all are failing the first is used all the same: trying is how it is found well again.
        """
        now = self._clock()
        routes: dict[str, str] = {}
        fallback: dict[str, str] = {}
        for name, channels in self._channels.items():
            record = self._records[name]
            if name in barred or record.waits_until > now:
                continue
            for channel in channels:
                fallback.setdefault(channel, name)
                if record.rests_until <= now:
                    routes.setdefault(channel, name)
        return fallback | routes
