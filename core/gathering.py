"""Calls that come while another is under way go together, as one.

What a database or another server does for many costs far less than as many times what it does for one.
Nobody waits for company: a call that finds nothing under way leaves at once, alone. And nobody waits
long behind others: what takes longer than usual is overtaken.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Gathering(Generic[T, R]):
    """`await gathering(item)` is `(await run([..., item, ...]))` at the item's place.

    most: so many go together. patience_s: one run is under way at a time while none lasts longer;
    after that the next begins beside it, up to `under_way` of them. What `run` raises, each of its
    callers gets. A caller that is cancelled leaves the others undisturbed.
    """

    def __init__(
        self,
        run: Callable[[list[T]], Awaitable[Sequence[R]]],
        *,
        most: int = 16,
        patience_s: float = 0.03,
        under_way: int = 6,
    ) -> None:
        self._run = run
        self._most = most
        self._patience_s = patience_s
        self._under_way = under_way
        self._waiting: deque[tuple[T, asyncio.Future[R]]] = deque()
        self._runs: set[asyncio.Task[None]] = set()
        self._overtaking: asyncio.TimerHandle | None = None

    async def __call__(self, item: T) -> R:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[R] = loop.create_future()
        self._waiting.append((item, future))
        if not self._runs:
            self._start()
        elif self._overtaking is None:
            self._overtaking = loop.call_later(self._patience_s, self._overtake)
        return await future

    def _start(self) -> None:
        # A task begins at the loop's next turn: who comes in this one still goes along.
        task = asyncio.create_task(self._go())
        self._runs.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._runs.discard(task)
        if self._waiting and not self._runs:
            self._start()

    def _overtake(self) -> None:
        self._overtaking = None
        if not self._waiting:
            return
        if len(self._runs) < self._under_way:
            self._start()
        loop = asyncio.get_running_loop()
        self._overtaking = loop.call_later(self._patience_s, self._overtake)

    async def _go(self) -> None:
        batch = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        if not batch:
            return
        try:
            answers = await self._run([item for item, _ in batch])
            for (_, future), answer in zip(batch, answers, strict=True):
                if not future.done():
                    future.set_result(answer)
        except BaseException as error:
            for _, future in batch:
                if future.done():
                    continue
                if isinstance(error, Exception):
                    future.set_exception(error)
                else:
                    future.cancel()
            if not isinstance(error, Exception):
                raise
