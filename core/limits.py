"""Rate limits: one table of buckets, counted in Redis, in memory while Redis is away.

A bucket either refuses (429) or marks: an emergency is never turned away, it is passed on as
'rate-limited' and ordered lower by people and rules (invariants 1 and 2).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter
from limits.errors import StorageError
from redis.asyncio import Redis
from redis.exceptions import RedisError
from starlette.requests import HTTPConnection

from core.errors import TooMany
from core.metrics import RATE_LIMITED
from core.privacy import Vault

REDIS_AWAY_S = 5.0
REDIS_ANSWERS_S = 0.3
STRIKES = parse("1000 per 15 minutes")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bucket:
    """`rate` in the notation of the limits library. `counted` says where: 'memory' costs no round
    trip and counts per process, which is enough where nobody is refused."""

    rate: str
    over: Literal["refuse", "mark"]
    counted: Literal["redis", "memory"] = "redis"


BUCKETS = {
    # By phone or device. Whole districts share one address behind a mobile carrier, so limits by
    # address are wide.
    "sos": Bucket("6 per 10 minutes", "mark", "memory"),
    "sos_address": Bucket("120 per 10 minutes", "mark", "memory"),
    "unreadable": Bucket("60 per 10 minutes", "refuse"),
    "upload": Bucket("120 per 10 minutes", "refuse"),
    "suggest": Bucket("60 per minute", "refuse", "memory"),
    "track": Bucket("120 per minute", "refuse", "memory"),
    "track_add": Bucket("20 per 10 minutes", "mark"),
    "sign_in_address": Bucket("60 per 10 minutes", "refuse"),
    "program": Bucket("30 per minute", "refuse", "memory"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """`over` is True above the limit. `retry_after_s` says when the window ends."""

    over: bool
    retry_after_s: int = 0


class Limiter:
    """The limits of one process; without Redis everything is counted in memory."""

    def __init__(self, redis: Redis | None = None) -> None:
        self._rates: dict[str, RateLimitItem] = {
            name: parse(bucket.rate) for name, bucket in BUCKETS.items()
        }
        self._memory = FixedWindowRateLimiter(MemoryStorage())
        self._redis: FixedWindowRateLimiter | None = None
        if redis is not None:
            # The process's own pool, so that the connections are closed with it.
            pool: Any = redis.connection_pool
            storage = RedisStorage("async+redis://", implementation="redispy", connection_pool=pool)
            self._redis = FixedWindowRateLimiter(storage)
        self._away_until = 0.0

    async def hit(self, bucket: str, *keys: str) -> Verdict:
        """Count one call by `keys`. Raises TooMany when the bucket refuses; never anything else."""
        rate, kind = self._rates[bucket], BUCKETS[bucket]
        shared = kind.counted == "redis"
        over = not await self._on(shared, lambda at: at.hit(rate, bucket, *keys))
        if not over:
            return Verdict(False)
        RATE_LIMITED.labels(bucket, kind.over).inc()
        retry_after_s = rate.get_expiry()
        if kind.over == "refuse":
            raise TooMany(
                "Terlalu sering. Coba lagi dalam {seconds} detik; bila mendesak telepon 112.",
                retry_after_s=retry_after_s,
                seconds=retry_after_s,
            )
        return Verdict(True, retry_after_s)

    async def strike(self, *keys: str) -> None:
        """Note one failure (a wrong password); forgotten after a quarter of an hour."""
        await self._on(True, lambda at: at.hit(STRIKES, "strike", *keys))

    async def strikes(self, *keys: str) -> int:
        """How many failures are remembered."""
        stats = await self._on(True, lambda at: at.get_window_stats(STRIKES, "strike", *keys))
        return STRIKES.amount - stats.remaining

    async def forgive(self, *keys: str) -> None:
        """Forget the failures of `keys`."""
        await self._on(True, lambda at: at.clear(STRIKES, "strike", *keys))

    async def _on(self, shared: bool, call: Callable[[FixedWindowRateLimiter], Awaitable[T]]) -> T:
        """Count in Redis when it matters and answers, else in memory."""
        if shared and self._redis is not None and time.monotonic() >= self._away_until:
            try:
                async with asyncio.timeout(REDIS_ANSWERS_S):
                    return await call(self._redis)
            except (RedisError, StorageError, OSError, TimeoutError):
                self._away_until = time.monotonic() + REDIS_AWAY_S
        return await call(self._memory)


def address_key(conn: HTTPConnection) -> str:
    """The caller's network address as a key that tells nobody the address."""
    host = conn.client.host if conn.client else "local"
    vault: Vault = conn.app.state.context.vault
    return vault.value_hash("address", host).hex()[:24]
