"""Timers: due once, by whichever worker; a failing handler is put off; no deadlock with a cancel."""

from __future__ import annotations

import asyncio

import pytest

from core import timers
from core.db import Database, Tx
from core.errors import Unavailable
from core.timers import Timer, cancel, next_due_s, run_due, schedule


class Bells:
    def __init__(self) -> None:
        self.rung: list[int] = []
        self.error: Exception | None = None

    async def ring(self, tx: Tx, timer: Timer) -> None:
        await tx.fetchval("SELECT pg_sleep(0.01)")
        if self.error is not None:
            raise self.error
        self.rung.append(timer.subject_id)


@pytest.fixture
def bells() -> Bells:
    return Bells()


async def plan(db: Database, *subjects: int, after_s: float = -1) -> None:
    async with db.tx() as tx:
        for subject in subjects:
            await schedule(tx, "bell", subject, after_s)


async def ring_all(db: Database, bells: Bells) -> None:
    while await run_due(db, {"bell": bells.ring}):
        pass


async def test_what_is_due_rings_once(fresh_db: Database, bells: Bells) -> None:
    await plan(fresh_db, 1, 2)
    await plan(fresh_db, 3, after_s=60)
    await ring_all(fresh_db, bells)
    assert sorted(bells.rung) == [1, 2]
    async with fresh_db.read() as tx:
        due = await next_due_s(tx, ["bell"])
    assert due is not None and 50 < due <= 60


async def test_workers_share_the_work(fresh_db: Database, bells: Bells) -> None:
    await plan(fresh_db, *range(30))
    await asyncio.gather(*(ring_all(fresh_db, bells) for _ in range(4)))
    assert sorted(bells.rung) == list(range(30))


async def test_scheduling_again_moves_the_open_one(fresh_db: Database, bells: Bells) -> None:
    await plan(fresh_db, 1)
    await plan(fresh_db, 1, after_s=60)
    await ring_all(fresh_db, bells)
    assert bells.rung == []
    await plan(fresh_db, 1)
    await ring_all(fresh_db, bells)
    await plan(fresh_db, 1)
    await ring_all(fresh_db, bells)
    assert bells.rung == [1, 1]


async def test_a_cancelled_one_is_silent(fresh_db: Database, bells: Bells) -> None:
    await plan(fresh_db, 1)
    async with fresh_db.tx() as tx:
        await cancel(tx, "bell", 1)
        await cancel(tx, "bell", 99)
    await ring_all(fresh_db, bells)
    assert bells.rung == []


async def test_a_handler_that_fails_is_put_off_longer_each_time(
    fresh_db: Database, bells: Bells
) -> None:
    await plan(fresh_db, 1, 2)
    bells.error = ValueError("told to")
    await ring_all(fresh_db, bells)
    async with fresh_db.tx() as tx:
        rows = await tx.fetch(
            "SELECT attempts, done_at, extract(epoch FROM due_at - clock_timestamp())::float8 AS s "
            "FROM timer"
        )
        assert {(r["attempts"], r["done_at"]) for r in rows} == {(1, None)}
        assert all(2 < r["s"] <= timers.RETRY_S for r in rows)
        await tx.execute("UPDATE timer SET attempts = 20, due_at = now() - interval '1 second'")
    await ring_all(fresh_db, bells)
    async with fresh_db.tx() as tx:
        longest = await next_due_s(tx, ["bell"])
        assert longest is not None and timers.RETRY_S < longest <= timers.MAX_RETRY_S
        await tx.execute("UPDATE timer SET due_at = now() - interval '1 second'")
    bells.error = None
    await ring_all(fresh_db, bells)
    assert sorted(bells.rung) == [1, 2]


async def test_a_database_that_is_away_leaves_it_due(fresh_db: Database, bells: Bells) -> None:
    await plan(fresh_db, 1)
    bells.error = Unavailable()
    with pytest.raises(Unavailable):
        await ring_all(fresh_db, bells)
    bells.error = None
    await ring_all(fresh_db, bells)
    assert bells.rung == [1]


async def test_a_cancel_does_not_wait_for_the_handler_that_waits_for_it(
    fresh_db: Database,
) -> None:
    """A crew answers in the very moment in which its offer expires."""
    await plan(fresh_db, 1)
    claimed = asyncio.Event()
    waited: list[int] = []

    async def wants_the_row(tx: Tx, timer: Timer) -> None:
        claimed.set()
        await tx.execute("SELECT FROM event_head WHERE id = 1 FOR UPDATE")
        waited.append(timer.subject_id)

    async with asyncio.timeout(5), fresh_db.tx() as tx:
        await tx.execute("SELECT FROM event_head WHERE id = 1 FOR UPDATE")
        handling = asyncio.create_task(run_due(fresh_db, {"bell": wants_the_row}))
        await claimed.wait()
        await cancel(tx, "bell", 1)
        assert waited == []
    assert await handling
    assert waited == [1]
