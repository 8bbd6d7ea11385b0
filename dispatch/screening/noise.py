"""Noise: spam, tests and pranks. Each answers with its reason, or None where it is not sure."""

from dispatch.screening.asking import complains
from dispatch.screening.case import HINT, LIKELY, SURE, Case

_SPAM_GROUPS = ("LOAN", "PRIZE", "GAMBLE", "REACH", "GOODS", "SCAM", "CHAIN", "MONEY")
_SILLY = ("ABSURD", "ROMANCE", "ORDER_FOOD", "JOKE", "INSULT", "METAPHOR")


def is_spam(case: Case) -> str | None:
    """Loans, prizes, gambling, goods and swindles, unless an event is spoken of."""
    r = case.reading
    groups = [name for name in _SPAM_GROUPS if r.mentions(name)]
    sure = any(r.mentions(name) for name in ("LOAN_SURE", "GAMBLE_SURE", "SCAM_SURE"))
    links = case.marks.links
    if case.best >= LIKELY or case.body:
        swindle = r.mentions("SCAM") and r.mentions("MONEY") and len(groups) > 2
        return "swindle" if swindle and not case.body else None
    personal = r.has("SELF") or r.has("KIN")
    if personal and case.plea and groups == ["LOAN"]:
        return None
    enough = len(groups) + 2 * bool(links)
    if sure or enough >= 3 or (enough == 2 and not personal and not r.mentions("ASKS")):
        if groups == ["REACH", "MONEY"] or (not sure and r.asks and not links):
            return None
        return "+".join(groups).lower()
    return None


def is_test(case: Case) -> str | None:
    """A test of the line, or a drill that says so."""
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


def is_prank(case: Case) -> str | None:
    """Jokes, ghosts, flirts and insults; laughter beside an event is no proof of a joke."""
    r = case.reading
    silly = [name for name in _SILLY if r.mentions(name)]
    laughter = case.laughter
    if laughter and r.has("JOKE") and not (case.placed or case.body):
        return "laughter+joke"
    if case.best >= LIKELY or case.body:
        return None
    if laughter and (silly or not case.plea):
        return "+".join(["laughter", *silly]).lower()
    if r.has("JOKE") or r.mentions("METAPHOR"):
        return "+".join(silly).lower()
    if "ABSURD" in silly and case.best < HINT:
        return "absurd"
    calm = not case.plea and case.best < HINT and not r.has("FOLK")
    if "INSULT" in silly and calm and not complains(r):
        return "insult"
    if r.has("FLIRT") and case.best < HINT and not case.plea and not r.mentions("SERVICE"):
        return "flirt"
    return None
