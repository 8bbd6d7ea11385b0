"""The live service of one API process: the hub, what wakes it, and who sits at its sockets."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import structlog

from console import metrics, tickets
from console.board.positions import Positions
from console.board.source import BoardSource
from console.hub import frames
from console.hub.bell import HeadBell
from console.hub.hub import Hub
from console.hub.sinks import Sink, Stuck
from console.tickets import Pass
from core import heartbeat
from core.access import DESK
from core.context import Context
from core.db import DOWN
from core.errors import Unavailable
from dispatch.unattended import PRESENT

BEAT_S = 2.0
SWEEP_S = 1.0
RECHECK_S = 3.0
POSITIONS_S = 1.0
RETRY_S = 0.5
PRESENCE_S = 10.0

log = structlog.get_logger(__name__)


class Live:
    """Seats sockets, takes them up when their session ends, runs the hub and its lanes."""

    def __init__(self, context: Context) -> None:
        self._db = context.db
        self._recheck = asyncio.Event()
        self._seats: dict[int, dict[Sink, str]] = defaultdict(dict)
        self._at_desk: set[Sink] = set()
        self._came = asyncio.Event()
        self.bell = HeadBell(context.settings.database_url)
        source = BoardSource(context.db, context.vault, on_accounts=self._recheck.set)
        self.hub = Hub(source, self.bell.wait, lambda: datetime.now(UTC))
        self._positions = Positions(context.db)

    async def redeem(self, ticket: str) -> Pass | None:
        async with self._db.tx() as tx:
            return await tickets.redeem(tx, ticket)

    async def sit(self, held: Pass, sink: Sink, after: int | None) -> None:
        """Bring the socket up to date and keep it live; the caller calls `rise` at its end."""
        self._seats[held.session_id][sink] = held.view
        if held.actor.role in DESK:
            self._at_desk.add(sink)
            self._came.set()
        try:
            await self.hub.join(sink, held.view, after)
        except Stuck:
            sink.abort()
        except (*DOWN, Unavailable):
            sink.close(frames.CLOSE_RESTART, "basis data sedang pulih")

    def rise(self, held: Pass, sink: Sink) -> None:
        """The socket is gone."""
        self.hub.leave(sink)
        self._at_desk.discard(sink)
        seats = self._seats.get(held.session_id)
        if seats is not None:
            seats.pop(sink, None)
            if not seats:
                del self._seats[held.session_id]

    # -- lanes ------------------------------------------------------------------------------

    async def follow(self) -> None:
        await self.hub.start()
        await self.hub.run()

    async def beats(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            await self.hub.beat()

    async def sweeps(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(SWEEP_S)
            self.hub.sweep(loop.time())
            metrics.SOCKETS.set(self.hub.live)
            metrics.CUT.set(self.hub.cut)

    async def moves(self) -> None:
        """The lossy lane: where units are, once a second, to whoever may know."""
        while True:
            await asyncio.sleep(POSITIONS_S)
            for view, data in await self._positions.changed(self.hub.views):
                await self.hub.send_lossy(view, data)

    async def presence(self) -> None:
        """Say that somebody of the desk is at a console, at once and while it is so (invariant 6)."""
        while True:
            self._came.clear()
            if any(not sink.gone for sink in self._at_desk):
                async with self._db.tx() as tx:
                    await heartbeat.beat(tx, PRESENT)
            try:
                async with asyncio.timeout(PRESENCE_S):
                    await self._came.wait()
            except TimeoutError:
                pass

    async def rechecks(self) -> None:
        """Sessions that ended or changed their class lose their sockets."""
        while True:
            try:
                async with asyncio.timeout(RECHECK_S):
                    await self._recheck.wait()
            except TimeoutError:
                pass
            self._recheck.clear()
            if self._seats:
                await self._kick()

    async def _kick(self) -> None:
        asked = list(self._seats)
        async with self._db.read() as tx:
            holding = await tickets.recheck(tx, asked)
        for session_id in asked:
            for sink, view in list(self._seats.get(session_id, {}).items()):
                if holding.get(session_id) != view:
                    sink.close(frames.CLOSE_REVOKED, "sesi berakhir")
                    self.hub.leave(sink)


async def _keep(name: str, task: Callable[[], Awaitable[None]]) -> None:
    """Run a lane for ever: a database that is down, or a defect, is logged and tried again."""
    while True:
        try:
            await task()
        except (*DOWN, Unavailable) as error:
            log.warning("live_lane_waits", lane=name, error=type(error).__name__)
        except Exception:
            log.exception("live_lane_failed", lane=name)
        await asyncio.sleep(RETRY_S)


@asynccontextmanager
async def live(context: Context) -> AsyncIterator[Live]:
    """The service, running. One per API process, entered by the app's lifespan."""
    service = Live(context)
    lanes: dict[str, Callable[[], Awaitable[None]]] = {
        "bell": service.bell.run,
        "follow": service.follow,
        "beats": service.beats,
        "sweeps": service.sweeps,
        "moves": service.moves,
        "rechecks": service.rechecks,
        "presence": service.presence,
    }
    running = [
        asyncio.create_task(_keep(name, lane), name=f"live-{name}") for name, lane in lanes.items()
    ]
    try:
        yield service
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
