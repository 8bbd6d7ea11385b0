"""Which of the names found in a text are meant as places, and how likely as the event's place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.geocoder import called, cues, weighing
from geo.geocoder.common import COMMON
from geo.geocoder.context import Context
from geo.geocoder.names import Hit, Kind
from geo.geocoder.quarters import SIDES
from geo.geocoder.spelling import ONE_WRONG
from geo.geocoder.weighing import AT, PLAIN, SURE, Mention, made

LONG_ENOUGH = 6  # letters


def mentions(context: Context, hits: Sequence[Hit]) -> list[Mention]:
    """The names that survive: no overlaps, no fruit, no people; in order of position."""
    chosen = _without_overlaps(context, [hit for hit in hits if _possible(context, hit)])
    found = [_weigh(context, hit) for hit in chosen]
    return _share(context, _of_streets(found))


def _possible(context: Context, hit: Hit) -> bool:
    if hit.name.when_called:
        return context.before(hit.start) in cues.SURE_BEFORE
    if hit.name.kind == "mapped":
        return called.weigh(context, hit) > 0
    if hit.name.kind in ("outside", "place") and _scrap(context, hit):
        return False
    if hit.name.kind == "partial":
        mention = weighing.area(context, hit)
        if context.crowded and not mention.sure and called.continues(context, hit.end):
            return False
        return mention.sure if hit.name.weak else mention.proof
    before = context.before(hit.start)
    if hit.name.kind == "place" and _one_word_nearly(hit):
        # "gang kenari" is no Kejari; said to be there, it may be one.
        return before in cues.AT or (before in cues.BESIDE and before not in cues.STREET)
    if hit.name.kind == "place" and hit.name.weak:
        starts = context.pause_before(hit.start)
        whole = starts and (context.pause_after(hit.end) or context.after(hit.end) in cues.HAPPENS)
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
        return weighing.outside(context, hit)
    if hit.name.kind == "place":
        return weighing.place(context, hit)
    if hit.name.kind == "mapped":
        return replace(made(hit, 1.0, proof=True), score=called.weigh(context, hit))
    if hit.name.kind == "city":
        return made(hit, PLAIN, proof=True)
    mention = weighing.area(context, hit)
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
    if context.crowded and not mention.sure and _other_name(context, hit):
        return replace(mention, score=0.0)
    return mention


def _other_name(context: Context, hit: Hit) -> bool:
    """Among very many names: the area's word as part of another one ("Kampung Pulo" is not Kel.
    Pulo, "Jati Raya" not Kel. Jati), or a firm's."""
    before = context.before(hit.start)
    if before in cues.NOT_PLACE_BEFORE:
        return True
    if hit.end - hit.start > 1:
        return False
    if before in cues.HAMLET:
        return True
    word = context.words[hit.start].text
    if not (hit.name.weak or word in COMMON):
        return False
    return context.after(hit.end) in SIDES or called.continues(context, hit.end)


def _said_to_be_there(context: Context, hit: Hit, mention: Mention) -> bool:
    """Among very many names a misspelt one needs more than standing in a good place."""
    if hit.end - hit.start > 1:
        return mention.proof
    return mention.sure or context.before(hit.start) in cues.AT


def _scrap(context: Context, hit: Hit) -> bool:
    """A short word that only nearly is a name ("durin"): too little to go by on its own."""
    return _one_word_nearly(hit) and len(context.words[hit.start].text) < LONG_ENOUGH


def _one_word_nearly(hit: Hit) -> bool:
    return hit.end - hit.start == 1 and hit.quality <= ONE_WRONG


def _of_streets(found: Sequence[Mention]) -> list[Mention]:
    """A kelurahan right after a street is its address, whatever the word means otherwise:
    "Jl. Yos Sudarso Lalang"."""
    read = list(found)
    for index in range(1, len(read)):
        street, area = read[index - 1], read[index]
        follows = street.kind == "place" and street.score > 0 and street.end == area.start
        if follows and area.kind == "kelurahan" and not area.proof:
            read[index] = replace(area, score=PLAIN * area.quality, proof=True)
    return read


def _share(context: Context, found: list[Mention]) -> list[Mention]:
    """Names joined by "dan", a comma or a stroke stand or fall together; an outside name right
    after one of ours ("Lapangan Merdeka Medan") says that ours is not ours."""
    shared = list(found)
    for index in range(len(shared) - 1):
        first, second = shared[index], shared[index + 1]
        if first.score <= 0:
            continue
        if second.kind == "outside" and first.kind != "outside" and first.end == second.start:
            if not first.sure and not context.pause_before(second.start):
                shared[index] = replace(first, score=0.0)
                shared[index + 1] = replace(second, score=max(second.score, AT), proof=True)
        elif second.score > 0 and joined(context, first, second):
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
