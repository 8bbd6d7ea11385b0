"""How fast the demo plays: what people do at the phone keeps its time, work in the field is shortened."""

from __future__ import annotations

import random
from dataclasses import dataclass

LEAST_S = 1.5


@dataclass(frozen=True, slots=True)
class Pace:
    """`hands`: divisor of reactions (answering, setting out). `field`: of travel and work."""

    hands: float
    field: float

    def reaction(self, rng: random.Random, low_s: float, high_s: float) -> float:
        """Seconds until somebody does something."""
        return max(LEAST_S, rng.uniform(low_s, high_s) / self.hands)

    def work(self, seconds: float) -> float:
        """Seconds that travel or work in the field takes here."""
        return max(LEAST_S, seconds / self.field)


# Ten minutes on scene are 75 s here: a visitor sees units come free again.
GENTLE = Pace(hands=1, field=8)


def at_speed(speed: float) -> Pace:
    """A day played `speed` times as fast; at 1 everything takes the time it takes."""
    return Pace(hands=max(1.0, speed), field=max(1.0, speed))
