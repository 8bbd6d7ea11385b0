"""A flood night on request: warning upstream, the weir, the river kelurahan, people trapped.

`script` is pure: the same seed gives the same night. Phases are shares of the time it is given.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

from siponcega.demo import flood_words as words
from siponcega.demo.compose import Told, Way
from siponcega.demo.shift import example_phone
from siponcega.demo.spots import City

# The numbers of this night's callers: nobody else in the demo has one of these.
CALLERS_FROM = 300_000
LEAST, MOST, DEFAULT = 150, 300, 220

# Share of the contacts, and between which shares of the time they come.
PHASES = (
    ("rising", 0.22, 0.06, 0.55),
    ("trapped", 0.44, 0.25, 0.92),
    ("again", 0.18, 0.40, 1.0),
    ("around", 0.06, 0.30, 1.0),
    ("asking", 0.10, 0.20, 1.0),
)
WARNINGS_AT = (0.0, 0.015, 0.03)
SMS_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class At:
    """One contact of the night; `share` of the whole time, 0 to 1."""

    share: float
    phase: str
    told: Told


def script(city: City, seed: int | None = None, contacts: int = DEFAULT) -> list[At]:
    """The night in order of time: `contacts` of them, every caller with a number of their own.

    Who reports again does so from the same number and place, later and with more water.
    """
    rng = random.Random(seed)
    night = [
        At(share, "warning", _told(rng, text, n, "information", "none"))
        for n, (share, text) in enumerate(
            zip(WARNINGS_AT, (*words.UPSTREAM, *words.WEIR), strict=True)
        )
    ]
    codes = [code for code in words.NAMED_IN_FLOODS if code in city.codes] or city.codes
    weights = [words.NAMED_IN_FLOODS.get(code, 1) for code in codes]
    trapped: list[At] = []
    left = contacts - len(night)
    for phase, part, begins, ends in PHASES:
        for _ in range(round(left * part)):
            share = rng.uniform(begins, ends)
            number = len(night)
            if phase == "again" and trapped:
                first = rng.choice(trapped)
                share = rng.uniform(first.share, 1.0)
                assert first.told.spot is not None
                text = _fill(rng, rng.choice(words.AGAIN), first.told.spot.said)
                night.append(At(share, phase, replace(first.told, text=text)))
                continue
            one = At(share, phase, _contact(rng, city, phase, codes, weights, number))
            night.append(one)
            if phase == "trapped":
                trapped.append(one)
    return sorted(night, key=lambda at: at.share)


def numbers(contacts: int) -> list[str]:
    """Every number that a night of so many contacts may use."""
    return [example_phone(CALLERS_FROM + n) for n in range(contacts + 1)]


def _contact(
    rng: random.Random, city: City, phase: str, codes: list[str], weights: list[int], number: int
) -> Told:
    if phase == "asking":
        return _told(rng, rng.choice(words.ASKING), number, "information", "none")
    spot = city.spot(rng, rng.choices(codes, weights)[0])
    patterns = {"rising": words.RISING, "trapped": words.TRAPPED, "around": words.AROUND}[phase]
    text = _fill(rng, rng.choice(patterns), spot.said)
    told = _told(rng, text, number, "emergency", "flood")
    pinned = spot.near(rng) if told.way == "report" and rng.random() < 0.7 else None
    return replace(
        told, spot=spot, pinned=pinned, declared=pinned is not None and phase != "around"
    )


def _told(rng: random.Random, text: str, number: int, class_: str, type_: str) -> Told:
    way: Way = "sms" if rng.random() < SMS_SHARE else "report"
    return Told(way, class_, type_, text, example_phone(CALLERS_FROM + number))


def _fill(rng: random.Random, pattern: str, place: str) -> str:
    text = re.sub(
        r"\{(\w+)\}",
        lambda found: place if found[1] == "place" else rng.choice(words.SLOTS[found[1]]),
        pattern,
    )
    return text.upper() if rng.random() < 0.08 else text
