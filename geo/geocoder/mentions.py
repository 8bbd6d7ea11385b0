"""Which of the names found in a text are meant as places, and how likely as the event's place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.geocoder import called, cues
from geo.geocoder.context import Context
from geo.geocoder.names import Hit, Kind
from geo.geocoder.spelling import ONE_WRONG

SURE = 1.0
WITH_LINGKUNGAN = 0.95
AT = 0.85
WHOLE_SEGMENT = 0.75
OPENING = 0.7
BESIDE = 0.7
PLAIN = 0.5
MOVING = 0.4
# A landmark is a finer answer than the area it lies in, but says less surely which area.
LANDMARK_PLAIN = 0.65
LONG_ENOUGH = 6  # letters


@dataclass(frozen=True, slots=True)
class Mention:
    """One name at words[start:end]. `score` 0…1; `proof` when something beside the name itself
    shows that a place is meant; `sure` when it is called kelurahan or carries a lingkungan."""

    kind: Kind
    ids: tuple[str, ...]
    start: int
    end: int
    score: float
    proof: bool
    sure: bool
    quality: float


def mentions(context: Context, hits: Sequence[Hit]) -> list[Mention]:
    """The names that survive: no overlaps, no fruit, no people; in order of position."""
    chosen = _without_overlaps(context, [hit for hit in hits if _possible(context, hit)])
    found = [_weigh(context, hit) for hit in chosen]
    found = [mention for mention in found if mention.score > 0]
    return _share(context, found)


def _possible(context: Context, hit: Hit) -> bool:
    if hit.name.when_called:
        return context.before(hit.start) in cues.SURE_BEFORE
    if hit.name.kind == "mapped":
        return called.weigh(context, hit) > 0
    if hit.name.kind in ("outside", "place") and _scrap(context, hit):
        return False
    if hit.name.kind == "partial":
        mention = _weigh_area(context, hit)
        if context.crowded and not mention.sure and called.continues(context, hit.end):
            return False
        return mention.sure if hit.name.weak else mention.proof
    if hit.name.kind == "place" and hit.name.weak:
        before = context.before(hit.start)
        whole = context.pause_before(hit.start) and context.pause_after(hit.end)
        return whole or before in cues.STREET | cues.AT | cues.BESIDE
    return True


_RANK: dict[Kind, int] = {
    "kelurahan": 5,
    "outside": 4,
    "kecamatan": 3,
    "place": 2,
    "partial": 1,
    "mapped": 1,
    "city": 0,
}
_STREET_RANK = 6  # what is called a street is one, whatever area has the same name


def _without_overlaps(context: Context, hits: Sequence[Hit]) -> list[Hit]:
    """The longest first, then the best spelt; at one span a kelurahan before its market."""

    def order(hit: Hit) -> tuple[float, float, int]:
        rank = _RANK[hit.name.kind]
        if hit.name.kind == "mapped" and called.is_called(context, hit.start):
            rank = _STREET_RANK
        return (-(hit.end - hit.start), -hit.quality, -rank)

    taken: set[int] = set()
    kept: list[Hit] = []
    for hit in sorted(hits, key=order):
        span = range(hit.start, hit.end)
        if not taken.intersection(span):
            taken.update(span)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _weigh(context: Context, hit: Hit) -> Mention:
    if hit.name.kind == "outside":
        return _weigh_outside(context, hit)
    if hit.name.kind == "place":
        return _weigh_place(context, hit)
    if hit.name.kind == "mapped":
        return replace(_made(hit, 1.0, proof=True), score=called.weigh(context, hit))
    if hit.name.kind == "city":
        return _made(hit, PLAIN, proof=True)
    mention = _weigh_area(context, hit)
    if _scrap(context, hit) and not mention.sure:
        return replace(mention, score=0.0)
    if hit.name.kind == "kecamatan" and context.before(hit.start) in cues.DISTRICT_BEFORE:
        return replace(mention, score=SURE, proof=True)
    two_words = hit.end - hit.start > 1 and hit.quality >= 0.97
    if (
        context.crowded
        and hit.quality <= ONE_WRONG
        and not _said_to_be_there(context, hit, mention)
    ):
        return replace(mention, score=0.0)
    if hit.name.weak and not mention.proof and not two_words:
        return replace(mention, score=0.0)
    return mention


def _said_to_be_there(context: Context, hit: Hit, mention: Mention) -> bool:
    """Among very many names a misspelt one needs more than standing in a good place."""
    if hit.end - hit.start > 1:
        return mention.proof
    return mention.sure or context.before(hit.start) in cues.AT


def _scrap(context: Context, hit: Hit) -> bool:
    """A short word that only nearly is a name ("durin"): too little to go by on its own."""
    word = context.words[hit.start]
    return hit.end - hit.start == 1 and hit.quality <= ONE_WRONG and len(word.text) < LONG_ENOUGH


def _weigh_area(context: Context, hit: Hit) -> Mention:
    before = context.before(hit.start)
    if before in cues.SURE_BEFORE:
        return _made(hit, SURE, proof=True, sure=True)
    for lk in context.lingkungans:
        if hit.end == lk.start or (lk.end == hit.start and not context.pause_before(hit.start)):
            return _made(hit, WITH_LINGKUNGAN, proof=True, sure=True)
    if before in cues.AT:
        return _made(hit, AT, proof=True)
    if before in cues.NOT_PLACE_BEFORE:
        return _made(hit, 0.0 if hit.name.weak else MOVING)
    if before in cues.BEFALLS:
        return _made(hit, OPENING, proof=True)
    if before in cues.ALONG:
        # A street called like an area need not lie in it; one that a big map lacks, less so.
        alone = context.crowded and hit.end - hit.start == 1
        return _made(hit, 0.0 if hit.name.weak or alone else PLAIN)
    if before in cues.BESIDE:
        return _made(hit, BESIDE, proof=True)
    if before in cues.FROM:
        own = context.before(hit.start, 2) in cues.SELF
        return _made(hit, AT - 0.1 if own else MOVING, proof=True)
    if before in cues.TOWARDS:
        return _made(hit, MOVING, proof=True)
    starts = context.pause_before(hit.start)
    if starts and context.pause_after(hit.end):
        return _made(hit, WHOLE_SEGMENT, proof=True)
    happens = context.after(hit.end) in cues.HAPPENS
    if context.opens(hit.start) and (context.pause_after(hit.end) or happens):
        return _made(hit, OPENING, proof=True)
    if starts and happens:
        return _made(hit, OPENING - 0.05, proof=True)
    return _made(hit, PLAIN + (0.05 if context.pause_after(hit.end) else 0.0))


def _weigh_place(context: Context, hit: Hit) -> Mention:
    before = context.before(hit.start)
    if before in cues.AT:
        return _made(hit, AT - 0.02, proof=True)
    if before in cues.BESIDE:
        return _made(hit, BESIDE, proof=True)
    if before in cues.FROM or before in cues.TOWARDS:
        return _made(hit, MOVING, proof=True)
    return _made(hit, LANDMARK_PLAIN)


def _weigh_outside(context: Context, hit: Hit) -> Mention:
    before = context.before(hit.start)
    if before in cues.OUTSIDE_BEFORE or before in cues.SURE_BEFORE:
        return _made(hit, SURE, proof=True, sure=True)
    if before in cues.AT:
        # "ke rumah sakit di Medan" is where somebody is to be taken
        back = [context.before(hit.start, n) for n in range(2, 6)]
        taken = "sakit" in back and "ke" in back
        return _made(hit, 0.0 if taken else AT, proof=True)
    if before in cues.FROM:
        own = context.before(hit.start, 2) in cues.SELF
        return _made(hit, BESIDE if own else 0.0, proof=own)
    if before in cues.TOWARDS or before in cues.NOT_OUTSIDE_BEFORE or before in cues.STREET:
        return _made(hit, 0.0)
    if before == "raya" and context.before(hit.start, 2) in cues.STREET:
        return _made(hit, 0.0)  # "jalan raya Bogor" leads there
    if before in cues.BESIDE:
        return _made(hit, BESIDE, proof=True)
    if any(context.before(hit.start, back) in cues.STREET for back in (2, 3, 4)):
        return _made(hit, AT, proof=True)  # "jalan Sutomo Medan"
    if context.pause_before(hit.start) and context.pause_after(hit.end):
        return _made(hit, WHOLE_SEGMENT, proof=True)
    if context.opens(hit.start) and not hit.name.weak:
        return _made(hit, OPENING, proof=True)
    return _made(hit, 0.0 if hit.name.weak or hit.quality < 0.9 else PLAIN)


def _made(hit: Hit, score: float, *, proof: bool = False, sure: bool = False) -> Mention:
    name = hit.name
    return Mention(
        name.kind, name.ids, hit.start, hit.end, score * hit.quality, proof, sure, hit.quality
    )


def _share(context: Context, found: list[Mention]) -> list[Mention]:
    """Names joined by "dan", a comma or a stroke stand or fall together; an outside name right
    after one of ours ("Lapangan Merdeka Medan") says that ours is not ours."""
    shared = list(found)
    for index in range(len(shared) - 1):
        first, second = shared[index], shared[index + 1]
        if second.kind == "outside" and first.kind != "outside" and first.end == second.start:
            if not first.sure and not context.pause_before(second.start):
                shared[index] = replace(first, score=0.0)
                shared[index + 1] = replace(second, score=max(second.score, AT), proof=True)
        elif joined(context, first, second):
            best = max(first.score, second.score)
            shared[index] = replace(first, score=best, proof=True)
            shared[index + 1] = replace(second, score=best - 0.01, proof=True)
    return [mention for mention in shared if mention.score > 0]


def joined(context: Context, first: Mention, second: Mention) -> bool:
    """Two kelurahan named in one breath: "Tualang sama Persiakan", "Tualang/Persiakan"."""
    if first.kind != "kelurahan" or second.kind != "kelurahan":
        return False
    between = [word.text for word in context.words[first.end : second.start]]
    return not between or (len(between) == 1 and between[0] in cues.JOINS)
