"""Wakes the hub: `NOTIFY event_head` from the sequencer, over a connection of its own.

Only a hint. When the connection is lost the hub's poll carries on alone until it is back.
"""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg
import structlog

from core.db import DOWN
from core.events.sequencer import CHANNEL

RECONNECT_S = 1.0

log = structlog.get_logger(__name__)


class HeadBell:
    """`run` keeps the listening connection, `wait` returns at the next ring or time-out."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._rung = asyncio.Event()

    def ring(self, *_: Any) -> None:
        self._rung.set()

    async def wait(self, timeout_s: float) -> bool:
        """True when it rang, False when the time was over."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._rung.wait()
        except TimeoutError:
            return False
        self._rung.clear()
        return True

    async def run(self) -> None:
        """Listen until cancelled; reconnects for ever."""
        while True:
            try:
                await self._listen()
            except (*DOWN, OSError) as error:
                log.warning("event_head_listener_lost", error=type(error).__name__)
            await asyncio.sleep(RECONNECT_S)

    async def _listen(self) -> None:
        lost = asyncio.Event()
        conn = await asyncpg.connect(self._dsn, timeout=5)
        try:
            conn.add_termination_listener(lambda _: lost.set())
            await conn.add_listener(CHANNEL, self.ring)
            self.ring()  # what was notified before we listened
            await lost.wait()
        finally:
            conn.terminate()
