"""Near-misses of known words: dropped vowels and one wrong, missing or extra letter.

Only words unknown to the lexicon are ever corrected, only towards longer words, and only where
one candidate stands alone; a wrong guess would turn a name into an event.
"""

import re
from collections.abc import Iterable

_VOWELS = re.compile(r"[aiueo]")
_MIN_SKELETON = 3
_MIN_TYPO = 6

NOT_MISSPELT = frozenset(
    """
    banjar binjai koran karban tepung tembok temboke selamet pisang kacang gudang gedung karang
    barang padang pandan bandar durian rambutan kampus kompas tamban tambangan lubang kelapa
    sungguh sunguh pelita berohol tualang bagelen satria persiakan rambung mandailing lalang
    terbaik terbang terakhir perkara bakaran kebakaan penuh tanjak marulak senang tenang
    """.split()  # noqa: SIM905 - a table
)
"""Real words (and the city's commonest names) that lie one letter from a word of the lexicon."""


class Speller:
    """Finds the one known word that an unknown word is a short or slipped form of."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._known = frozenset(vocabulary)
        self._skeletons: dict[str, list[str]] = {}
        self._shortened: dict[str, set[str]] = {}
        for word in self._known:
            skeleton = _VOWELS.sub("", word)
            if len(skeleton) >= _MIN_SKELETON:
                self._skeletons.setdefault(skeleton, []).append(word)
            if len(word) >= _MIN_TYPO:
                for form in _deletions(word):
                    self._shortened.setdefault(form, set()).add(word)

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def correct(self, word: str) -> str | None:
        """The known word meant, or None. ``word`` is folded; at most 24 letters are tried."""
        if word in NOT_MISSPELT or not 3 <= len(word) <= 24 or not word.isalpha():
            return None
        skeleton = _VOWELS.sub("", word)
        if len(skeleton) >= _MIN_SKELETON and len(word) - len(skeleton) <= 2:
            full = [w for w in self._skeletons.get(skeleton, ()) if _within(word, w)]
            if len(full) == 1:
                return full[0]
        if len(word) < _MIN_TYPO - 1:
            return None
        near: set[str] = set(self._shortened.get(word, ()))
        if len(word) >= _MIN_TYPO:
            for form in _deletions(word):
                if form in self._known and len(form) >= _MIN_TYPO:
                    near.add(form)
                near.update(w for w in self._shortened.get(form, ()) if len(w) == len(word))
        near = {w for w in near if w[0] == word[0]}
        return near.pop() if len(near) == 1 else None


def _deletions(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(1, len(word))}


def _within(short: str, full: str) -> bool:
    """The letters of ``short`` stand in ``full`` in order, and ``full`` is longer."""
    if len(short) >= len(full) or short[0] != full[0]:
        return False
    letters = iter(full)
    return all(letter in letters for letter in short)
