"""A small language for what must stand in a text, used by every table of the screening.

A pattern is blank-separated terms that must all hold::

    FIRE             the concept is named, not denied
    !HURT            the concept is named and denied ("tidak ada yang luka")
    -TRASH           the concept is not named
    -FALL~HURT:9     these two do not stand within 9 words of each other
    TREE>FALL        in this order, at most 5 words between
    TREE~FALL        in either order, at most 5 words between
    TREE~FALL:9      the same with at most 9
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dispatch.screening.reading import Hit, Reading

DEFAULT_GAP = 5

_TERM = re.compile(
    r"(?P<sign>[!-]?)(?P<first>[A-Z_]+)"
    r"(?:(?P<op>[>~])(?P<then>[A-Z_]+))?(?::(?P<gap>\d+))?$"
)


@dataclass(frozen=True, slots=True)
class Term:
    """One parsed term of a pattern."""

    sign: str
    first: str
    op: str
    then: str
    gap: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Terms that must all hold."""

    source: str
    terms: tuple[Term, ...]
    needed: tuple[str, ...]

    def match(self, reading: Reading) -> Hit | None:
        """The place of the first positive term if all terms hold, else None."""
        for name in self.needed:  # nearly every pattern fails here, and cheaply
            if name not in reading.hits:
                return None
        place: Hit | None = None
        for term in self.terms:
            if term.sign == "-":
                if _stands(term, reading):
                    return None
                continue
            if term.sign == "!":
                hit = reading.denied(term.first)
            elif term.op:
                pair = reading.near(term.first, term.then, term.gap, ordered=term.op == ">")
                hit = pair and Hit(
                    min(pair[0].start, pair[1].start),
                    max(pair[0].end, pair[1].end),
                    f"{pair[0].words}+{pair[1].words}",
                )
            else:
                hit = reading.first(term.first)
            if hit is None:
                return None
            if place is None:
                place = hit
        return place

    def concepts(self) -> set[str]:
        """Every concept the pattern speaks of."""
        return {name for term in self.terms for name in (term.first, term.then) if name}


def _stands(term: Term, reading: Reading) -> bool:
    if term.op:
        ordered = term.op == ">"
        return reading.near(term.first, term.then, term.gap, ordered=ordered) is not None
    return reading.has(term.first)


def pattern(source: str) -> Pattern:
    """Parse a pattern; raises ValueError on a term that is none, or on one without any."""
    terms: list[Term] = []
    for word in source.split():
        found = _TERM.match(word)
        if found is None or (found["sign"] == "!" and found["op"]):
            raise ValueError(f"not a term: {word!r} in {source!r}")
        terms.append(
            Term(
                found["sign"],
                found["first"],
                found["op"] or "",
                found["then"] or "",
                int(found["gap"] or DEFAULT_GAP),
            )
        )
    if all(term.sign == "-" for term in terms):
        raise ValueError(f"nothing positive in {source!r}")
    needed = (name for t in terms if t.sign != "-" for name in (t.first, t.then) if name)
    return Pattern(source, tuple(terms), tuple(dict.fromkeys(needed)))


def patterns(*sources: str) -> tuple[Pattern, ...]:
    """Several patterns, any of which may hold."""
    return tuple(pattern(source) for source in sources)


def first_match(rules: Iterable[Pattern], reading: Reading) -> tuple[Pattern, Hit] | None:
    """The first pattern that holds, with its place."""
    for rule in rules:
        hit = rule.match(reading)
        if hit is not None:
            return rule, hit
    return None
