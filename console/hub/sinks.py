"""Where frames go: the write side of one socket, without waiting.

It writes straight into the transport that `console.wire.LiveProtocol` lends to the application:
no task, no lock and no copy per socket, the transport's own buffer is the bounded queue.
"""

from __future__ import annotations

import asyncio
from typing import Protocol

from console.hub import frames

BUFFER_LIMIT = 1 << 20
"""Bytes a reader may lag behind before it is cut off; it comes back with its cursor."""

PATIENCE_S = 3.0
"""Seconds a reader may take nothing at all while bytes wait for it."""

FEED_HIGH = 256 << 10
"""Bytes in the buffer above which a socket that catches up is waited for before it gets more."""


class Stuck(Exception):
    """A reader took nothing for `PATIENCE_S`."""


class Transport(Protocol):
    """The part of asyncio.Transport that a sink uses."""

    def write(self, data: bytes) -> None: ...
    def get_write_buffer_size(self) -> int: ...
    def is_closing(self) -> bool: ...
    def abort(self) -> None: ...


class Sink:
    """One socket's write side. All methods return at once, but `ready`."""

    __slots__ = ("_flushed", "_flushed_at", "_transport", "_written", "closing")

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._written = 0
        self._flushed = 0
        self._flushed_at = 0.0
        self.closing = False

    def offer(self, data: bytes) -> bool:
        """Write, or answer False when the reader is too far behind."""
        if self.closing:
            return True
        if self._transport.get_write_buffer_size() > BUFFER_LIMIT:
            return False
        self._transport.write(data)
        self._written += len(data)
        return True

    def stuck(self, now: float) -> bool:
        """True when bytes wait and none went out for `PATIENCE_S`; call it about once a second."""
        waiting = self._transport.get_write_buffer_size()
        flushed = self._written - waiting
        if waiting == 0 or flushed != self._flushed:
            self._flushed, self._flushed_at = flushed, now
            return False
        return now - self._flushed_at >= PATIENCE_S

    def write(self, data: bytes) -> None:
        """Write whatever the reader's pace: only after `ready`, while catching up."""
        if not self.closing:
            self._transport.write(data)
            self._written += len(data)

    async def ready(self) -> None:
        """Wait until the reader has nearly caught up. Raises `Stuck` when it takes nothing."""
        loop = asyncio.get_running_loop()
        self._flushed_at = loop.time()
        while self._transport.get_write_buffer_size() > FEED_HIGH and not self.gone:
            if self.stuck(loop.time()):
                raise Stuck
            await asyncio.sleep(0.02)

    @property
    def gone(self) -> bool:
        return self._transport.is_closing()

    def close(self, code: int, reason: str) -> None:
        """Say why and end. A reader that does not take even this is aborted after `PATIENCE_S`."""
        if self.closing:
            return
        self.closing = True
        if not self._transport.is_closing():
            self._transport.write(frames.bye(reason) + frames.close_message(code, reason))
        asyncio.get_running_loop().call_later(PATIENCE_S, self._transport.abort)

    def abort(self) -> None:
        self.closing = True
        self._transport.abort()
