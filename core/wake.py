"""Bells: a hint that there is work, never the work itself.

A ring travels inside the process and over Redis pub/sub to the others. Every waiter also wakes by
itself after its poll time, so a lost ring or a dead Redis costs a moment and nothing else.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

PREFIX = "siponcega:bell:"
RECONNECT_S = 1.0
GATHER_S = 0.005

log = structlog.get_logger(__name__)


class Ear:
    """One waiter's own ear: a ring while it was busy is still there when it comes back."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def hear(self) -> None:
        self._event.set()

    async def wait(self, timeout_s: float) -> bool:
        """Until it rings (True) or the poll time is over (False)."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._event.wait()
        except TimeoutError:
            return False
        self._event.clear()
        return True


class Bell:
    """Topics are short words: 'events', 'head', 'deliveries'."""

    def __init__(self, redis: Redis | None) -> None:
        self._redis = redis
        self._ears: dict[str, list[Ear]] = defaultdict(list)
        self._shared: dict[str, Ear] = {}
        self._outbox: set[str] = set()
        self._out = asyncio.Event()
        self.redis_up = redis is not None

    def ring(self, topic: str) -> None:
        """Wake this process's waiters now and the other processes' soon. Never blocks."""
        self._ring_here(topic)
        self._outbox.add(topic)
        self._out.set()

    def ear(self, topic: str) -> Ear:
        """An ear of one's own; needed where several wait for the same topic."""
        ear = Ear()
        self._ears[topic].append(ear)
        return ear

    async def wait(self, topic: str, timeout_s: float) -> bool:
        """As `Ear.wait`, for the only waiter of a topic in this process."""
        ear = self._shared.get(topic)
        if ear is None:
            ear = self._shared[topic] = self.ear(topic)
        return await ear.wait(timeout_s)

    def _ring_here(self, topic: str) -> None:
        for ear in self._ears.get(topic, ()):
            ear.hear()

    async def run(self) -> None:
        """Carry rings to and from Redis until cancelled; reconnects for ever."""
        if self._redis is None:
            return
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._publish(self._redis))
            tasks.create_task(self._listen(self._redis))

    async def _publish(self, redis: Redis) -> None:
        while True:
            _heed_cancellation()
            await self._out.wait()
            self._out.clear()
            topics, self._outbox = self._outbox, set()
            try:
                for topic in topics:
                    await redis.publish(PREFIX + topic, b"")
                await asyncio.sleep(GATHER_S)  # under load one ring speaks for many commits
            except (RedisError, OSError):
                await asyncio.sleep(RECONNECT_S)

    async def _listen(self, redis: Redis) -> None:
        while True:
            try:
                async with redis.pubsub(ignore_subscribe_messages=True) as pubsub:
                    await pubsub.psubscribe(PREFIX + "*")
                    _heed_cancellation()
                    self.redis_up = True
                    async for message in pubsub.listen():
                        channel = message["channel"]
                        name = channel.decode() if isinstance(channel, bytes) else channel
                        self._ring_here(name.removeprefix(PREFIX))
            except (RedisError, OSError):
                if self.redis_up:
                    log.warning("redis_down")
                self.redis_up = False
                await asyncio.sleep(RECONNECT_S)


def _heed_cancellation() -> None:
    """redis-py sends inside `asyncio.wait_for`, which on Python 3.11 can swallow a cancellation: the
    task would then go on for ever and hold up the end of its process."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
