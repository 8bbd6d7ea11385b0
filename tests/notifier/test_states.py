"""DELIVERY: whatever providers, senders and sweeps do, in any order, a rank never falls."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from core.context import Context, open_context
from core.errors import IllegalMove
from core.machine import move
from core.settings import Settings
from notifier import queue, receipts
from notifier.queue import Result
from notifier.states import DELIVERY, RANK
from tests.notifier.world import World

FINAL = {state for state, to in DELIVERY.moves.items() if not to}


def test_ranks_fit_the_moves() -> None:
    for state, targets in DELIVERY.moves.items():
        for to in targets:
            assert RANK[to] >= RANK[state] or (state, to) == ("sending", "queued")


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    yield made
    made.close()


def test_a_rank_never_falls_whatever_comes_in(
    settings: Settings, loop: asyncio.AbstractEventLoop
) -> None:
    opened = open_context(settings)
    ctx = loop.run_until_complete(opened.__aenter__())
    try:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            lambda: LifeOfADelivery(ctx, loop),
            settings=settings_of_the_search(),
        )
    finally:
        loop.run_until_complete(opened.__aexit__(None, None, None))


def settings_of_the_search() -> settings:
    return settings(
        max_examples=80,
        stateful_step_count=14,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )


class LifeOfADelivery(RuleBasedStateMachine):
    """One delivery on the real tables; after every step its state is compared with the last."""

    def __init__(self, ctx: Context, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self.loop, self.ctx, self.world = loop, ctx, World(ctx)
        self.id = self.run(self.world.queued())
        self.tokens: list[int] = []
        self.state, self.ever = "queued", ["queued"]
        self.requeued = False

    def run(self, coroutine):  # type: ignore[no-untyped-def]
        return self.loop.run_until_complete(coroutine)

    @rule()
    def claim(self) -> None:
        async def go() -> None:
            async with self.ctx.db.tx() as tx:
                await tx.execute(
                    "UPDATE delivery SET next_attempt_at = now() WHERE id = $1", self.id
                )
                rows = await queue.claim(tx, "normal", {"sms": "log"}, limit=500, lease_s=30)
                self.tokens += [row["lease_token"] for row in rows if row["id"] == self.id]

        self.run(go())

    @rule(to=st.sampled_from(["sent", "failed", "queued", "unknown"]), old=st.booleans())
    def result(self, to: str, old: bool) -> None:
        if not self.tokens:
            return
        token = self.tokens[0] if old else self.tokens[-1]
        stale = token != self.tokens[-1]
        before = self.run(self.world.delivery(self.id))["state"]

        async def go() -> int:
            async with self.ctx.db.tx() as tx:
                return await queue.record(tx, [Result(self.id, token, to, f"P{self.id}")])

        written = self.run(go())
        if stale or before != "sending":
            assert written == 0, "a result was written without the lease"
        self.requeued = written == 1 and to == "queued"

    @rule(state=st.sampled_from(["sent", "delivered", "read", "failed"]))
    def receipt(self, state: str) -> None:
        async def go() -> None:
            async with self.ctx.db.tx() as tx:
                await receipts.apply(tx, "log", f"P{self.id}", state, state, delivery_id=self.id)

        self.run(go())

    @rule()
    def lease_runs_out(self) -> None:
        async def go() -> None:
            async with self.ctx.db.tx() as tx:
                await tx.execute("UPDATE delivery SET lease_until = now() WHERE id = $1", self.id)
                await queue.sweep(tx)

        self.run(go())

    @rule(to=st.sampled_from(sorted(DELIVERY.moves)))
    def anybody_asks(self, to: str) -> None:
        before = self.run(self.world.delivery(self.id))["state"]
        legal = to == before or bool(DELIVERY.path(before, to))
        if (before, to) == ("sending", "queued"):
            return  # only who holds the lease may give it back

        async def go() -> None:
            async with self.ctx.db.tx() as tx:
                await move(tx, DELIVERY, self.id, to)

        if legal:
            self.run(go())
        else:
            with pytest.raises(IllegalMove):
                self.run(go())

    @invariant()
    def rank_holds(self) -> None:
        now = self.run(self.world.delivery(self.id))["state"]
        if now != self.state:
            fell = RANK[now] < RANK[self.state]
            assert not fell or ((self.state, now) == ("sending", "queued") and self.requeued), (
                f"{self.state} -> {now}"
            )
            assert self.state not in FINAL, f"left {self.state} for {now}"
        self.state, self.requeued = now, False
