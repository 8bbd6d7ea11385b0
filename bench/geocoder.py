"""How long one text takes at 30 000 names, with the raw fuzzy match beside it.

    python -m bench.geocoder [--names 30000] [--texts 2000]

The names are made of syllables (no real street is needed), the texts of names, misspelt and whole,
among everyday words.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import replace
from statistics import median, quantiles

from rapidfuzz import fuzz, process

from geo.geocoder import Geocoder, for_pack
from geo.geocoder.mapped import MapNames
from geo.geocoder.ordinary import WORDS
from geo.geocoder.things import Thing

_SYLLABLES = """
    ka su ra ma ti lo ban jar ping sen du re mi wa ku tan dung ba le pa sar kem bang
"""
SYLLABLES = _SYLLABLES.split()
CITY = "tebing_tinggi"


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


def milliseconds(work: object, rows: list[str]) -> dict[str, float]:
    times = []
    for row in rows:
        began = time.perf_counter()
        work(row)  # type: ignore[operator]
        times.append((time.perf_counter() - began) * 1000)
    return {"median_ms": round(median(times), 3), "p99_ms": round(quantiles(times, n=100)[98], 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=30_000)
    parser.add_argument("--texts", type=int, default=2_000)
    asked = parser.parse_args()
    chance = random.Random(7)
    known = names(asked.names, chance)
    things = [
        Thing(f"s/{n}", "street", name, (), (), 99.15 + chance.random() / 20,
              3.3 + chance.random() / 20, 200.0)
        for n, name in enumerate(known)
    ]  # fmt: skip
    began = time.perf_counter()
    geocoder = Geocoder(replace(for_pack(CITY).gazetteer, mapped=MapNames(things)))
    built = time.perf_counter() - began
    rows = texts(known, asked.texts, chance)
    result = {
        "names": len(known),
        "built_s": round(built, 2),
        "geocoder": milliseconds(geocoder.locate, rows),
        "raw WRatio over all names": milliseconds(
            lambda row: process.extractOne(row, known, scorer=fuzz.WRatio), rows[:50]
        ),
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
