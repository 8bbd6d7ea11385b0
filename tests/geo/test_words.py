"""The shared normaliser: spelling, spans, and that no text can break it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.words import expand, fold, plain, tokens
from geo.words_table import ABBREVIATIONS, PLACE_NOUNS


@pytest.mark.parametrize(
    ("typed", "usual"),
    [
        ("tlg pak rmh sy hbs", "tolong pak rumah saya hbs"),
        ("ga bs kluar", "tidak bisa keluar"),
        ("gabisa jln", "tidak bisa jalan"),
        ("TOLOOOONG", "tolong"),
        ("cepattt bangg", "cepat bang"),
        ("mall ruko", "mall ruko"),
        ("anak2 nangis", "anak anak nangis"),
        ("lari2an", "lari larian"),
        ("lk2 gg2", "lingkungan 2 gang 2"),
        ("lk.IV", "lingkungan iv"),
        ("jam2 pagi", "jam 2 pagi"),
        ("60cm 2mtr 5 th", "60 cm 2 meter 5 tahun"),
        ("km 5", "km 5"),
        ("dirumah dirmh kesini", "di rumah di rumah ke sini"),
        ("keluar diluar", "keluar di luar"),
        ("dibakar ditusuk", "dibakar ditusuk"),
        ("Jum’at", "jumat"),
        ("ＡＰＩ", "api"),
        ("a\u0301pi", "api"),
        ("to\u200blong", "tolong"),
        ("3.3280,99.1560 jam 09.15", "3.3280,99.1560 jam 09.15"),
        ("", ""),
        ("🆘 ??? …", ""),
    ],
)
def test_plain(typed: str, usual: str) -> None:
    assert plain(typed) == usual


def test_fold_keeps_punctuation_and_expands_nothing() -> None:
    assert fold("  Jl.  Dr. Sutomo\x00\n No.5 ") == "jl. dr. sutomo no.5"
    assert fold("Béngkël") == "bengkel"


def test_names_stay_as_typed() -> None:
    assert plain("dr sm kl") == "dr sm kl"
    assert expand("mandailing") == "mandailing"


def test_spans_point_into_the_original_text() -> None:
    text = "Tlg!! rmh di Lk.2"
    assert [(t.raw, t.norm) for t in tokens(text)] == [
        ("Tlg", "tolong"),
        ("rmh", "rumah"),
        ("di", "di"),
        ("Lk", "lingkungan"),
        ("2", "2"),
    ]


def test_table_is_closed() -> None:
    """A usual form must not itself be expanded further, or two callers would disagree."""
    for usual in ABBREVIATIONS.values():
        assert " ".join(expand(word) for word in usual.split()) == usual
    assert all(expand(noun) == noun for noun in PLACE_NOUNS)


@given(st.text(max_size=300))
def test_any_text_gives_ordered_true_spans(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert token.start >= end
        assert text[token.start : token.end] == token.raw
        assert token.norm == token.norm.strip() != ""
        end = token.end


@given(st.text(max_size=300))
def test_fold_is_idempotent(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


def test_a_megabyte_is_read_in_a_moment() -> None:
    assert len(tokens("tlg rmh " * 125_000)) == 250_000
    assert len(fold("a" * 1_000_000)) == 1
