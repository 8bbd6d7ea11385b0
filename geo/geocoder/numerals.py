"""Numbers in street names: "Hang Lekir VIII", "Tebet Barat 10"; one spelling for both."""

from __future__ import annotations

from collections.abc import Sequence

_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
ROMAN = {
    "x" * tens + unit: str(tens * 10 + value)
    for tens in range(3)
    for value, unit in enumerate(_UNITS)
    if tens or value
}
MOST_DIGITS = 3


def digits(word: str) -> str | None:
    """ "VIII" and "8" are both "8"; None for a word that is no small number."""
    if word.isdigit():
        return word.lstrip("0") or "0" if len(word) <= MOST_DIGITS else None
    return ROMAN.get(word)


def without_number(words: Sequence[str]) -> list[str]:
    """The name without the number (and its letter) at its end: "tebet barat 10 d" → tebet barat."""
    kept = list(words)
    if len(kept) > 2 and len(kept[-1]) == 1 and kept[-2].isdigit():
        kept = kept[:-1]
    if len(kept) > 1 and kept[-1].isdigit():
        kept = kept[:-1]
    return kept
