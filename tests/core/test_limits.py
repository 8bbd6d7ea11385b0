"""Limits: refuse or mark, in Redis or without it, never an error."""

from __future__ import annotations

import pytest
from redis.asyncio import Redis

from core.errors import TooMany
from core.limits import BUCKETS, Limiter


async def count_until_over(limiter: Limiter, bucket: str, key: str) -> int:
    for n in range(1, 500):
        try:
            verdict = await limiter.hit(bucket, key)
        except TooMany:
            return n
        if verdict.over:
            return n
    raise AssertionError("never over")


async def test_an_emergency_is_marked_and_never_refused() -> None:
    limiter = Limiter()
    for _ in range(200):
        verdict = await limiter.hit("sos", "telepon-a")
    assert verdict.over
    assert verdict.retry_after_s > 0
    assert not (await limiter.hit("sos", "telepon-b")).over
    assert BUCKETS["sos"].over == BUCKETS["sos_address"].over == "mark"


async def test_other_buckets_refuse_with_the_time_to_wait(redis_url: str) -> None:
    async with Redis.from_url(redis_url) as redis:
        limiter, other_process = Limiter(redis), Limiter(redis)
        assert await count_until_over(limiter, "upload", "a") == 121
        with pytest.raises(TooMany) as caught:
            await other_process.hit("upload", "a")
        assert int(caught.value.headers["Retry-After"]) == 600
        await other_process.hit("upload", "b")


async def test_without_redis_it_counts_in_memory() -> None:
    async with Redis.from_url("unix:///tmp/tidak-ada.sock") as dead:
        limiter = Limiter(dead)
        assert await count_until_over(limiter, "upload", "a") == 121
        await limiter.strike("x")
        await limiter.strike("x")
        assert await limiter.strikes("x") == 2
        await limiter.forgive("x")
        assert await limiter.strikes("x") == 0


async def test_strikes_are_shared_between_processes(redis_url: str) -> None:
    async with Redis.from_url(redis_url) as redis:
        one, two = Limiter(redis), Limiter(redis)
        await one.strike("login:a")
        await two.strike("login:a")
        assert await one.strikes("login:a") == 2
        assert await one.strikes("login:b") == 0
