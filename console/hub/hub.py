"""The hub: reads the log by position, fans out per class, lets sockets join without a gap."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from console.hub import frames
from console.hub.channel import Channel
from console.hub.sinks import Sink

BATCH = 400
SLICE = 256
"""Sockets written to before the loop gives way to other work."""

REPLAY_MAX = 20_000
"""Events a client may be behind and still be replayed; further back it gets a snapshot."""

SNAPSHOT_FRESH_S = 1.0
POLL_S = 1.0
IDLE_DROP_S = 60.0


class Batch(Protocol):
    """Some events with the board rows they touched, ready to be seen by any class."""

    @property
    def last(self) -> int:
        """Position of the last event read, whether anybody sees it or not."""

    def frames(self, view: str) -> list[bytes]:
        """Frames of the events that `view` sees, in order. Pure: no waiting."""


class Source(Protocol):
    """The log and the board as the hub needs them."""

    async def head(self) -> int: ...

    async def read(self, after: int, until: int | None, limit: int) -> Batch | None:
        """Events after `after` up to `until`, dressed; None when there is none."""

    async def snapshot(self, view: str) -> tuple[int, bytes]:
        """(position it was true at, frame)."""


Wake = Callable[[float], Awaitable[object]]


class Hub:
    """See the package's docstring for the rules of joining."""

    def __init__(self, source: Source, wake: Wake, clock: Callable[[], datetime]) -> None:
        self._source = source
        self._wake = wake
        self._clock = clock
        self._channels: dict[str, Channel] = {}
        self._moved = asyncio.Event()
        self._turn = asyncio.Lock()
        self._snapshot_locks: dict[str, asyncio.Lock] = {}
        self._read_at = 0.0
        self._started = False
        self.position = 0
        self.cut = 0

    # -- the loop ---------------------------------------------------------------------------

    async def start(self) -> None:
        """Begin at the head of the log. Once: after an error the hub goes on where it was, for the
        sockets that are live have seen everything up to there and nothing more."""
        if not self._started:
            head = await self._source.head()
            self._started = True
            self._advance(head)

    async def run(self) -> None:
        """For ever: everything new, then wait for the bell or a second, whichever is first."""
        while True:
            while await self.step():
                pass
            await self._wake(POLL_S)

    async def step(self) -> bool:
        """Read one batch and fan it out. True when there may be more."""
        if not self._channels:
            head = await self._source.head()
            self._read_at = asyncio.get_running_loop().time()
            if not self._channels:
                self._advance(head)
            return False
        batch = await self._source.read(self.position, None, BATCH)
        self._read_at = asyncio.get_running_loop().time()
        if batch is None:
            return False
        async with self._turn:
            sends: list[tuple[list[Sink], bytes]] = []
            # No await from here to _advance: see the package's docstring, rule 4.
            for channel in self._channels.values():
                data = b"".join(batch.frames(channel.view))
                channel.remember(batch.last, data)
                if data:
                    sends.append((list(channel.live), data))
            self._advance(batch.last)
            for sinks, data in sends:
                await self._fan_out(sinks, data)
        return True

    def _advance(self, position: int) -> None:
        self.position = position
        self._moved.set()
        self._moved = asyncio.Event()

    async def _fan_out(self, sinks: Sequence[Sink], data: bytes) -> None:
        for start in range(0, len(sinks), SLICE):
            for sink in sinks[start : start + SLICE]:
                if not sink.offer(data):
                    self._cut(sink)
            if start + SLICE < len(sinks):
                await asyncio.sleep(0)

    def _cut(self, sink: Sink) -> None:
        self.cut += 1
        sink.close(frames.CLOSE_SLOW, "terlalu lambat")
        self.leave(sink)

    # -- sockets ----------------------------------------------------------------------------

    async def join(self, sink: Sink, view: str, after: int | None) -> None:
        """Bring a socket up to date and make it live. Raises `Stuck` when it takes nothing."""
        while not self._started:
            await self._moved.wait()
        channel = self._channels.get(view)
        if channel is None:
            channel = self._channels[view] = Channel(view, self.position)
        channel.joining += 1
        try:
            cursor = await self._opening(sink, channel, after)
            while True:
                await sink.ready()
                if sink.gone:
                    return
                if self.position < cursor:  # another process was ahead of this hub
                    await self._moved.wait()
                elif self.position == cursor:
                    channel.live.add(sink)
                    return
                else:
                    cursor = await self._catch_up(sink, channel, cursor)
        finally:
            channel.joining -= 1

    async def _opening(self, sink: Sink, channel: Channel, after: int | None) -> int:
        if after is not None and after >= 0:
            head = self.position if after <= self.position else await self._source.head()
            if head - REPLAY_MAX <= after <= head:
                return after
        cursor, data = await self._snapshot(channel)
        sink.write(data)
        return cursor

    async def _catch_up(self, sink: Sink, channel: Channel, cursor: int) -> int:
        target = self.position
        data = channel.since(cursor)
        if data is None:
            batch = await self._source.read(cursor, target, BATCH)
            if batch is None:
                return target
            data, target = b"".join(batch.frames(channel.view)), batch.last
        sink.write(data)
        return target

    async def _snapshot(self, channel: Channel) -> tuple[int, bytes]:
        """A snapshot not older than a second; what came since is replayed like to anybody."""
        lock = self._snapshot_locks.setdefault(channel.view, asyncio.Lock())
        async with lock:
            now = asyncio.get_running_loop().time()
            kept = channel.snapshot
            if kept is not None and now - kept[1] < SNAPSHOT_FRESH_S:
                return kept[0], kept[2]
            cursor, data = await self._source.snapshot(channel.view)
            channel.snapshot = (cursor, now, data)
            return cursor, data

    def leave(self, sink: Sink) -> None:
        for channel in self._channels.values():
            channel.live.discard(sink)

    # -- beside the log ---------------------------------------------------------------------

    async def beat(self) -> None:
        """Say to every live socket that the stream is alive, and up to where.

        Silent when the log could not be read lately: a console must not look live on old data.
        """
        if asyncio.get_running_loop().time() - self._read_at > 3 * POLL_S:
            return
        async with self._turn:
            data = frames.beat(self._clock(), self.position)
            for channel in list(self._channels.values()):
                await self._fan_out(list(channel.live), data)

    async def send_lossy(self, view: str, data: bytes) -> None:
        """Bytes that may be lost and carry no cursor (positions)."""
        channel = self._channels.get(view)
        if channel is not None:
            async with self._turn:
                await self._fan_out(list(channel.live), data)

    def sweep(self, now: float) -> None:
        """About once a second: abort the stuck, forget the gone, drop classes nobody uses."""
        for view, channel in list(self._channels.items()):
            for sink in list(channel.live):
                if sink.gone:
                    channel.live.discard(sink)
                elif sink.stuck(now):
                    self.cut += 1
                    channel.live.discard(sink)
                    sink.abort()
            if channel.drop_due(now, IDLE_DROP_S):
                del self._channels[view]

    @property
    def views(self) -> list[str]:
        return list(self._channels)

    @property
    def live(self) -> int:
        """Sockets connected and up to date."""
        return sum(len(channel.live) for channel in self._channels.values())
