"""Texts that ask or complain: they open nothing, unless they also tell of an event."""

from dispatch.screening.case import HINT, LIKELY, SURE, Case
from dispatch.screening.reading import Reading

_STANDING = ("WANTS_MENDED", "WANTS_SURE", "HABIT", "BURNING_TRASH", "OUTAGE")
_OPENS = frozenset(
    """
    apa apakah biaya tarif harga syarat jadwal nomor benarkah betulkah adakah kenapa kapan
    siapa berapa jam ada bagaimana cara kalau boleh
    """.split()  # noqa: SIM905 - a table
)
_CLOSES = frozenset("tidak belum ya bukan benar mana kapan berapa siapa apa".split())  # noqa: SIM905


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
        rumour = any(
            reading.sentence[hit.start] == sentence
            for name in ("RUMOUR", "VERIFY", "NEWS_OF")
            for hit in reading.hits.get(name, ())
        )
        if (asks or reading.mentions("NEWS_OF")) and rumour and not _personal(reading, span):
            asked.update(reading.clause[i] for i in span)
        inquire = reading.first("INQUIRE")
        if inquire is None or reading.sentence[inquire.start] != sentence:
            continue
        if not _personal(reading, [i for i in span if i >= inquire.end]):
            asked.update(reading.clause[i] for i in span if i >= inquire.start)
    return frozenset(asked)


def _personal(reading: Reading, places: list[int]) -> bool:
    """The words at ``places`` speak of the writer's own need."""
    inside = set(places)
    return any(
        hit.start in inside
        for name in ("SELF", "PLEA", "KIN", "NEIGHBOUR")
        for hit in reading.hits.get(name, ())
    )


def complains(r: Reading) -> float:
    """How much a text is a complaint about the city's services, 0 and up."""
    score = 0.0
    if r.near("PUBLIC_THING", "BROKEN", 4, ordered=False):
        score += 4
    if r.mentions("OUTAGE"):
        score += 4
    if r.mentions("BURNING_TRASH"):
        score += 4
    if r.mentions("WANTS_SURE"):
        score += 4
    elif r.mentions("WANTS_MENDED"):
        score += 3
    if r.mentions("HABIT"):
        score += 3
    if r.mentions("NOT_CRASH"):
        score += 2
    if r.mentions("HABIT") and r.mentions("BROKEN"):
        score += 1
    return score


def _about_the_city(case: Case) -> bool:
    """A statement about a street, a service or an office, in which nobody is in need."""
    r = case.reading
    quiet = not case.plea and not r.asks and not r.mentions("ASKS")
    quiet = quiet and case.best < HINT and not r.has("FOLK")
    return quiet and r.mentions("PUBLIC_THING") and len(r.words) > 3


def is_complaint(case: Case) -> str | None:
    """A standing nuisance for the city's offices; nobody is in danger by it now."""
    score = complains(case.reading)
    if _about_the_city(case):
        score = max(score, 3)
    spoken = any(case.reading.mentions(name) for name in ("PUBLIC_THING", "WANTS_MENDED"))
    enough = 3 if case.best < HINT and spoken else 4
    if score < enough or case.body or case.declared:
        return None
    acute = case.reading.has("PLEA") and not case.reading.mentions("WANTS_MENDED")
    standing = any(case.reading.mentions(name) for name in _STANDING)
    standing = standing or bool(case.found and case.found[0].kind.type == "crime")
    if case.best < LIKELY or (case.best < SURE and case.nuisance and standing and not acute):
        return f"complaint:{score:.0f}"
    if case.reading.mentions("HABIT") and score >= 6 and not acute:
        return "complaint:habit"
    return None


def is_question(case: Case) -> str | None:
    """Asks for something to know, and reports nothing."""
    r = case.reading
    if case.declared or case.body or case.best >= LIKELY or (case.plea and case.best >= HINT):
        return None
    asks = bool(r.asks) or r.mentions("INQUIRE") or r.mentions("VERIFY") or r.mentions("NEWS_OF")
    score = 2.0 if r.asks else 0.0
    for weight, name in ((3, "INQUIRE"), (3, "SERVICE"), (2, "ASKS"), (4, "VERIFY"), (2, "HOW_IF")):
        if r.mentions(name):
            score += weight
    about = any(r.mentions(name) for name in ("INQUIRE", "SERVICE", "VERIFY", "HOW_IF"))
    if about and score >= 4 and (asks or score >= 5):
        return f"question:{score:.0f}"
    impersonal = not _personal(r, list(range(len(r.words)))) and not r.mentions("ORDER_FOOD")
    long_enough = len(r.words) > (2 if r.asks else 3)
    if (asks or r.mentions("ASKS")) and impersonal and long_enough and case.best < HINT:
        return f"question:{score:.0f}"
    return None


def only_asks(case: Case) -> bool:
    """Every clause of the text is a question, and nothing is asked to be mended."""
    reading = case.reading
    return set(reading.clause) <= case.asked and not reading.mentions("WANTS_MENDED")
