"""The class of a contact: emergency first, noise only where nothing speaks of an event.

Each ``_is_…`` below answers for one class and is asked in the order of :func:`decide`. Two rules
stand over all: a text that may be an emergency or noise is never called noise (a person reads
"unclear"), and a text that only asks or complains opens nothing.
"""

from dataclasses import dataclass

from dispatch.screening.evidence import Found
from dispatch.screening.marks import Marks, laughs
from dispatch.screening.reading import Reading
from dispatch.screening.rules import Pattern, first_match, pattern, patterns

SURE = 9.0
"""Evidence of this weight names an event itself."""

LIKELY = 6.0
HINT = 3.0

BODY = patterns(
    "UNCON", "NOBREATH", "BREATHLESS", "BLEED_HEAVY", "PINNED", "BURIED", "SEIZURE", "SWEPT"
)
"""What happens to a body now; with one of these no text is a drill, thanks or a complaint."""

RESOLVED = patterns(
    "ALREADY>DONE_WELL:4",
    "DONE_WELL THANKS",
    "TAKEN_CARE",
    "HELPER>ARRIVED:4",
    "PUT_OUT",
    "RECEDED",
    "FOUND_SAFE",
    "HOME_AGAIN",
)

_UPDATE: tuple[tuple[float, Pattern], ...] = tuple(
    (weight, pattern(source))
    for weight, source in (
        (3, "THANKS"),
        (4, "CANCEL"),
        (4, "CORRECT"),
        (4, "WHERE_ARE"),
    )
)
_ONGOING: tuple[tuple[float, Pattern], ...] = tuple(
    (weight, pattern(source))
    for weight, source in (
        (5, "REIGNITE"),
        (2, "PLEA"),
        (2, "REQUEST"),
        (1.5, "STILL"),
        (1, "GROWING"),
        (1.5, "HURT"),
    )
)
_SPAM_GROUPS = ("LOAN", "PRIZE", "GAMBLE", "REACH", "GOODS", "SCAM", "CHAIN", "MONEY")
_SILLY = ("ABSURD", "ROMANCE", "ORDER_FOOD", "JOKE", "INSULT", "METAPHOR")


@dataclass(frozen=True, slots=True)
class Case:
    """Everything the decision looks at."""

    reading: Reading
    marks: Marks
    found: list[Found]
    declared: bool
    has_position: bool
    agency: bool

    @property
    def best(self) -> float:
        """Weight of the strongest asserted type; 0 if none."""
        return max((f.weight for f in self.found if f.asserted), default=0.0)

    @property
    def plea(self) -> bool:
        """Somebody asks for help."""
        return self.reading.has("PLEA") or self.reading.has("DESPAIR") or self.marks.plea

    @property
    def placed(self) -> bool:
        """The text or the phone says where."""
        return self.has_position or self.marks.position or self.reading.has("ADDRESS")

    @property
    def body(self) -> bool:
        """A body is in danger now."""
        return first_match(BODY, self.reading) is not None


def decide(case: Case) -> tuple[str, str]:
    """The class and the machine reason for it."""
    for name, reason in (
        ("spam", _is_spam(case)),
        ("test", _is_test(case)),
        ("prank", _is_prank(case)),
    ):
        if reason:
            if case.declared or (case.agency and name != "test"):
                return "unclear", f"class:{name}?:{reason}"
            return name, f"class:{name}:{reason}"
    if reason := _is_update(case):
        return "update", f"class:update:{reason}"
    if reason := _is_complaint(case):
        return "non_emergency", f"class:non_emergency:{reason}"
    if reason := _is_question(case):
        return "information", f"class:information:{reason}"
    if reason := _is_emergency(case):
        return "emergency", f"class:emergency:{reason}"
    return "unclear", "class:unclear"


def asked_clauses(reading: Reading) -> frozenset[int]:
    """Clauses that only ask: "ada banjir di … tidak?", "apa benar …?", but not "gimana ini?"."""
    asked: set[int] = set()
    for sentence in set(reading.sentence):
        span = [i for i, s in enumerate(reading.sentence) if s == sentence]
        last = [i for i in span if reading.clause[i] == reading.clause[span[-1]]]
        words = [reading.words[i] for i in last]
        asks = sentence in reading.asks
        if asks and (words[0] in _OPENS or words[-1] in _CLOSES) and not _personal(reading, last):
            asked.add(reading.clause[last[0]])
        inquire = reading.first("INQUIRE")
        if inquire is None or reading.sentence[inquire.start] != sentence:
            continue
        if not _personal(reading, [i for i in span if i >= inquire.end]):
            asked.update(reading.clause[i] for i in span if i >= inquire.start)
    return frozenset(asked)


_OPENS = frozenset(
    "apa apakah benarkah betulkah adakah kenapa kapan siapa berapa mana jam ada bagaimana cara".split()  # noqa: SIM905
)
_CLOSES = frozenset("tidak belum ya bukan benar mana kapan berapa siapa apa".split())  # noqa: SIM905


