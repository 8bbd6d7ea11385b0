"""Near-misses of known words: dropped vowels, a missing or extra letter, two letters swapped.

Only words unknown to the lexicon are ever corrected, only towards longer words, and only where
one candidate stands alone; a wrong guess would turn a name into an event.
"""

import re
from collections.abc import Iterable

_VOWELS = re.compile(r"[aiueo]")
_MIN_SKELETON = 3
_MIN_TYPO = 6
_MIN_VOWEL_SLIP = 8

TARGETS = frozenset(
    """
    kebakaran terbakar kebanjiran banjir terendam tenggelam hanyut kecelakaan tabrakan ditabrak
    tertabrak ketabrak pingsan pendarahan melahirkan ketuban perampok perampokan dirampok
    kemalingan pencuri pencurian berkelahi tawuran dibacok ditikam ditusuk dipukul dipukuli
    tertimpa ketimpa terjepit kejepit terjebak kejebak terkunci terkurung tertimbun tumbang roboh
    rubuh ambruk longsor jembatan tanggul jebol ambulans pemadam polisi tolong darurat keracunan
    kejang jantung stroke muntah berdarah korban meninggal kesetrum tersetrum korsleting elpiji
    menyengat bunuh meledak ledakan terbalik terguling terlindas kobaran asap ular buaya sarang
    penculikan diculik bocor mengancam diancam mabuk pisau parang celurit terluka patah hilang
    tersesat sungai genangan evakuasi sepinggang selutut penumpang kabel listrik trafo tiang pohon
    rumah gudang tetangga selamatkan terperosok tercebur overdosis kesurupan perempuan melompat
    bayi hamil menangis dihajar suami segera cepat tolonglah
    """.split()  # noqa: SIM905 - a table
)
"""The only words a near-miss is corrected to: those that make a message an emergency."""

NOT_MISSPELT = frozenset(
    """
    banjar koran terbaik diajar selamatan tarakan terpendam batuan tergiling tergulung berdaerah
    terkurang kemalangan dicuplik kejuangan hadiah kesatuan ketuan dendam kobarkan
    """.split()  # noqa: SIM905 - a table
)
"""Real words and names that lie one slip from a target."""


class Speller:
    """Finds the one known word that an unknown word is a short or slipped form of."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._known = frozenset(vocabulary)
        targets = self._known & TARGETS
        self._targets = targets
        self._skeletons: dict[str, list[str]] = {}
        self._shortened: dict[str, set[str]] = {}
        for word in sorted(targets):
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
        if (
            word in NOT_MISSPELT
            or word in self._known
            or not 3 <= len(word) <= 24
            or not word.isalpha()
        ):
            return None
        skeleton = _VOWELS.sub("", word)
        if len(skeleton) >= _MIN_SKELETON and len(word) - len(skeleton) <= 2:
            full = [w for w in self._skeletons.get(skeleton, ()) if _within(word, w)]
            full.sort(key=len)
            if full and all(w.startswith(full[0]) for w in full):
                return full[0]
        if len(word) < _MIN_TYPO - 1:
            return None
        near = set(self._shortened.get(word, ()))  # a letter is missing
        if len(word) > _MIN_TYPO:
            for form in _deletions(word):
                if form in self._targets and len(form) >= _MIN_TYPO:
                    near.add(form)  # a letter too many
                for target in self._shortened.get(form, ()):
                    if len(target) == len(word) and _slipped(word, target):
                        near.add(target)
        near = {w for w in near if w[0] == word[0]}
        return near.pop() if len(near) == 1 else None


def _deletions(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(1, len(word))}


def _slipped(word: str, target: str) -> bool:
    """Two neighbours swapped, or in a long word one vowel for another."""
    differ = [i for i, (a, b) in enumerate(zip(word, target, strict=True)) if a != b]
    if len(differ) == 2:
        i, j = differ
        return j == i + 1 and word[i] == target[j] and word[j] == target[i]
    if len(differ) == 1 and len(word) >= _MIN_VOWEL_SLIP:
        return {word[differ[0]], target[differ[0]]} <= set("aiueo")
    return False


def _within(short: str, full: str) -> bool:
    """The letters of ``short`` stand in ``full`` in order, and ``full`` is longer."""
    if len(short) >= len(full) or short[0] != full[0]:
        return False
    letters = iter(full)
    return all(letter in letters for letter in short)
