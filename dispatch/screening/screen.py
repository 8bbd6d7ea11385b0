"""One text in, one :class:`Screening` out. Pure, deterministic, and never raises on any text."""

from dataclasses import dataclass

from dispatch.screening.asking import asked_clauses
from dispatch.screening.case import Case
from dispatch.screening.casualties import count
from dispatch.screening.classes import decide
from dispatch.screening.covert import is_covert
from dispatch.screening.depths import mark_depths
from dispatch.screening.evidence import Found, subject, weigh
from dispatch.screening.kinds import BY_TYPE
from dispatch.screening.lexicon import LEXICON
from dispatch.screening.marks import Marks, look
from dispatch.screening.places import outside
from dispatch.screening.priority import life_word, rank
from dispatch.screening.reading import Reading

DECLARABLE = frozenset(BY_TYPE) | {"other"}


@dataclass(frozen=True, slots=True)
class Screening:
    """What the rules make of a text; a proposal that a person may change.

    ``class_``, ``type``, ``priority`` are words of DESIGN §1 (``none`` where nothing applies).
    ``casualties`` is only a stated number. ``silent``: do not call back. ``life_threat``: a word
    that lifts any soft block and noise score. ``confidence`` 0..1 orders the queue and decides
    nothing. ``reasons`` are machine codes with the matched words ("type:fire:kebakaran").
    """

    class_: str
    type: str
    priority: str
    casualties: int | None
    silent: bool
    life_threat: bool
    confidence: float
    reasons: tuple[str, ...]


def screen(
    text: str,
    *,
    declared_type: str | None = None,
    has_position: bool = False,
    out_of_city: bool = False,
    agency_channel: bool = False,
) -> Screening:
    """Class, type and priority of one message.

    ``declared_type`` is what the resident chose in the app: evidence, and the class stays
    emergency unless the text is plainly something else. ``has_position``: a place is known, by
    phone or by words. ``out_of_city``: the geocoder's verdict. ``agency_channel``: written by
    another agency or the desk, never called a prank or spam.

    A press of the panic button with a position is an emergency (other, P2): somebody stands
    there and asks. With nothing but a number it is unclear, P2: call back at once.
    """
    marks = look(text)
    declared = declared_type if declared_type in DECLARABLE else None
    notes = ["text:cut"] if marks.cut else []
    if declared_type not in (None, "none", declared):
        notes.append("declared:unknown")
    if marks.wordless:
        return _wordless(marks, declared, has_position, out_of_city, notes)
    reading = LEXICON.read(marks.text)
    mark_depths(reading)
    asked = asked_clauses(reading)
    found = weigh(reading, declared, asked)
    case = Case(reading, marks, found, asked, declared is not None, has_position, agency_channel)
    class_, why = decide(case)
    notes.append(why)
    place = outside(reading.words)
    if class_ in ("emergency", "update", "non_emergency") and (out_of_city or place):
        class_ = "out_of_city"
        notes.append(f"place:outside:{place or 'geocoder'}")
    type_, priority = "none", "none"
    if class_ in ("emergency", "update", "out_of_city"):
        type_, reason = _type(class_, found, reading)
        notes.append(reason)
        if class_ != "update":
            priority, reason = _priority(found, case)
            notes.append(reason)
    elif class_ == "unclear" and case.plea:
        priority = "P2"
        notes.append("priority:P2:plea")
    life = life_word(reading)
    if life:
        notes.append(f"life:{life}")
    return Screening(
        class_=class_,
        type=type_,
        priority=priority,
        casualties=count(reading) if class_ in ("emergency", "update", "out_of_city") else None,
        silent=is_covert(reading, type_),
        life_threat=life is not None or priority == "P1",
        confidence=_confidence(class_, case),
        reasons=tuple(notes),
    )


def _wordless(
    marks: Marks, declared: str | None, has_position: bool, out_of_city: bool, notes: list[str]
) -> Screening:
    """Nothing written: the button, the position or an emoji must speak."""
    class_, type_, priority, why = "unclear", "none", "none", "class:unclear:wordless"
    empty = not marks.text.strip()
    if declared is not None:
        class_, type_, priority = "emergency", declared, BY_TYPE[declared].default
        why = "class:emergency:declared"
    elif has_position and (empty or marks.plea):
        class_, type_, priority = "emergency", "other", "P2"
        why = "class:emergency:panic:position"
    elif empty or marks.plea:
        priority, why = "P2", "class:unclear:panic:number" if empty else "class:unclear:plea"
    if class_ == "emergency" and out_of_city:
        class_ = "out_of_city"
        notes = [*notes, "place:outside:geocoder"]
    return Screening(
        class_=class_,
        type=type_,
        priority=priority,
        casualties=None,
        silent=False,
        life_threat=priority == "P1",
        confidence=0.5 if class_ == "emergency" else 0.3,
        reasons=(*notes, why),
    )


def _type(class_: str, found: list[Found], reading: Reading) -> tuple[str, str]:
    """The type and its reason; an update may only name its helpers ("ambulans sudah sampai")."""
    about = (
        subject(reading) if class_ != "emergency" and (not found or found[0].weight < 6) else None
    )
    if about is not None:
        return about[0], f"type:{about[0]}:{about[1].words}"
    if found:
        hit = found[0].hit
        return found[0].kind.type, f"type:{found[0].kind.type}:{hit.words if hit else 'declared'}"
    return ("none", "type:none") if class_ == "update" else ("other", "type:other:default")


def _priority(found: list[Found], case: Case) -> tuple[str, str]:
    if not found:
        return ("P2", "priority:P2:plea") if case.plea else ("P3", "priority:P3:default")
    return rank(found[0].kind, case.reading)


def _confidence(class_: str, case: Case) -> float:
    """Grows with the evidence and with the lead over the second type; a guess stays under 0.5."""
    weights = [f.weight for f in case.found if f.asserted]
    best = weights[0] if weights else 0.0
    lead = best - weights[1] if len(weights) > 1 else best
    if class_ in ("emergency", "out_of_city"):
        return round(min(0.97, 0.3 + 0.045 * best + 0.02 * min(lead, 5.0)), 2)
    if class_ == "unclear":
        return 0.3
    return round(max(0.4, 0.9 - 0.05 * best), 2)