def _personal(reading: Reading, places: list[int]) -> bool:
    """The words at ``places`` speak of the writer's own need."""
    inside = set(places)
    return any(
        hit.start in inside
        for name in ("SELF", "PLEA", "KIN", "NEIGHBOUR")
        for hit in reading.hits.get(name, ())
    )


def _is_spam(case: Case) -> str | None:
    r = case.reading
    groups = [name for name in _SPAM_GROUPS if r.mentions(name)]
    sure = any(r.mentions(name) for name in ("LOAN_SURE", "GAMBLE_SURE", "SCAM_SURE"))
    if case.best >= SURE and not (r.mentions("SCAM") and r.mentions("MONEY") and len(groups) > 2):
        return None
    links = case.marks.links
    if (sure and (len(groups) > 1 or links)) or len(groups) + 2 * bool(links) >= 3:
        return "+".join(groups).lower()
    if len(groups) == 2 and not case.plea and not r.mentions("ASKS") and not case.placed:
        return "+".join(groups).lower() if set(groups) != {"REACH", "MONEY"} else None
    return None


def _is_test(case: Case) -> str | None:
    r = case.reading
    if case.body:
        return None
    drill = r.mentions("DRILL_SURE") or (r.has("DRILL") and r.mentions("IGNORE"))
    if drill and not r.denied("DRILL"):
        return "drill"
    test = r.first("TEST")
    if test is None or r.mentions("EXAM") or case.best >= SURE:
        return None
    if r.mentions("IGNORE") or (case.best < LIKELY and (test.start <= 2 or len(r.words) <= 8)):
        return None if case.plea and not r.mentions("IGNORE") else test.words
    return None


def _is_prank(case: Case) -> str | None:
    r = case.reading
    silly = [name for name in _SILLY if r.mentions(name)]
    laughter = case.marks.laughter or laughs(r.words)
    if case.best >= LIKELY or case.body:
        return None
    if laughter and (silly or not case.plea):
        return "+".join(["laughter", *silly]).lower()
    if r.has("JOKE") or r.mentions("METAPHOR"):
        return "+".join(silly).lower()
    if "ABSURD" in silly and case.best < HINT:
        return "absurd"
    if "INSULT" in silly and not case.plea and case.best < HINT and not _complains(r):
        return "insult"
    if "ORDER_FOOD" in silly and "ROMANCE" in silly:
        return "order"
    return None


def _is_update(case: Case) -> str | None:
    r = case.reading
    if case.body and not r.has("TAKEN_CARE"):
        return None
    score, names = 0.0, []
    resolved = first_match(RESOLVED, r)
    if resolved is not None and r.clause[resolved[1].start] not in asked_clauses(r):
        score, names = 4.0, [resolved[1].words]
    for weight, rule in _UPDATE:
        hit = rule.match(r)
        if hit is not None:
            score += weight
            names.append(hit.words)
    if not names or (score <= 3 and (case.best >= HINT or r.mentions("SERVICE"))):
        return None
    ongoing = sum(weight for weight, rule in _ONGOING if rule.match(r) is not None)
    if case.declared:
        ongoing += 1
    return "+".join(names) if score - ongoing >= 2 else None


def _complains(r: Reading) -> float:
    """How much a text is a complaint about the city's services, 0 and up."""
    score = 0.0
    if r.near("PUBLIC_THING", "BROKEN", 4, ordered=False):
        score += 4
    if r.mentions("OUTAGE"):
        score += 4
    if r.mentions("BURNING_TRASH"):
        score += 4
    if r.mentions("WANTS_MENDED"):
        score += 3
    if r.mentions("HABIT"):
        score += 3
    if r.mentions("NOT_CRASH"):
        score += 2
    return score


def _is_complaint(case: Case) -> str | None:
    score = _complains(case.reading)
    if score < 4 or case.body or case.declared:
        return None
    acute = case.reading.has("PLEA") and not case.reading.mentions("WANTS_MENDED")
    if case.best < LIKELY or (case.best < SURE and score >= 4 and not acute):
        return f"complaint:{score:.0f}"
    if case.reading.mentions("HABIT") and score >= 6 and not acute:
        return "complaint:habit"
    return None


def _is_question(case: Case) -> str | None:
    r = case.reading
    score = 0.0
    asks = bool(r.asks) or r.mentions("INQUIRE")
    for weight, name in ((3, "INQUIRE"), (3, "SERVICE"), (2, "ASKS"), (4, "VERIFY"), (2, "HOW_IF")):
        if r.mentions(name):
            score += weight
    score += 2 if r.asks else 0
    if score < 4 or case.declared or case.body:
        return None
    if case.best >= LIKELY or (case.plea and case.best >= HINT):
        return None
    return f"question:{score:.0f}" if asks or score >= 5 else None


def _is_emergency(case: Case) -> str | None:
    if case.declared:
        return "declared"
    if case.best >= LIKELY:
        return "event"
    if case.best >= HINT and (case.plea or case.placed):
        return "hint"
    if case.plea and case.has_position:
        return "plea_with_position"
    return None
