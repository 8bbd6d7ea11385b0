"""Near-misses: what is mended and, more important, what is left alone."""

import pytest

from dispatch.screening.lexicon import LEXICON
from dispatch.screening.spelling import NOT_MISSPELT, TARGETS, Speller

SPELLER = Speller(TARGETS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kbkrn", "kebakaran"),
        ("kebakran", "kebakaran"),
        ("kebakarran", "kebakaran"),
        ("kebkaaran", "kebakaran"),
        ("bnjr", "banjir"),
        ("tnggelam", "tenggelam"),
        ("ambulns", "ambulans"),
        ("pigsan", "pingsan"),
    ],
)
def test_slips_of_emergency_words_are_mended(typed: str, meant: str) -> None:
    assert SPELLER.correct(typed) == meant


@pytest.mark.parametrize(
    "word",
    [
        *("banjar", "rampah", "pisang", "koran", "tambangan", "terbaik", "penting", "tambang"),
        *("kebakaran", "ab", "", "x" * 40, "12345"),
    ],
)
def test_real_words_names_and_rubbish_are_left_alone(word: str) -> None:
    assert SPELLER.correct(word) is None


def test_targets_are_words_of_the_lexicon() -> None:
    """A correction to a word that means nothing would be wasted."""
    unknown = [word for word in TARGETS if not LEXICON.read(word).hits]
    assert unknown == []


def test_exceptions_are_needed() -> None:
    assert not NOT_MISSPELT & TARGETS
