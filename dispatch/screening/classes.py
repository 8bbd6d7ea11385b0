"""The class of a contact: emergency first, noise only where nothing speaks of an event.

The classes are asked one by one in the order of :func:`decide`. Two rules stand over all: a text
that may be an emergency or noise is never called noise (a person reads "unclear"), and a text
that only asks or complains opens nothing.
"""

from dispatch.screening.asking import complains, is_complaint, is_question, only_asks
from dispatch.screening.case import HINT, LIKELY, Case
from dispatch.screening.noise import is_prank, is_spam, is_test, sounds_like_test
from dispatch.screening.rules import Pattern, first_match, pattern, patterns

RESOLVED = patterns(
    "ALREADY>DONE_WELL:4",
    "DONE_WELL THANKS",
    "TAKEN_CARE",
    "HELPER>ARRIVED:4",
    "PUT_OUT",
    "RECEDED",
    "FOUND_SAFE",
    "CAME_HOME THANKS",
    "CAME_HOME SORRY",
    "CAME_HOME MISSING",
    "HOME_AGAIN",
    "TRAPPED OUT_NOW",
    "STUCK OUT_NOW",
    "OUT_NOW THANKS",
    "OUT_NOW SORRY",
)

_OVER = patterns("TAKEN_CARE", "FOUND_SAFE", "HOME_AGAIN", "CORRECT", "DONE_WELL THANKS")
"""Even what happened to a body may be over, or only corrected."""

_UPDATE: tuple[tuple[float, Pattern], ...] = tuple(
    (weight, pattern(source))
    for weight, source in (
        (3, "THANKS"),
        (4, "CANCEL"),
        (4, "CORRECT"),
        (4, "WHERE_ARE"),
        (4, "HELPER~LATE:3 -SERVICE"),
    )
)
_ONGOING: tuple[tuple[float, Pattern], ...] = tuple(
    (weight, pattern(source))
    for weight, source in (
        (5, "REIGNITE"),
        (2, "PLEA"),
        (2, "REQUEST"),
        (1.5, "STILL"),
        (1, "GROWING -RECEDED"),
        (1.5, "HURT"),
    )
)


def decide(case: Case) -> tuple[str, str]:
    """The class and the machine reason for it."""
    for name, reason in (
        ("spam", is_spam(case)),
        ("test", is_test(case)),
        ("prank", is_prank(case)),
    ):
        if reason:
            if case.declared or (case.agency and name != "test"):
                return "unclear", f"class:{name}?:{reason}"
            return name, f"class:{name}:{reason}"
    if reason := _is_update(case):
        return "update", f"class:update:{reason}"
    asking = is_question(case)
    complaining = is_complaint(case)
    if complaining and not (asking and (only_asks(case) or complains(case.reading) < 4)):
        return "non_emergency", f"class:non_emergency:{complaining}"
    if asking:
        return "information", f"class:information:{asking}"
    if case.laughter and not (case.placed or case.body or case.declared):
        return "unclear", "class:prank?:laughter"
    if sounds_like_test(case):
        return "unclear", "class:test?"
    if reason := _is_emergency(case):
        return "emergency", f"class:emergency:{reason}"
    return "unclear", "class:unclear"


def _is_update(case: Case) -> str | None:
    r = case.reading
    if len(r.words) < 2 or (case.body and first_match(_OVER, r) is None):
        return None
    score, names = 0.0, []
    resolved = first_match(RESOLVED, r)
    if resolved is not None and r.clause[resolved[1].start] not in case.asked:
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
