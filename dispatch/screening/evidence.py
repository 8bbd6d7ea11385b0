"""Which type of emergency a text speaks of, and how strongly."""

from dataclasses import dataclass

from dispatch.screening.kind import Kind
from dispatch.screening.kinds import KINDS
from dispatch.screening.reading import Hit, Reading

DECLARED_WEIGHT = 6.0
"""What the resident's own choice in the app weighs: as much as a likely sign in the text."""

_FURTHER = 0.4
_FURTHER_MAX = 3
_FIRST_NAMED = 0.3


@dataclass(frozen=True, slots=True)
class Found:
    """One type with the weight of its signs; ``hit`` is where its strongest sign stands."""

    kind: Kind
    weight: float
    hit: Hit | None
    asserted: bool


def weigh(reading: Reading, declared: str | None, asked: frozenset[int]) -> list[Found]:
    """All types with any sign, strongest first.

    The strongest sign counts whole, up to three further ones a little, and the type named first
    in the text a little more: people say first what they need. ``asked`` are the clauses that
    only ask; a type whose every sign stands in one is not ``asserted``.
    """
    found: list[Found] = []
    for kind in KINDS:
        best, place, further, asserted = 0.0, None, -1, False
        for weight, pattern in kind.evidence:
            hit = pattern.match(reading)
            if hit is None:
                continue
            further += 1
            asserted = asserted or reading.clause[hit.start] not in asked
            if weight > best:
                best, place = weight, hit
        if best:
            best += _FURTHER * min(further, _FURTHER_MAX)
        if kind.type == declared:
            best, asserted = best + DECLARED_WEIGHT, True
        if best:
            found.append(Found(kind, best, place, asserted))
    starts = [f.hit.start for f in found if f.hit is not None]
    if starts:
        first = min(starts)
        found = [
            Found(f.kind, f.weight + _FIRST_NAMED, f.hit, f.asserted)
            if f.hit is not None and f.hit.start == first
            else f
            for f in found
        ]
    return sorted(found, key=lambda f: -f.weight)
