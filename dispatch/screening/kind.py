"""What one type of emergency is to the screening: its words, its evidence, its priorities."""

from dataclasses import dataclass

from dispatch.screening.rules import Pattern, pattern


@dataclass(frozen=True, slots=True)
class Kind:
    """One type of DESIGN §1.

    ``words`` is a table of concepts. ``evidence`` are patterns with a weight: 10 names the event
    itself, 6 makes it likely, 3 is a hint that counts only beside other signs. ``p1``, ``p3``,
    ``p2`` are tried in that order; the first that holds gives the priority, else ``default``.
    """

    type: str
    words: str
    evidence: tuple[tuple[float, Pattern], ...]
    default: str
    p1: tuple[Pattern, ...] = ()
    p2: tuple[Pattern, ...] = ()
    p3: tuple[Pattern, ...] = ()


def evidence(*rows: tuple[float, str]) -> tuple[tuple[float, Pattern], ...]:
    """Weighted patterns, in the order written."""
    return tuple((weight, pattern(source)) for weight, source in rows)
