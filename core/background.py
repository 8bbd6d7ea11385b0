"""Tasks that run as long as the process: one that fails is logged and started again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import structlog

from core.db import DOWN
from core.errors import Unavailable

Task = tuple[str, Callable[[], Awaitable[None]]]

AGAIN_S = 0.5
MAX_AGAIN_S = 10.0
DATABASE_AGAIN_S = 0.5
"""A database that is away is asked for often: the sequencer and the clocks of offers wait for it."""

log = structlog.get_logger(__name__)


async def forever(name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Run `work` until cancelled. A database that is away is waited for; any other fault is logged
    and the work started again after a growing pause."""
    pause = AGAIN_S
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        try:
            await work()
            log.warning("task_ended", task=name)
        except (*DOWN, Unavailable) as error:
            log.warning("task_waits", task=name, error=type(error).__name__)
            await asyncio.sleep(DATABASE_AGAIN_S)
            continue
        except Exception:
            log.exception("task_failed", task=name)
        pause = AGAIN_S if loop.time() - began > MAX_AGAIN_S else min(pause * 2, MAX_AGAIN_S)
        await asyncio.sleep(pause)


@asynccontextmanager
async def running(tasks: Sequence[Task]) -> AsyncIterator[None]:
    """The tasks run inside the `async with` and are cancelled at its end."""
    started = [asyncio.create_task(forever(name, work), name=name) for name, work in tasks]
    try:
        yield
    finally:
        for task in started:
            task.cancel()
        await asyncio.gather(*started, return_exceptions=True)
