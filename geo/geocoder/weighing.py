"""How surely a name is meant as a place, and as the event's, by the words directly round it."""

from __future__ import annotations

from dataclasses import dataclass

from geo.geocoder import cues
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

    @property
    def slight(self) -> bool:
        """One word that only nearly is the name, and nothing that makes it sure."""
        return not self.sure and self.end - self.start == 1 and self.quality <= ONE_WRONG


def area(context: Context, hit: Hit) -> Mention:
    before = context.before(hit.start)
    if _denied(context, hit):
        return made(hit, 0.0)
    if before in cues.SURE_BEFORE:
        return made(hit, SURE, proof=True, sure=True)
    for lk in context.lingkungans:
        if hit.end == lk.start or (lk.end == hit.start and not context.pause_before(hit.start)):
            return made(hit, WITH_LINGKUNGAN, proof=True, sure=True)
    if before in cues.AT:
        return made(hit, AT, proof=True)
    if before in cues.NOT_PLACE_BEFORE:
        return made(hit, 0.0 if hit.name.weak else MOVING)
    if before in cues.BEFALLS:
        return made(hit, OPENING, proof=True)
    if before in cues.ALONG:
        # A street called like an area need not lie in it; one that a big map lacks, less so.
        alone = context.crowded and hit.end - hit.start == 1
        return made(hit, 0.0 if hit.name.weak or alone else PLAIN)
    if before in cues.BESIDE:
        return made(hit, BESIDE, proof=True)
    if before in cues.FROM:
        own = context.before(hit.start, 2) in cues.SELF
        return made(hit, AT - 0.1 if own else MOVING, proof=True)
    if before in cues.TOWARDS:
        return made(hit, AT if _sent_for(context, hit) else MOVING, proof=True)
    starts = context.pause_before(hit.start)
    if starts and context.pause_after(hit.end):
        return made(hit, WHOLE_SEGMENT, proof=True)
    happens = _happens(context, hit)
    if context.opens(hit.start) and (context.pause_after(hit.end) or happens):
        return made(hit, OPENING, proof=True)
    relates = context.after(hit.end) in cues.RELATES
    opens = starts or context.opens(hit.start)
    if opens and (happens or relates):
        return made(hit, OPENING - 0.05, proof=True)
    if _flooded(context, hit.end) and before not in cues.TITLES:
        return made(hit, OPENING - 0.1, proof=True)
    return made(hit, PLAIN + (0.05 if context.pause_after(hit.end) else 0.0))


def place(context: Context, hit: Hit) -> Mention:
    before = context.before(hit.start)
    if _denied(context, hit):
        return made(hit, 0.0)
    if before in cues.AT:
        return made(hit, AT - 0.02, proof=True)
    if before in cues.BESIDE:
        return made(hit, BESIDE, proof=True)
    if before in cues.FROM or before in cues.TOWARDS:
        return made(hit, MOVING, proof=True)
    return made(hit, LANDMARK_PLAIN)


def outside(context: Context, hit: Hit) -> Mention:
    before = context.before(hit.start)
    if _denied(context, hit):
        return made(hit, 0.0)
    if before in cues.OUTSIDE_BEFORE or before in cues.SURE_BEFORE:
        return made(hit, SURE, proof=True, sure=True)
    if before in cues.AT:
        # "ke rumah sakit di Medan" is where somebody is to be taken
        back = [context.before(hit.start, n) for n in range(2, 6)]
        taken = ("sakit" in back and "ke" in back) or back[0] in cues.LIVES
        return made(hit, 0.0 if taken else AT, proof=True)
    if before in cues.FROM:
        own = context.before(hit.start, 2) in cues.SELF
        return made(hit, BESIDE if own else 0.0, proof=own)
    if before in cues.TOWARDS and _sent_for(context, hit):
        return made(hit, AT, proof=True)
    if before in cues.TOWARDS or before in cues.NOT_OUTSIDE_BEFORE or before in cues.STREET:
        return made(hit, 0.0)
    if before == "raya" and context.before(hit.start, 2) in cues.STREET:
        return made(hit, 0.0)  # "jalan raya Bogor" leads there
    if before in cues.BESIDE:
        return made(hit, BESIDE, proof=True)
    if any(context.before(hit.start, back) in cues.STREET for back in (2, 3, 4)):
        return made(hit, AT, proof=True)  # "jalan Sutomo Medan"
    if context.pause_before(hit.start) and context.pause_after(hit.end):
        return made(hit, WHOLE_SEGMENT, proof=True)
    if context.opens(hit.start) and not hit.name.weak:
        return made(hit, OPENING, proof=True)
    return made(hit, 0.0 if hit.name.weak or hit.quality < 0.9 else PLAIN)


def _happens(context: Context, hit: Hit) -> bool:
    """What happens follows; to an area, where the name is a word of its own."""
    after = context.after(hit.end)
    if not hit.name.weak:
        return after in cues.HAPPENS
    if after in cues.OUT_OF:
        return not context.pause_before(hit.end) and context.after(hit.end + 1) in cues.SUPPLIES
    if after == "kebakaran" and context.words[hit.start].text in cues.BURNS:
        return False
    return after in cues.BEFALLS_AREA


def _denied(context: Context, hit: Hit) -> bool:
    """ "bukan di Bulian tapi di Pelita"."""
    before = context.before(hit.start)
    if before in cues.AT or before in cues.FROM or before in cues.TOWARDS:
        before = context.before(hit.start, 2)
    return before in cues.DENIED


def _sent_for(context: Context, hit: Hit) -> bool:
    """ "damkar tolong ke Sei Rampah": somebody is to come there."""
    back = [context.before(hit.start, n) for n in range(2, 5)]
    called = any(word in cues.HELPERS or word in cues.SEND for word in back)
    return called and not cues.FROM.intersection(back)


def _flooded(context: Context, end: int) -> bool:
    """ "durian sudah surut": what befalls areas, not fruit."""
    if context.after(end) in cues.STILL:
        return not context.pause_after(end + 1) and context.after(end + 1) in cues.FLOODED
    return context.after(end) in cues.FLOODED


def made(hit: Hit, score: float, *, proof: bool = False, sure: bool = False) -> Mention:
    name = hit.name
    return Mention(
        name.kind, name.ids, hit.start, hit.end, score * hit.quality, proof, sure, hit.quality
    )
