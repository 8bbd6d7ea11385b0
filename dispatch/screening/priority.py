"""How urgent a report of a known type is: the rules of its :class:`Kind`, first match wins."""

from dispatch.screening.kind import Kind
from dispatch.screening.reading import Reading
from dispatch.screening.rules import first_match, patterns

LIFE = patterns(
    "UNCON",
    "NOBREATH",
    "BREATHLESS",
    "BLEED_HEAVY",
    "PINNED",
    "BURIED",
    "TRAPPED",
    "FIRE",
    "EXPLODE",
    "SWEPT",
    "INTO_WATER",
    "STAB",
    "ABDUCT",
    "RAPE",
    "SUICIDE",
    "AT_EDGE",
    "HEART",
    "STROKE",
    "SEIZURE",
    "OVERDOSE",
    "CHOKE",
    "SHOCKED",
    "BIRTH",
    "GAS~LEAK:4",
    "BOMB",
    "DEEP~WATER",
    "DEEP FLOOD",
    "WEAPON",
    "KDRT",
    "VIOLENCE ABUSER",
    "DEAD~FOLK:4",
)
"""Words that speak of life, whatever the rest says: they lift soft blocks and noise scores."""


def rank(kind: Kind, reading: Reading) -> tuple[str, str]:
    """Priority of a report of ``kind`` and the machine reason ("priority:P1:tidak sadar")."""
    for name, rules in (("P1", kind.p1), ("P3", kind.p3), ("P2", kind.p2)):
        found = first_match(rules, reading)
        if found is not None:
            return name, f"priority:{name}:{found[1].words}"
    return kind.default, f"priority:{kind.default}:default"


def life_word(reading: Reading) -> str | None:
    """The first word of the text that speaks of life, or None."""
    found = first_match(LIFE, reading)
    return found[1].words if found else None
