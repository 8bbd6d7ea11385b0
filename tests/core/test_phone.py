"""Phone numbers in one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.phone import normalize

# Numbers of a block that is not assigned to a network.
CONTOH = "+6281200000777"


@pytest.mark.parametrize(
    "raw",
    [
        "081200000777",
        "0812-0000-0777",
        "0812 0000 0777",
        "(0812) 0000.0777",
        "6281200000777",
        "+62 812-0000-0777",
        "+6281200000777",
        "whatsapp:+6281200000777",
        "tel:0812-0000-0777",
        " 081200000777 ",
    ],
)
def test_every_usual_spelling_is_one_number(raw: str) -> None:
    assert normalize(raw) == CONTOH


@pytest.mark.parametrize(
    "raw", [None, "", "112", "abc", "0812", "0" * 30, "0812\x00000777x", "+", "1" * 41]
)
def test_what_is_no_number_is_none(raw: str | None) -> None:
    assert normalize(raw) is None


def test_foreign_and_landline_numbers() -> None:
    assert normalize("+1 555 0100 123") == "+15550100123"
    assert normalize("0621 21000") == "+6262121000"


@given(st.text(max_size=60))
def test_any_text_is_none_or_e164_and_stays_so(raw: str) -> None:
    found = normalize(raw)
    if found is not None:
        assert found.startswith("+")
        assert found[1:].isdigit()
        assert normalize(found) == found


@given(st.integers(10_000_000, 9_999_999_999))
def test_mobile_numbers_survive_separators(tail: int) -> None:
    plain = f"08{tail}"
    spaced = "-".join(plain[i : i + 4] for i in range(0, len(plain), 4))
    assert normalize(plain) == normalize(spaced)
