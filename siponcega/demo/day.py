"""When contacts come: a day by the hour, or a gentle even flow for somebody who watches."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

# Share of the day's contacts in each hour, local time: little before dawn, most towards evening.
BY_HOUR = (1.6, 1.2, 1.0, 0.9, 1.0, 1.6, 2.8, 3.9, 4.6, 5.0, 5.2, 5.0,
           4.9, 4.7, 4.8, 5.1, 5.5, 6.0, 6.6, 6.8, 6.4, 5.6, 4.2, 2.6)  # fmt: skip
# A normal day is 20 to 100 contacts, the launch month up to 350.
CONTACTS_A_DAY = 105
REAL_SHARE = 1 / 21
"""Of a real day: twenty of noise to one that is real."""

GENTLE_GAP_S = (30.0, 40.0)
GENTLE_REAL_SHARE = 1 / 4
"""Of the gentle flow: richer in real ones than any day, so that there is something to watch."""
GENTLE_FIRST_S = 4.0


@dataclass(frozen=True, slots=True)
class Due:
    """One contact: how many seconds after the one before, and whether something has happened."""

    after_s: float
    real: bool


def gentle(seed: int | None = None) -> Iterator[Due]:
    """For ever: about one contact every 35 s, the first soon and real."""
    rng = random.Random(seed)
    yield Due(GENTLE_FIRST_S, True)
    while True:
        yield Due(rng.uniform(*GENTLE_GAP_S), rng.random() < GENTLE_REAL_SHARE)


def played(
    *, start_hour: int, hours: float, speed: float, a_day: int = CONTACTS_A_DAY,
    seed: int | None = None,
) -> Iterator[Due]:  # fmt: skip
    """`hours` of a day from `start_hour` on, `speed` times as fast; then it is over."""
    rng = random.Random(seed)
    total, played_s, wait_s = sum(BY_HOUR), 0.0, 0.0
    while True:
        hour = int(start_hour + played_s / 3600) % 24
        an_hour = a_day * BY_HOUR[hour] / total
        gap = min(rng.expovariate(an_hour / 3600), 3600.0)
        played_s += gap
        wait_s += gap
        if played_s >= hours * 3600:
            return
        if gap < 3600.0:  # else: a quiet hour; look at the next hour's rate
            yield Due(wait_s / speed, rng.random() < REAL_SHARE)
            wait_s = 0.0
