"""Noise: spam, tests and pranks. Each answers with its reason, or None where it is not sure."""

from dispatch.screening.asking import complains
from dispatch.screening.case import HINT, LIKELY, SURE, Case

_SPAM_GROUPS = ("LOAN", "PRIZE", "GAMBLE", "REACH", "GOODS", "SCAM", "CHAIN", "MONEY")
_OFFERS = frozenset({"LOAN", "PRIZE", "GAMBLE", "GOODS", "SCAM"})
_SILLY = ("ABSURD", "ROMANCE", "ORDER_FOOD", "JOKE", "INSULT", "METAPHOR")


def is_spam(case: Case) -> str | None:
    """Loans, prizes, gambling, goods and swindles, unless an event is spoken of."""
    r = case.reading
    groups = [name for name in _SPAM_GROUPS if r.mentions(name)]
    sure = any(r.mentions(name) for name in ("LOAN_SURE", "GAMBLE_SURE", "SCAM_SURE"))
    links = case.marks.links
    if case.body:
        return None
    personal = r.has("SELF") or r.has("KIN")
    offers = bool(_OFFERS & set(groups)) or r.mentions("AD_PHRASE")
    if case.best >= (SURE if sure else LIKELY):
        swindle = r.mentions("SCAM") and r.mentions("MONEY") and len(groups) > 2
        nobody = not (personal or r.has("FOLK") or r.has("ADDRESS") or r.has("CRY"))
        linked = links and offers and not (personal or r.has("CRY"))
        if (
            swindle
            or linked
            or (nobody and offers and len(groups) + bool(links) + r.mentions("AD_PHRASE") > 1)
        ):
            return "offer_with_event"
        return None
    if personal and case.plea and groups == ["LOAN"]:
        return None
    enough = len(groups) + 2 * bool(links) + r.mentions("AD_PHRASE")
    if sure or enough >= 3 or (enough == 2 and not personal and not r.mentions("ASKS")):
        if (groups == ["REACH", "MONEY"] and not links) or (not sure and r.asks and not links):
            return None
        return "+".join(groups).lower() or "offer"
    return None


def is_test(case: Case) -> str | None:
    """A test of the line, or a drill that says so."""
    r = case.reading
    if case.body:
        return None
    drill = r.mentions("DRILL_SURE") or (r.has("DRILL") and r.mentions("IGNORE"))
    if drill and not r.denied("DRILL"):
        return "drill"
    if r.has("TEST") and r.mentions("IGNORE"):
        return "test+ignore"
    test = r.first("TEST")
    if test is None or r.mentions("EXAM") or case.best >= SURE:
        return None
    if case.best < LIKELY and not case.plea and (test.start <= 2 or len(r.words) <= 8):
        return test.words
    return None


def sounds_like_test(case: Case) -> bool:
    """ "tes laporan kebakaran": begins as a test, names an event and nothing else to go by."""
    r = case.reading
    test = r.first("TEST")
    vague = not (case.placed or case.body or case.declared or case.plea or r.has("FOLK"))
    return test is not None and test.start == 0 and vague and len(r.words) <= 6


def is_prank(case: Case) -> str | None:
    """Jokes, ghosts, flirts and insults; laughter beside an event is no proof of a joke."""
    r = case.reading
    silly = [name for name in _SILLY if r.mentions(name)]
    laughter = case.laughter
    if laughter and r.has("JOKE") and not (case.placed or case.body):
        return "laughter+joke"
    if r.mentions("FLIRT_OBJECT") and not (case.placed or r.has("FOLK") or r.has("SUICIDE")):
        return "flirt+event"
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
