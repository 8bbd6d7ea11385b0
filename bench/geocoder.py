"""How long one text takes at 30 000 names, with the raw fuzzy match beside it.

The names are made of syllables (no real street is needed), the texts of names, misspelt and whole,
among everyday words.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from bench.figures import Figure, percentile
from bench.world import World
from geo.geocoder import Geocoder, for_pack
from geo.geocoder.mapped import MapNames
from geo.geocoder.ordinary import WORDS
from geo.geocoder.things import Thing

_SYLLABLES = """
    ka su ra ma ti lo ban jar ping sen du re mi wa ku tan dung ba le pa sar kem bang
"""
SYLLABLES = _SYLLABLES.split()
CITY = "tebing_tinggi"
NAMES, TEXTS, RAW_TEXTS = 30_000, 2_000, 50


def names(count: int, chance: random.Random) -> list[str]:
    """Names of one to three words, every third with a number."""
    words = [
        "".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3)))) for _ in range(count // 3)
    ]
    found: set[str] = set()
    while len(found) < count:
        name = " ".join(chance.sample(words, chance.choice((1, 2, 2, 3))))
        found.add(f"{name} {chance.randint(1, 20)}" if chance.random() < 0.33 else name)
    return sorted(found)


def texts(known: list[str], count: int, chance: random.Random) -> list[str]:
    everyday = sorted(WORDS)
    made = []
    for _ in range(count):
        name = list(chance.choice(known))
        if chance.random() < 0.4:
            name.pop(chance.randrange(1, len(name)))
        around = chance.sample(everyday, chance.randint(4, 25))
        made.append(" ".join([*around[:4], "di jl", "".join(name), *around[4:]]))
    return made


def milliseconds(work: Callable[[str], object], rows: Sequence[str]) -> list[float]:
    times = []
    for row in rows:
        began = time.perf_counter()
        work(row)
        times.append((time.perf_counter() - began) * 1000)
    return times


async def measure(world: World) -> list[Figure]:
    """One text at a time, from memory; the world's database is not asked."""
    chance = random.Random(7)
    known = names(NAMES, chance)
    things = [
        Thing(f"s/{n}", "street", name, (), (), 99.15 + chance.random() / 20,
              3.3 + chance.random() / 20, 200.0)
        for n, name in enumerate(known)
    ]  # fmt: skip
    began = time.perf_counter()
    geocoder = Geocoder(replace(for_pack(CITY).gazetteer, mapped=MapNames(things)))
    built = time.perf_counter() - began
    rows = texts(known, TEXTS, chance)
    ours = milliseconds(geocoder.locate, rows)
    raw = milliseconds(
        lambda row: process.extractOne(row, known, scorer=fuzz.WRatio), rows[:RAW_TEXTS]
    )
    more = {"names": len(known), "texts": len(rows), "built_s": round(built, 2)}
    return [
        Figure(
            f"a text among {NAMES} names, {said}", percentile(ours, share), "ms",
            percentile(raw, share), "a raw WRatio over the names", target, more,
            lower_is_better=True,
        )
        for said, share, target in (("median", 0.5, "≤ 10 ms"), ("p99", 0.99, "≤ 40 ms"))
    ]  # fmt: skip
