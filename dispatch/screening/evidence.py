"""Which type of emergency a text speaks of, and how strongly."""

from dataclasses import dataclass

from dispatch.screening.kind import Kind
from dispatch.screening.kinds import BY_TYPE, KINDS
from dispatch.screening.reading import Hit, Reading
from dispatch.screening.rules import pattern

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


_SUBJECT = tuple(
    (BY_TYPE[type_], pattern(source))
    for type_, source in (
        ("labour", "BORN"),
        ("mental_health", "TOWER"),
        ("fallen_tree", "TREE"),
        ("fire", "FIRE_CREW"),
        ("flood", "FLOOD_CREW"),
        ("medical", "AMBULANCE"),
        ("medical", "TAKEN_CARE"),
        ("medical", "HOME_AGAIN"),
        ("fire", "BURNING_TRASH"),
        ("fire", "NOT_FIRE"),
        ("fire", "SMOKE"),
        ("crime", "POLICE"),
        ("missing_person", "FOUND_AGAIN CHILD"),
        ("missing_person", "FOUND_AGAIN FOLK"),
        ("utility_hazard", "POWER"),
        ("utility_hazard", "CABLE"),
        ("rescue", "KEY"),
        ("traffic_accident", "VEHICLE"),
    )
)
"""What a short "sudah selesai, terima kasih" is about, where it names no event."""


def subject(reading: Reading) -> tuple[str, Hit] | None:
    """The type an update is about by its helpers and things: "ambulansnya mana" is medical."""
    for kind, rule in _SUBJECT:
        hit = rule.match(reading)
        if hit is not None:
            return kind.type, hit
    return None


def weigh(reading: Reading, declared: str | None, asked: frozenset[int]) -> list[Found]:
    """All types with any sign, strongest first.

    The strongest sign counts whole, up to three further ones a little, and the type named first
    in the text a little more: people say first what they need. ``asked`` are the clauses that
    only ask; a type whose every sign stands in one is not ``asserted``.
    """
    found: list[Found] = []
    for kind in KINDS:
        best, place, further, asserted = 0.0, None, -1, False
        for weight, rule in kind.evidence:
            hit = rule.match(reading)
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
