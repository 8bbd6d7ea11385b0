"""What the decision about the class of a contact looks at."""

from dataclasses import dataclass

from dispatch.screening.evidence import Found
from dispatch.screening.marks import Marks, laughs
from dispatch.screening.reading import Reading
from dispatch.screening.rules import first_match, patterns

SURE = 9.0
"""Evidence of this weight names an event itself."""

LIKELY = 6.0
HINT = 3.0

BODY = patterns(
    "UNCON", "NOBREATH", "BREATHLESS", "BLEED_HEAVY", "PINNED", "BURIED", "SEIZURE", "SWEPT"
)
"""What happens to a body now; with one of these no text is a drill, thanks or a complaint."""

_NUISANCES = frozenset(
    {"fire", "flood", "fallen_tree", "utility_hazard", "building_collapse", "animal"}
    | {"other", "gas_leak"}
)


@dataclass(frozen=True, slots=True)
class Case:
    """Everything the decision looks at."""

    reading: Reading
    marks: Marks
    found: list[Found]
    asked: frozenset[int]
    declared: bool
    has_position: bool
    agency: bool

    @property
    def best(self) -> float:
        """Weight of the strongest asserted type; 0 if none."""
        return max((f.weight for f in self.found if f.asserted), default=0.0)

    @property
    def nuisance(self) -> bool:
        """The strongest type is one that people also only complain about."""
        if not self.found:
            return False
        first = self.found[0]
        return first.kind.type in _NUISANCES or (first.kind.type == "crime" and first.weight < 8.8)

    @property
    def plea(self) -> bool:
        """Somebody asks for help."""
        return self.reading.has("PLEA") or self.reading.has("DESPAIR") or self.marks.plea

    @property
    def placed(self) -> bool:
        """The text or the phone says where."""
        return self.has_position or self.marks.position or self.reading.has("ADDRESS")

    @property
    def laughter(self) -> bool:
        """Laughing letters or faces."""
        return self.marks.laughter or laughs(self.reading.words)

    @property
    def body(self) -> bool:
        """A body is in danger now, and that is told, not asked."""
        found = first_match(BODY, self.reading)
        return found is not None and self.reading.clause[found[1].start] not in self.asked
