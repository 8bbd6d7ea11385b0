"""The alphabet: lengths on the wire, and words brought into it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier import gsm7


@pytest.mark.parametrize(
    ("text", "septets"),
    [("abc", 3), ("[a]", 5), ("€", 2), ("\n", 1), ("_@£", 3), ("~^", 4)],
)
def test_characters_of_the_extension_table_count_twice(text: str, septets: int) -> None:
    assert gsm7.septets(text) == septets


def test_a_character_outside_the_alphabet_has_no_length() -> None:
    with pytest.raises(ValueError, match="GSM"):
        gsm7.septets("日")


@pytest.mark.parametrize(
    ("text", "segments"),
    [("a" * 160, 1), ("a" * 161, 2), ("a" * 307, 3), ("日" * 70, 1), ("日" * 71, 2), ("", 1)],
)
def test_segments_are_counted_as_networks_bill_them(text: str, segments: int) -> None:
    assert gsm7.segments(text) == segments


@given(st.text(max_size=300))
def test_plain_always_lands_in_the_alphabet(text: str) -> None:
    words = gsm7.plain(text)
    assert all(c in gsm7.BASIC for c in words) and "\n" not in words


@given(st.text(max_size=200), st.integers(min_value=5, max_value=160))
def test_fit_never_exceeds_its_limit(text: str, limit: int) -> None:
    assert gsm7.septets(gsm7.fit(gsm7.plain(text), limit)) <= limit


@pytest.mark.parametrize(
    "lure",
    ["Klik http://jahat.example/x", "www.jahat.co", "jahat.com/hadiah", "hub 0811 0000 0001 ya"],
)
def test_names_carry_no_link_and_no_number_to_call(lure: str) -> None:
    name = gsm7.name(f"Jl. Pala {lure}")
    assert name.startswith("Jl. Pala")
    assert "jahat" not in name and "0001" not in name


def test_a_place_keeps_its_house_number_and_abbreviations() -> None:
    assert gsm7.name("Jl. K.F. Tandean No. 12 Gg. Mawar, Lk 4") == (
        "Jl. K.F. Tandean No. 12 Gg. Mawar, Lk 4"
    )
