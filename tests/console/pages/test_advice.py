"""Advice exists for what people report, and promises nothing."""

from __future__ import annotations

import re

import pytest

from console.pages.advice import ADVICE, COVERT, GENERAL, WAITING, advice_for, waiting_words
from console.pages.words import TYPES
from dispatch.inbound import TYPES as ALL_TYPES

NO_ADVICE_OF_THEIR_OWN = {"domestic_violence", "other", "none"}
HARMFUL = ("odol", "mentega", "diisap", "disayat", "diikat", "menarik bayi", "menekan perut")


def test_every_type_of_the_vocabulary_is_on_the_form_and_has_advice() -> None:
    assert {code for code, _ in TYPES} | {"none"} == set(ALL_TYPES)
    assert set(ALL_TYPES) - set(ADVICE) == NO_ADVICE_OF_THEIR_OWN
    assert advice_for("none") == GENERAL == advice_for("something new")


@pytest.mark.parametrize("type_", sorted(ADVICE))
def test_lines_are_few_and_short_enough_to_read_in_trouble(type_: str) -> None:
    lines = advice_for(type_)
    assert 2 <= len(lines) <= 5
    assert all(len(line) <= 190 for line in lines)


def test_no_line_promises_a_time_of_arrival() -> None:
    for line in (*WAITING.values(), *COVERT.values(), *GENERAL):
        assert not re.search(r"\d+ ?(menit|detik|jam)|segera tiba|sebentar lagi", line)


def test_home_remedies_are_named_only_to_forbid_them() -> None:
    for line in (line for lines in ADVICE.values() for line in lines):
        for word in HARMFUL:
            if word in line:
                assert re.search(rf"[Jj]angan [^.]*{word}", line), line


def test_covert_words_do_not_depend_on_progress() -> None:
    words = {waiting_words(status, covert=True) for status in WAITING if status[:6] != "closed"}
    assert words == {COVERT["received"]}
