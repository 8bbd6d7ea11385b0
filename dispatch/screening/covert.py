"""Is calling back dangerous for the one who wrote?"""

from dispatch.screening.reading import Reading
from dispatch.screening.rules import first_match, patterns

_HIDING = patterns(
    "NOCALL",
    "HIDDEN HE",
    "SMALL_ROOM HE -MISHAP~INJURY:9 -STRUCK_DOWN",
    "HIDES THEFT",
    "HIDES SUSPECT",
    "HIDES ROB",
    "HIDES WEAPON",
)
_VICTIM = patterns("SELF", "HE RAGE", "HE HIDES")
_WITNESS = patterns("NEIGHBOUR", "WIFE~VIOLENCE:4 -SELF")


def is_covert(reading: Reading, type_: str) -> bool:
    """True if she asks not to be called, hides from somebody, or is hurt at home herself.

    A neighbour who reports the violence next door can be called.
    """
    if first_match(_HIDING, reading) is not None:
        return True
    return (
        type_ == "domestic_violence"
        and first_match(_VICTIM, reading) is not None
        and first_match(_WITNESS, reading) is None
    )
