"""Words as people type them at night on a small keyboard, brought to one spelling.

The one normaliser of the system. The geocoder compares names with it, the first classifier
compares events with it; it knows nothing of either. It is pure (no database, no settings, no
clock) and never raises on any text.

Three steps, each usable alone:

``fold``       characters: case, accents, full-width forms, lengthened letters ("toloooong")
``tokens``     words with their place in the original text, each folded and expanded
``plain``      the whole text as the expanded words joined by single blanks

What it deliberately leaves alone: names. ``dr`` (dari, dokter), ``sm`` (sama, Sisingamangaraja)
and ``kl`` (kalau, Kom. Laut) stay as typed, because expanding them would spoil street names, and
``fold`` never expands anything, so a caller with a name in hand can always compare folded forms.
"""

import re
import unicodedata
from dataclasses import dataclass

from geo.words_table import ABBREVIATIONS, ADDRESS_WORDS, BEFORE_SCHOOL, PLACE_NOUNS, UNITS

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MARKS = "\u0300-\u036f"

# A word may carry accents and invisible joiners inside; a number keeps its decimals, so that a
# coordinate or a clock time stays one token; a trailing 2 ("anak2") means the word said twice.
_TOKEN = re.compile(
    rf"""
      (?P<twice>[^\W\d_]{{3,}}2(?:an|nya|kan|i)?)(?![^\W_])
    | (?P<number>\d+(?:[.,:]\d+)*)
    | (?P<word>[^\W\d_](?:[^\W\d_]|[{_MARKS}{_INVISIBLE}]|['’`](?=[^\W\d_]))*)
    """,
    re.VERBOSE,
)
_LENGTHENED = re.compile(r"([a-z])\1{2,}")
_DOUBLED_END = re.compile(r"(?<=[a-z]{2})([abcdefghijkmnopqrtuvwxyz])\1$")  # not ll, ss: mall, Hess
_PREFIX = re.compile(r"di|ber")
_SPACE = re.compile(r"\s+")
_JOINED = re.compile(r"(di|ke)(?!(?<=ke)luar$)([a-z]{3,})$")  # keluar (go out) is one word
_DROPPED = str.maketrans({**dict.fromkeys(_INVISIBLE), **{chr(c): " " for c in (*range(32), 127)}})


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number of a text.

    ``raw`` is ``text[start:end]`` of the text given to :func:`tokens`; ``norm`` is its folded
    and expanded form, lower case, possibly several words ("gada" → "tidak ada"), never empty.
    """

    raw: str
    start: int
    end: int
    norm: str

    @property
    def is_number(self) -> bool:
        """Digits, with or without decimals or a clock's separator."""
        return self.raw[0].isdigit()


def fold(text: str) -> str:
    """Lower case, no accents, no invisible characters, single blanks, "toloooong" → "tolong".

    Punctuation and digits stay; nothing is expanded. Lengths differ from the input, so spans
    are only had from :func:`tokens`.
    """
    if text.isascii():
        flat = text.translate(_DROPPED).lower()
    else:
        parts = unicodedata.normalize("NFKD", text)
        flat = "".join(c for c in parts if not unicodedata.combining(c))
        flat = flat.translate(_DROPPED).lower()
    return _SPACE.sub(" ", _LENGTHENED.sub(r"\1", flat)).strip()


def tokens(text: str) -> list[Token]:
    """All words and numbers of ``text`` in order, with spans into ``text`` itself.

    Letters glued to digits are parted ("lk2" → lk, 2; "60cm" → 60, cm), except a trailing 2
    that doubles a word ("anak2" → norm "anak anak"). Punctuation and emoji make no token; a
    caller that needs them looks between the spans.
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        start, end, raw = match.start(), match.end(), match.group()
        if match.lastgroup == "number":
            found.append(Token(raw, start, end, raw))
            continue
        if match.lastgroup == "twice":
            head, _, tail = raw.partition("2")
            base = fold(head)
            if base in ADDRESS_WORDS:  # "gang2", "blok2", "jam2" count, they do not repeat
                cut = start + len(head)
                found.append(Token(head, start, cut, expand(base)))
                found.append(Token("2", cut, cut + 1, "2"))
                continue
            twice = expand(base)
            found.append(Token(raw, start, end, f"{twice} {_root(twice)}{fold(tail)}"))
            continue
        word = fold(raw).translate({39: None, 8217: None, 96: None}).replace(" ", "")
        word = _DOUBLED_END.sub(r"\1", word)
        if not word:
            continue
        after_number = bool(found) and found[-1].is_number and found[-1].end >= start - 1
        norm = UNITS.get(word) if after_number else None
        if word == "tk" and found and found[-1].norm in BEFORE_SCHOOL:
            norm = word  # "anak tk" goes to kindergarten; elsewhere tk is tak
        found.append(Token(raw, start, end, norm or expand(word)))
    return found


def _root(word: str) -> str:
    """What is said again: "dipegang2" is "dipegang pegang", "lari2" is "lari lari"."""
    prefix = _PREFIX.match(word)
    return word[prefix.end() :] if prefix and len(word) > 6 else word


def plain(text: str) -> str:
    """The expanded words of ``text`` joined by single blanks ("rmh sy kbanjiran" → …)."""
    return " ".join(token.norm for token in tokens(text))


def expand(word: str) -> str:
    """The usual spelling of one folded word; the word itself where none is known.

    "dirumah" → "di rumah", but only before nouns of place, for "dibakar" is one word.
    """
    known = ABBREVIATIONS.get(word)
    if known is not None:
        return known
    joined = _JOINED.match(word)
    if joined is not None:
        noun = ABBREVIATIONS.get(joined[2], joined[2])
        if noun in PLACE_NOUNS:
            return f"{joined[1]} {noun}"
    return word
