"""Two languages: the choice, the fields, and a translation for every sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import words
from core.web import problems
from core.words import choose, t
from tests.fixtures.msgids import of_room

REPO = Path(__file__).resolve().parents[2]
FIELDS = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "id"),
        ("id", "id"),
        ("en", "en"),
        ("en-US,en;q=0.9", "en"),
        ("id-ID,id;q=0.9,en;q=0.8", "id"),
        ("en;q=0.7,in", "id"),
        ("de", "id"),
        ("en;q=0", "id"),
        ("en;q=rusak", "id"),
    ],
)
def test_language_of_the_caller(header: str, lang: str) -> None:
    assert choose(header) == lang


@given(st.text(max_size=60))
def test_any_header_chooses_a_language(header: str) -> None:
    assert choose(header) in ("id", "en")


def test_fields_are_filled_and_unknown_sentences_stay() -> None:
    assert t("Peran: {role}", "en", role="admin") == "Role: admin"
    assert t("Peran: {role}", role="admin") == "Peran: admin"
    assert t("kalimat tanpa terjemahan", "en") == "kalimat tanpa terjemahan"
    assert t("{tidak diisi}") == "{tidak diisi}"


def core_sentences() -> set[str]:
    tables = {*problems.TITLES.values(), *problems.DETAILS.values(), *problems.REASONS.values()}
    return of_room(REPO / "core") | tables


def test_every_sentence_of_core_has_its_english() -> None:
    missing = sorted(msgid for msgid in core_sentences() if msgid not in words._english)
    assert missing == []


def test_translations_keep_the_fields() -> None:
    words.load_all(REPO)
    for msgid, english in words._english.items():
        assert set(FIELDS.findall(msgid)) == set(FIELDS.findall(english)), msgid
