"""The robots of the demo put together: callers, crews and a colleague, until the plan is over."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import structlog

from core.background import running
from core.settings import Settings
from geo import pack
from siponcega.demo.api import Api, NotADemo, opened
from siponcega.demo.callers import Callers
from siponcega.demo.colleague import Colleague
from siponcega.demo.compose import Composer, Told
from siponcega.demo.crews import Crews
from siponcega.demo.day import Due
from siponcega.demo.pace import Pace
from siponcega.demo.spots import City

log = structlog.get_logger(__name__)

CREWS_EVERY_S = 1.5
COLLEAGUE_EVERY_S = 7.0
WITNESS_AFTER_S = (8.0, 60.0)
LAST_JOBS_S = 240.0


async def play(
    settings: Settings, plan: Iterable[Due], pace: Pace, seed: int | None = None
) -> Counter[str]:
    """Send the plan's contacts, with crews who answer; what was done, by word.

    When the plan is over, crews go on for a while to finish. SIGTERM and Ctrl-C end it at once; calls
    that ring are hung up. Raises NotADemo.
    """
    rng = random.Random(seed)
    city = City(pack.load(settings.city))
    counted: Counter[str] = Counter()
    async with opened(settings) as api:
        await api.ready()
        with stoppable():
            async with staffed(settings, api, city, pace, rng, counted) as colleague:
                callers = Callers(api, rng, colleague, pace.hands, counted)
                async with asyncio.TaskGroup() as group:
                    await _calls(group, callers, Composer(city, rng), plan)
                await _until_quiet(api)
    return counted


@asynccontextmanager
async def staffed(
    settings: Settings, api: Api, city: City, pace: Pace, rng: random.Random, counted: Counter[str]
) -> AsyncIterator[Colleague]:
    """The crews at their handsets and the colleague at the desk, while inside.

    When another process of this instance plays them already, only that one does.
    """
    colleague = Colleague(api)
    await colleague.begin()
    with only_one(settings.home) as first:
        if not first:
            yield colleague
            return
        crews = Crews(api, city, rng, pace, counted)
        await crews.begin()
        tasks = (
            ("crews", lambda: every(CREWS_EVERY_S, crews.look)),
            ("colleague", lambda: every(COLLEAGUE_EVERY_S, colleague.look)),
        )
        async with running(tasks):
            yield colleague


async def every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        await work()
        await asyncio.sleep(seconds)


@contextmanager
def only_one(home: Path) -> Iterator[bool]:
    """Whether this process is the one that plays the crews of this home."""
    with (home / "demo-crews.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


@contextmanager
def stoppable() -> Iterator[None]:
    """SIGTERM and SIGINT cancel the running task; what it holds is put away, then it ends."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    stopped = False

    def stop() -> None:
        nonlocal stopped
        stopped = True
        task.cancel()

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop)
    try:
        yield
    except asyncio.CancelledError:
        if not stopped:
            raise
        task.uncancel()
    finally:
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(name)


async def _calls(
    group: asyncio.TaskGroup, callers: Callers, composer: Composer, plan: Iterable[Due]
) -> None:
    """Start each contact in its time; witnesses of the same event come a little later."""
    for due in plan:
        await asyncio.sleep(due.after_s)
        told = composer.real() if due.real else composer.noise()
        group.create_task(send(callers, told))
        if due.real:
            for other in composer.witnesses(told):
                wait_s = callers.rng.uniform(*WITNESS_AFTER_S) / callers.hurry
                group.create_task(send(callers, other, wait_s))


async def send(callers: Callers, told: Told, after_s: float = 0.0) -> None:
    """One contact. While the system is away for long, callers give up, and others come later."""
    await asyncio.sleep(after_s)
    try:
        await callers.send(told)
    except NotADemo as error:
        log.warning("demo_contact_given_up", reason=str(error))


async def _until_quiet(api: Api) -> None:
    """Wait until no example unit is on a job, but not for ever."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LAST_JOBS_S):
            while await _busy(api):  # noqa: ASYNC110 - the system is asked, not told
                await asyncio.sleep(CREWS_EVERY_S)


async def _busy(api: Api) -> bool:
    page = await api.get("/api/v1/units") or {}
    return any(unit["assignment_id"] for unit in page.get("units", ()))
