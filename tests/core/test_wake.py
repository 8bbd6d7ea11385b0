"""Bells end when they are told to, whatever the Redis client does with a cancellation."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from redis.asyncio import Redis

from core.wake import Bell


class Swallowing(Redis):
    """Its send takes a cancellation for a normal end, as `asyncio.wait_for` may on Python 3.11."""

    sending: asyncio.Event

    async def publish(self, channel: Any, message: Any, **kwargs: Any) -> int:
        self.sending.set()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        return 0


async def test_a_bell_ends_though_its_last_send_swallowed_the_cancellation(redis_url: str) -> None:
    redis = Swallowing.from_url(redis_url)
    redis.sending = asyncio.Event()
    bell = Bell(redis)
    running = asyncio.create_task(bell.run())
    bell.ring("events")
    await asyncio.wait_for(redis.sending.wait(), 5)
    running.cancel()
    done, _ = await asyncio.wait({running}, timeout=5)
    assert done
    await redis.aclose()


async def test_a_ring_reaches_the_other_processes(redis_url: str) -> None:
    async with Redis.from_url(redis_url) as one, Redis.from_url(redis_url) as two:
        here, there = Bell(one), Bell(two)
        ear = there.ear("events")
        running = [asyncio.create_task(bell.run()) for bell in (here, there)]

        async def ring() -> None:
            while True:  # until the other side has subscribed
                here.ring("events")
                await asyncio.sleep(0.02)

        ringing = asyncio.create_task(ring())
        assert await ear.wait(5)
        for task in (*running, ringing):
            task.cancel()
        await asyncio.gather(*running, ringing, return_exceptions=True)


async def test_a_waiter_wakes_by_itself_when_nobody_rings() -> None:
    assert not await Bell(None).ear("events").wait(0.01)
