"""A text as the geocoder reads it: words with their breaks, and the lingkungan it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from geo.words import tokens

# A dot ends a sentence only when what stands before is not a short form ("kel. Pabatu").
_SHORT_FORM = 4
_BREAK = re.compile(r"[,;:!?\n\r()\[\]{}|]|\.\s|\.$|\s[-–—/]+\s|\.\.")
_ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15,
}  # fmt: skip
_COUNTED = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9, "sepuluh": 10,
}  # fmt: skip
LINGKUNGAN = frozenset({"lingkungan", "link", "lk", "lkn", "lingk"})
MOST_LINGKUNGAN = 20
# "lk 40 tahun" is a man of forty, "lk 3 orang" three men.
_NOT_AFTER = frozenset({"tahun", "thn", "th", "orang", "bulan", "meter", "kali", "jiwa", "cm"})


@dataclass(frozen=True, slots=True)
class Word:
    """One expanded word; `raw` is as typed (lower case), `breaks` says a pause stands before."""

    text: str
    raw: str
    token: int
    breaks: bool
    number: bool


@dataclass(frozen=True, slots=True)
class Lingkungan:
    """ "Lk 3" at words[start:end]."""

    number: int
    start: int
    end: int


def read(text: str) -> list[Word]:
    """The words of a text in order."""
    words: list[Word] = []
    found = tokens(text)
    for index, token in enumerate(found):
        breaks = index == 0
        if index:
            before = found[index - 1]
            gap = text[before.end : token.start]
            breaks = _is_break(gap, before.raw, before.norm)
        raw = token.raw.lower()
        for part in token.norm.split():
            words.append(Word(part, raw, index, breaks, token.is_number))
            breaks = False
    return words


def lingkungans(words: list[Word]) -> list[Lingkungan]:
    """Every "lk 3", "Lk.IV", "lingkungan dua" among the words."""
    found = []
    for index, (word, after) in enumerate(pairwise(words)):
        if word.text not in LINGKUNGAN:
            continue
        number = _number(after)
        beyond = words[index + 2].text if index + 2 < len(words) else ""
        if number is not None and beyond not in _NOT_AFTER:
            found.append(Lingkungan(number, index, index + 2))
    return found


def _is_break(gap: str, raw: str, norm: str) -> bool:
    if gap.startswith(".") and (len(raw) <= _SHORT_FORM or norm != raw.lower()):
        gap = gap[1:]
        if not gap.strip():
            return False
    return _BREAK.search(gap) is not None


def _number(word: Word) -> int | None:
    if word.text.isdigit():
        value = int(word.text) if len(word.text) < 4 else 0
        return value if 1 <= value <= MOST_LINGKUNGAN else None
    # As typed: "III" loses its letters where "toloooong" does.
    return _ROMAN.get(word.raw) or _COUNTED.get(word.text)
