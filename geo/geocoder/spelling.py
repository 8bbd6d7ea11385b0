"""How a typed word may stand for a word of a name, and how sure that is.

Exact, a usual short form (`SHORT_FORMS`), its vowels dropped ("tmbngan"), or misspelt by one
letter (two in a long word). A word that means something else in Indonesian is never bent
(`ordinary.WORDS`): "patah tulang" is no report from Tualang.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo.geocoder.ordinary import WORDS

EXACT = 1.0
SHORT = 0.97
NO_VOWELS = 0.92
ONE_WRONG = 0.88
TWO_WRONG = 0.8

# Words of place names as they are shortened; dropped vowels alone ("tnjung", "lbk") need no row.
_FORMS = {
    "gunung": "gn gng gnung g",
    "kampung": "kp kamp kampoeng",
    "sungai": "sei sungei s sungi sunge",
    "rantau": "ranto rantu",
    "tebing": "tbing teb",
    "tinggi": "tgi tinggih",
    "lapangan": "lap lapngan",
    "stasiun": "sta stasion setasiun",
    "jenderal": "jend jendral jen",
    "dokter": "dr",
    "haji": "h hj",
    "pasar": "pajak pjk ps",  # Medan: a market is a pajak
    "padang": "pd pdg",
    "hulu": "ulu",
    "hilir": "ilir",
    "sri": "srie sry",
    "teluk": "tel",
    "bandar": "band",
    "muhammad": "m",
}
SHORT_FORMS = {form: usual for usual, row in _FORMS.items() for form in row.split()}
_VOWELS = frozenset("aeiou")
_MIN_FUZZY = 5
_MIN_TWO_WRONG = 10


class Vocabulary:
    """The words of all names; answers which of them a typed word may be."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._alike: dict[tuple[str, int], list[str]] = defaultdict(list)  # first letter, length
        self._skeletons: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            self._alike[(word[0], len(word))].append(word)
            self._skeletons[_skeleton(word)].append(word)
        self._memory: dict[str, tuple[tuple[str, float], ...]] = {}

    def __len__(self) -> int:
        return len(self._words)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def readings(self, typed: str) -> tuple[tuple[str, float], ...]:
        """Words of names that `typed` may be, each with its quality, the best first."""
        known = self._memory.get(typed)
        if known is None:
            known = self._readings(typed)
            if len(self._memory) > 50_000:  # a flood of different texts must not fill the memory
                self._memory.clear()
            self._memory[typed] = known
        return known

    def _readings(self, typed: str) -> tuple[tuple[str, float], ...]:
        best: dict[str, float] = {}
        if typed in self._words:
            best[typed] = EXACT
        usual = SHORT_FORMS.get(typed)
        if usual in self._words:
            best.setdefault(str(usual), SHORT)
        if typed not in WORDS and len(typed) <= 40 and typed.isalpha():
            if len(typed) >= 3:
                for word in self._skeletons.get(_skeleton(typed), ()):
                    if drops_vowels(typed, word):
                        best.setdefault(word, NO_VOWELS)
            if len(typed) >= _MIN_FUZZY - 1:
                for word, quality in self._misspelt(typed):
                    best.setdefault(word, quality)
        return tuple(sorted(best.items(), key=lambda item: (-item[1], item[0])))

    def _misspelt(self, typed: str) -> Iterable[tuple[str, float]]:
        # Hands slip inside a word, hardly ever on its first letter; what differs by more than two
        # in length differs by more than two letters.
        alike = [
            word
            for length in range(len(typed) - 2, len(typed) + 3)
            for word in self._alike.get((typed[0], length), ())
        ]
        for word, wrong, _ in process.extract(
            typed, alike, scorer=OSA.distance, score_cutoff=2, limit=4
        ):
            shorter = min(len(word), len(typed))
            if wrong <= 1 and max(len(word), len(typed)) >= _MIN_FUZZY:
                yield word, ONE_WRONG
            elif wrong == 2 and shorter >= _MIN_TWO_WRONG:
                yield word, TWO_WRONG


def _skeleton(word: str) -> str:
    """What is left without vowels and without the n of ng; equal for a word and its short forms."""
    rest = "".join(letter for letter in word[1:] if letter not in _VOWELS)
    return (word[0] + rest).replace("ng", "g")


def drops_vowels(typed: str, word: str) -> bool:
    """True when `typed` is `word` without some vowels (or the n of ng), all else in order."""
    if len(typed) >= len(word) or typed[0] != word[0]:
        return False
    at = 1
    for index, letter in enumerate(word[1:], start=1):
        if at < len(typed) and typed[at] == letter:
            at += 1
        elif letter not in _VOWELS and not (letter == "n" and word[index + 1 : index + 2] == "g"):
            return False
    return at == len(typed)
