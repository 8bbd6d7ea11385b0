"""How far a long piece of work is, and when it will be done."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class Step:
    """One look at the work. `share` 0…1 of the whole and `left_s` are None while unknown."""

    what: str
    done: int
    share: float | None
    left_s: float | None


class Progress:
    """Says a step at most twice a second. Each stage takes a known part of the whole."""

    def __init__(self, say: Callable[[Step], None] | None = None) -> None:
        self._say = say
        self._began = time.monotonic()
        self._said = 0.0
        self._from, self._to = 0.0, 0.0
        self._what, self._total = "", 0

    def stage(self, what: str, part: float, total: int = 0) -> None:
        """Begin a stage that takes `part` (0…1) of the whole and has `total` items, 0 if unknown."""
        self._from, self._to = self._to, min(1.0, self._to + part)
        self._what, self._total = what, total
        self.at(0, always=True)

    def at(self, done: int, *, always: bool = False) -> None:
        now = time.monotonic()
        if self._say is None or (not always and now - self._said < EVERY_S):
            return
        self._said = now
        share = self._from
        if self._total:
            share += (self._to - self._from) * min(1.0, done / self._total)
        spent = now - self._began
        left = spent * (1 - share) / share if share > 0.05 else None
        self._say(Step(self._what, done, share, left))
