"""Senders: claim, send outside any transaction, write the result if the lease still holds.

One sender per lane, each with its own connections in flight and its own view of the gateways: a
mass message can neither stand before an offer nor use up its places (invariant 7).
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from core.context import Context
from core.db import Row
from core.errors import Unavailable
from notifier import queue
from notifier.gateways.base import Accepted, Gateway, NotNow, Outcome, Outgoing, Refused, Unclear
from notifier.health import Health
from notifier.metrics import BREAKER_OPEN, SENDS
from notifier.queries import GATEWAY_FAILING, GATEWAY_WELL
from notifier.queue import Lane, Result
from notifier.sealed import opened

log = structlog.get_logger(__name__)

BELL = "deliveries"
POLL_S = 1.0
SEND_TIMEOUT_S = 10.0
LEASE_S = 30.0
GIVE_UP_AFTER = 12
LOOKUP_AFTER_S = 3.0
SPENT_CACHE_S = 10.0


@dataclass(frozen=True, slots=True)
class LanePolicy:
    """How many sends may be in flight, and how the waits between tries grow (seconds)."""

    in_flight: int
    first_wait_s: float
    longest_wait_s: float


LANES: Mapping[Lane, LanePolicy] = {
    "life": LanePolicy(in_flight=128, first_wait_s=1.0, longest_wait_s=15.0),
    "normal": LanePolicy(in_flight=128, first_wait_s=4.0, longest_wait_s=300.0),
}


class Sender:
    """One lane's sender. `run` for ever; `drain` until nothing is due (tests, CLI)."""

    def __init__(self, ctx: Context, gateways: Mapping[str, Gateway], lane: Lane) -> None:
        self.ctx = ctx
        self.gateways = gateways
        self.lane = lane
        self.policy = LANES[lane]
        self.health = Health(gateways)
        self._sends: set[asyncio.Task[None]] = set()
        self._results: list[Result] = []
        self._changed: set[str] = set()
        self._spent: dict[str, tuple[float, int]] = {}

    async def run(self) -> None:
        """Until cancelled. A database that is down is waited for; what was sent stays known."""
        while True:
            try:
                busy = await self.step()
            except Unavailable:
                await asyncio.sleep(POLL_S)
                continue
            if busy and len(self._sends) < self.policy.in_flight:
                continue
            bell = asyncio.ensure_future(self.ctx.bell.wait(BELL, POLL_S))
            await asyncio.wait({bell, *self._sends}, return_when=asyncio.FIRST_COMPLETED)
            bell.cancel()

    async def drain(self) -> None:
        """Send everything that is due now, and write what became of it."""
        while await self.step() or self._sends or self._results:
            if self._sends:
                await asyncio.wait(self._sends, return_when=asyncio.FIRST_COMPLETED)

    async def step(self) -> int:
        """Write finished results, claim what fits, start sending; returns how many were claimed."""
        await self._write()
        room = self.policy.in_flight - len(self._sends)
        if room <= 0:
            return 0
        routes = self.health.routes(await self._barred())
        if not routes:
            return 0
        claimed_at = time.monotonic()
        async with self.ctx.db.tx() as tx:
            rows = await queue.claim(tx, self.lane, routes, limit=room, lease_s=LEASE_S)
        for row in rows:
            task = asyncio.create_task(self._send(row, claimed_at + LEASE_S))
            self._sends.add(task)
            task.add_done_callback(self._finished)
        return len(rows)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._sends.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # Its lease runs out, so it will be looked up; here it must only not pass in silence.
            log.error("send_broke", lane=self.lane, exc_info=error)

    async def _send(self, row: Row, lease_ends: float) -> None:
        name: str = row["gateway"]
        if time.monotonic() > lease_ends - SEND_TIMEOUT_S:
            # This process was held up: somebody else may soon be looking this message up.
            outcome: Outcome = NotNow("held_up")
        else:
            outcome = await self._hand_over(self.gateways[name], row)
            if self.health.note(name, outcome):
                self._changed.add(name)
        SENDS.labels(name, self.lane, type(outcome).__name__).inc()
        self._results.append(self._result(row, outcome))

    async def _hand_over(self, gateway: Gateway, row: Row) -> Outcome:
        to = opened(self.ctx.vault, row["recipient_enc"])
        body = opened(self.ctx.vault, row["body_enc"])
        if to is None or body is None:
            return Refused("unreadable")
        message = Outgoing(
            delivery_id=row["id"],
            channel=row["channel"],
            to=to,
            body=body,
            life_s=max(1, int(row["life_s"])),
        )
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                return await gateway.send(message)
        except TimeoutError:
            return Unclear("timeout")

    def _result(self, row: Row, outcome: Outcome) -> Result:
        known = (row["id"], row["lease_token"])
        match outcome:
            case Accepted(provider_id, status, state):
                return Result(*known, "sent", provider_id, status, delivered=state == "delivered")
            case Refused(reason):
                return Result(*known, "failed", reason=reason)
            case Unclear(reason):
                return Result(*known, "unknown", reason=reason, delay_s=LOOKUP_AFTER_S)
            case NotNow(reason, wait):
                if row["attempts"] >= GIVE_UP_AFTER:
                    return Result(*known, "failed", reason=f"gave_up:{reason}")
                delay = wait if wait is not None else self._wait_s(row["attempts"])
                return Result(*known, "queued", reason=reason, delay_s=delay)

    def _wait_s(self, attempts: int) -> float:
        grown: float = self.policy.first_wait_s * 2 ** (attempts - 1)
        return min(grown, self.policy.longest_wait_s) * random.uniform(0.75, 1.25)  # noqa: S311

    async def _write(self) -> None:
        results, self._results = self._results, []
        changed, self._changed = self._changed, set()
        if not results and not changed:
            return
        try:
            async with self.ctx.db.tx() as tx:
                await queue.record(tx, results)
                for name in sorted(changed):
                    if (reason := self.health.failing(name)) is not None:
                        await tx.execute(GATEWAY_FAILING, name, reason)
                    else:
                        await tx.execute(GATEWAY_WELL, name)
        except Unavailable:
            # Kept for the next round; if the lease runs out first, they will be looked up.
            self._results = results + self._results
            self._changed |= changed
            raise

    async def _barred(self) -> frozenset[str]:
        """Metered gateways that have used up the day's limit. An offer is sent all the same."""
        if self.lane == "life":
            return frozenset()
        barred = set()
        for name, gateway in self.gateways.items():
            if (
                gateway.metered
                and await self._spent_today(name) >= self.ctx.settings.sms_daily_limit
            ):
                barred.add(name)
            BREAKER_OPEN.labels(name).set(name in barred)
        return frozenset(barred)

    async def _spent_today(self, name: str) -> int:
        read_at, spent = self._spent.get(name, (-SPENT_CACHE_S, 0))
        if time.monotonic() - read_at >= SPENT_CACHE_S:
            async with self.ctx.db.read() as tx:
                spent = await tx.fetchval(queue.SPENT_TODAY, name, self.ctx.settings.timezone)
            self._spent[name] = (time.monotonic(), spent)
        return spent
