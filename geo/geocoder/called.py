"""How surely a name of the map is meant where it stands in a text.

A big map holds a street for nearly every word, so the word alone says nothing: what counts is that
it is called a street, or that several of its words stand together.
"""

from __future__ import annotations

from collections.abc import Collection

from geo.geocoder import cues
from geo.geocoder.context import Context
from geo.geocoder.cues import words
from geo.geocoder.names import Hit
from geo.geocoder.numerals import digits
from geo.geocoder.ordinary import WORDS

CALLED = 0.82
CALLED_ONE_WORD = 0.72
SEVERAL_WORDS = 0.6
WITH_CUE = 0.68
ELSEWHERE = 0.1  # named, but as where somebody goes or comes from
_SURELY_SPELT = 0.96
_LONG = 8  # letters of one word that may be misspelt: shorter ones are often another's name
STREETS = cues.STREET | frozenset(
    {"perempatan", "pertigaan", "prapatan", "lorong", "bunderan", "sepanjang", "ujung", "jembatan"}
)
ESTATES = words(
    "komplek kompleks komp perumahan perum cluster apartemen kampung kawasan daerah wilayah "
    "lingkungan warga area taman griya graha villa vila"
)
_CALLS_AREA = frozenset({"kelurahan", "kel", "desa", "kecamatan", "kec"})
_VILLAGE = frozenset({"desa"})
_CUES = (
    cues.HAPPENS | cues.JOINS | cues.STREET | cues.BESIDE | cues.AT | cues.FROM | cues.TOWARDS
    | cues.SELF | words("tertinggal binaan siaga tetangga wisata adat sehat kita kami mereka itu")
)  # fmt: skip
_NUMBERED_AFTER = frozenset({"nomor", "no", "rt", "rw", "gang", "blok", "kelurahan", "kel", "km"})
# A number after a name is the street's, unless it counts something.
_COUNTED = words(
    "meter cm m orang tahun hari jam menit rumah kk kali warga persen unit mobil motor titik"
)


def weigh(context: Context, hit: Hit) -> float:
    """0…1; 0 when the words are more likely just words."""
    letters = [w for w in context.words[hit.start : hit.end] if not w.number]
    alone = sum(word.isalpha() for word in hit.name.ids[0].split()) < 2
    before = context.before(hit.start)
    called = before in STREETS or (before == "raya" and context.before(hit.start, 2) == "jalan")
    if hit.quality < _SURELY_SPELT and (alone and (not called or len(letters[0].text) < _LONG)):
        return 0.0
    origin = context.before(hit.start, 2) if called else before
    if origin in cues.FROM or origin in cues.TOWARDS:
        return 0.0 if alone or hit.name.weak else ELSEWHERE
    if called and alone:
        if hit.name.weak and not _stands_alone(context, hit.end):
            return 0.0
        return CALLED_ONE_WORD * hit.quality
    if called:
        telling = sum(word.text not in WORDS for word in letters)
        return CALLED * hit.quality if hit.quality >= _SURELY_SPELT or telling > 1 else 0.0
    if hit.quality < _SURELY_SPELT or (hit.name.weak and not _estate(context, hit)):
        return 0.0
    near = before in cues.AT or before in cues.BESIDE or before in ESTATES
    if alone and not (near and hit.name.quarter):
        return 0.0
    return (WITH_CUE if near else SEVERAL_WORDS) * hit.quality


def _estate(context: Context, hit: Hit) -> bool:
    """ "Perumahan Mekar Sari", where the map has only Mekar Sari Raya."""
    several = sum(word.isalpha() for word in hit.name.ids[0].split()) > 1
    return several and hit.name.quarter and context.before(hit.start) in ESTATES


def is_called(context: Context, start: int) -> bool:
    before = context.before(start)
    return before in STREETS or (before == "raya" and context.before(start, 2) == "jalan")


def number_after(context: Context, end: int) -> str | None:
    """The number that belongs to the name before it: "Swadaya 8", "Nirbaya XIII"."""
    found = digits(context.words[end].raw) if context.after(end) else None
    if found is None:
        return None
    return None if context.after(end + 1) in _COUNTED else found


def _stands_alone(context: Context, end: int) -> bool:
    """Nothing follows that would make an everyday word an adjective or a part of a sentence."""
    after = context.after(end)
    if not after or after in _NUMBERED_AFTER:
        return True
    return digits(context.words[end].raw) is not None


def unknown_area(context: Context, covered: Collection[int]) -> bool:
    """Whether the text calls something a kelurahan or a village that no name here fits."""
    for index in range(len(context.words) - 1):
        name = context.words[index + 1]
        if context.words[index].text not in _CALLS_AREA or name.breaks or index + 1 in covered:
            continue
        if name.text.isalpha() and len(name.text) > 3 and name.text not in WORDS:
            return True
    return False


def unknown_village(context: Context, covered: Collection[int]) -> str | None:
    """ "Desa Sukamaju": a village that no name here fits, so not ours, by its name."""
    for index, word in enumerate(context.words[:-1]):
        name = context.words[index + 1]
        if word.text not in _VILLAGE or name.breaks or index + 1 in covered:
            continue
        if _tells(name.text) and len(name.raw) > 3:
            further = context.after(index + 2)
            tail = f" {further.title()}" if _tells(further) and index + 2 not in covered else ""
            return f"Desa {name.raw.title()}{tail}"
    return None


def _tells(word: str) -> bool:
    """Whether a word may be of a name: no everyday word, no word that this room reads as a cue."""
    return word.isalpha() and word not in WORDS and word not in _CUES and len(word) > 2


def continues(context: Context, end: int) -> bool:
    """Another word of a name follows: "Setia Asih", "Taman Palem"."""
    after = context.after(end)
    return _tells(after) and after not in _NUMBERED_AFTER
