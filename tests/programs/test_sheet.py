"""No cell that a spreadsheet would run; numbers stay numbers."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.sheet import RUNS, safe, write


@pytest.mark.parametrize(
    "value",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\ufeff=1", "＝1"],
)
def test_formulas_are_words(value: str) -> None:
    assert safe(value).startswith("'")


def test_numbers_are_not_touched() -> None:
    assert (safe(-3), safe(Decimal("-0.50")), safe(None)) == ("-3", "-0.50", "")


@given(st.text())
def test_no_text_can_begin_a_formula_and_none_breaks_the_file(text: str) -> None:
    sheet = write(("a", "b"), [{"a": text, "b": 7}])
    rows = list(csv.reader(io.StringIO(sheet, newline="")))
    assert len(rows) == 2
    assert rows[1][1] == "7"
    assert not rows[1][0].startswith(RUNS)


def test_headers_are_guarded_too() -> None:
    assert write(("=x",), []) == "'=x\r\n"
