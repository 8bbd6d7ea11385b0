"""Wrong guesses cost time: a growing delay, never a lock-out.

Guesses of one login take turns, so opening many connections does not help. A browser that has
signed in before carries a device cookie and waits in a line of its own: an attacker who guesses at
a login cannot keep its owner out.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from core.errors import TooMany
from core.limits import Limiter

FREE_GUESSES = 3
FIRST_DELAY_S = 0.5
LONGEST_DELAY_S = 8.0
LINE_LENGTH = 4

Sleep = Callable[[float], Awaitable[None]]


def delay_s(strikes: int) -> float:
    """Seconds before the next guess is looked at, after so many wrong ones.

    >>> [delay_s(n) for n in (0, 2, 3, 4, 7, 500)]
    [0.0, 0.0, 0.5, 1.0, 8.0, 8.0]
    """
    if strikes < FREE_GUESSES:
        return 0.0
    doublings = min(strikes - FREE_GUESSES, 10)
    return float(min(FIRST_DELAY_S * 2**doublings, LONGEST_DELAY_S))


class Patience:
    """The waiting lines of one process."""

    def __init__(self, limiter: Limiter, sleep: Sleep = asyncio.sleep) -> None:
        self._limiter = limiter
        self._sleep = sleep
        self._lines: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Wait for this key's turn and its delay. Raises TooMany when the line is full."""
        waiting = self._waiting.get(key, 0)
        if waiting >= LINE_LENGTH:
            seconds = int(LONGEST_DELAY_S * LINE_LENGTH)
            raise TooMany(
                "Terlalu banyak percobaan masuk. Coba lagi dalam {seconds} detik.",
                retry_after_s=seconds,
                seconds=seconds,
            )
        self._waiting[key] = waiting + 1
        line = self._lines.setdefault(key, asyncio.Lock())
        try:
            async with line:
                await self._sleep(delay_s(await self._limiter.strikes(key)))
                yield
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key], self._lines[key]

    async def wrong(self, key: str) -> int:
        """Note a wrong guess; how many there are now."""
        await self._limiter.strike(key)
        return await self._limiter.strikes(key)

    async def right(self, key: str) -> None:
        await self._limiter.forgive(key)
