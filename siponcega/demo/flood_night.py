"""Playing the flood night against the running demo, and counting what came of it."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime

import msgspec

from core.db import Database
from core.privacy import Vault
from core.settings import Settings
from geo import pack
from siponcega.demo import flood, outcome
from siponcega.demo.api import opened
from siponcega.demo.callers import Callers
from siponcega.demo.outcome import Outcome
from siponcega.demo.pace import GENTLE
from siponcega.demo.spots import City
from siponcega.demo.traffic import send, staffed, stoppable

STEADY_S, LOOK_EVERY_S, SETTLES_WITHIN_S = 6.0, 2.0, 60.0


async def play(
    settings: Settings, minutes: float, contacts: int, seed: int | None, say: Callable[[str], None]
) -> Outcome:
    """Send the night's contacts in `minutes`, wait until the system has dealt with them, count.

    Plays the crews too, unless this instance's traffic does. Raises NotADemo.
    """
    rng = random.Random(seed)
    city = City(pack.load(settings.city))
    night = flood.script(city, seed, contacts)
    vault = Vault.open(settings.keys_dir)
    async with opened(settings) as api:
        await api.ready()
        db = await Database.open(settings)
        try:
            async with db.read() as tx:
                began = await outcome.now(tx)
            counted: Counter[str] = Counter()
            with stoppable():
                async with staffed(settings, api, city, GENTLE, rng, counted) as colleague:
                    callers = Callers(api, rng, colleague, GENTLE.hands, counted)
                    await _contacts(callers, night, minutes * 60, say)
                    await _settled(db, vault, flood.numbers(contacts), began)
            found = await _count(db, vault, flood.numbers(contacts), began)
            return msgspec.structs.replace(found, sent=counted["contacts"])
        finally:
            await db.close()


async def _contacts(
    callers: Callers, night: list[flood.At], takes_s: float, say: Callable[[str], None]
) -> None:
    """Every contact at its time, each on its own: one that waits holds up nobody."""
    loop = asyncio.get_running_loop()
    began, tenth = loop.time(), 0
    async with asyncio.TaskGroup() as group:
        for number, at in enumerate(night):
            await asyncio.sleep(began + at.share * takes_s - loop.time())
            group.create_task(send(callers, at.told))
            if number * 10 // len(night) > tenth:
                tenth = number * 10 // len(night)
                left = takes_s - (loop.time() - began)
                say(f"  {number:>3} of {len(night)} contacts, {left:.0f} s to go ({at.phase})")


async def _settled(db: Database, vault: Vault, numbers: list[str], began: datetime) -> None:
    """Wait until the count has stood still for a while, or after a minute."""
    loop = asyncio.get_running_loop()
    ends, still_since = loop.time() + SETTLES_WITHIN_S, loop.time()
    last = await _count(db, vault, numbers, began)
    while loop.time() < ends and loop.time() - still_since < STEADY_S:
        await asyncio.sleep(LOOK_EVERY_S)
        found = await _count(db, vault, numbers, began)
        if found != last:
            last, still_since = found, loop.time()


async def _count(db: Database, vault: Vault, numbers: list[str], began: datetime) -> Outcome:
    async with db.read() as tx:
        return await outcome.count(tx, vault, numbers, began)
