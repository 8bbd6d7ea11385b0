"""Calls that gather: alone at once, together when one is under way, and never stuck behind a slow one."""

from __future__ import annotations

import asyncio
from typing import NoReturn

import pytest

from core.gathering import Gathering


class Held:
    """A run that waits until it is let go, and says what went together."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.gates: list[asyncio.Event] = []
        self.began = asyncio.Condition()

    async def run(self, items: list[int]) -> list[int]:
        gate = asyncio.Event()
        async with self.began:
            self.batches.append(items)
            self.gates.append(gate)
            self.began.notify_all()
        await gate.wait()
        return [item * 10 for item in items]

    async def until(self, batches: int) -> None:
        async with asyncio.timeout(5), self.began:
            await self.began.wait_for(lambda: len(self.batches) >= batches)


async def test_the_first_leaves_alone_and_the_next_go_together_in_order() -> None:
    held = Held()
    gathering = Gathering(held.run, most=3, patience_s=60)
    first = asyncio.create_task(gathering(1))
    await held.until(1)
    rest = [asyncio.create_task(gathering(n)) for n in (2, 3, 4, 5)]
    await asyncio.sleep(0)
    held.gates[0].set()
    await held.until(2)
    held.gates[1].set()
    await held.until(3)
    held.gates[2].set()
    assert await asyncio.gather(first, *rest) == [10, 20, 30, 40, 50]
    assert held.batches == [[1], [2, 3, 4], [5]]


async def test_who_comes_in_the_same_turn_goes_along() -> None:
    held = Held()
    gathering = Gathering(held.run)
    both = asyncio.gather(gathering(1), gathering(2))
    await held.until(1)
    held.gates[0].set()
    assert await both == [10, 20] and held.batches == [[1, 2]]


async def test_a_slow_one_is_overtaken_but_not_by_too_many() -> None:
    held = Held()
    gathering = Gathering(held.run, patience_s=0.01, under_way=2)
    slow = asyncio.create_task(gathering(1))
    await held.until(1)
    second = asyncio.create_task(gathering(2))
    await held.until(2)  # nobody let the first go
    third = asyncio.create_task(gathering(3))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1), held.began:
            await held.began.wait_for(lambda: len(held.batches) > 2)
    held.gates[1].set()
    assert await second == 20 and not slow.done()
    await held.until(3)
    held.gates[2].set()
    held.gates[0].set()
    assert await asyncio.gather(slow, third) == [10, 30]


async def test_each_gets_what_the_run_raises_and_the_next_run_is_sound() -> None:
    broken = True

    async def run(items: list[int]) -> list[int]:
        if broken:
            raise ValueError("broken on purpose")
        return items

    gathering = Gathering(run)
    answers = await asyncio.gather(gathering(1), gathering(2), return_exceptions=True)
    assert [type(a) for a in answers] == [ValueError, ValueError]
    broken = False
    assert await gathering(3) == 3


async def test_too_few_answers_are_a_fault_for_all() -> None:
    async def run(items: list[int]) -> list[int]:
        return items[:-1]

    gathering = Gathering(run)
    answers = await asyncio.gather(gathering(1), gathering(2), return_exceptions=True)
    assert isinstance(answers[1], ValueError)


async def test_one_that_goes_away_leaves_the_others() -> None:
    held = Held()
    gathering = Gathering(held.run)
    gone, stays = asyncio.create_task(gathering(1)), asyncio.create_task(gathering(2))
    await held.until(1)
    gone.cancel()
    await asyncio.sleep(0)
    held.gates[0].set()
    assert await stays == 20
    with pytest.raises(asyncio.CancelledError):
        await gone


async def test_a_cancelled_run_cancels_its_callers() -> None:
    async def run(items: list[int]) -> NoReturn:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await Gathering(run)(1)
