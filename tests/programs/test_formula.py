"""The index against its published vectors, and against fractions for any survey."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.satisfaction.formula import (
    ELEMENTS,
    GRADES,
    evaluate,
    grade_of,
    half_up,
    quick_index,
    sample_size,
)

PUBLISHED = [105, 101, 100, 116, 102, 105, 106, 105, 115]


def test_the_published_survey_of_29_respondents() -> None:
    result = evaluate(PUBLISHED, 29)
    assert (str(result.ikm), result.grade.letter, result.grade.words) == (
        "91.48",
        "A",
        "Sangat baik",
    )
    assert str(result.index) == "3.6590"  # 955 / 261
    assert str(result.elements[0].average) == "3.621"
    assert str(result.elements[3].converted) == "100.00"
    assert [element.code for element in result.weakest()] == ["U3", "U2", "U5"]
    # The sheets that weigh with 0.11 print this instead.
    wrong = sum(Fraction(total, 29) * Fraction(11, 100) for total in PUBLISHED) * 25
    assert round(float(wrong), 2) == 90.56
    assert result.ikm != Decimal("90.56")


def test_four_everywhere_is_one_hundred_and_one_everywhere_is_twenty_five() -> None:
    best, worst = evaluate([4 * 7] * 9, 7), evaluate([7] * 9, 7)
    assert (str(best.ikm), str(best.index), best.grade.letter) == ("100.00", "4.0000", "A")
    assert (str(worst.ikm), str(worst.index), worst.grade.letter) == ("25.00", "1.0000", "D")


@pytest.mark.parametrize(
    ("ikm", "letter"),
    [
        ("76.605", "B"),
        ("76.604", "C"),
        ("64.995", "C"),
        ("64.994", "D"),
        ("88.304", "B"),
        ("88.305", "A"),
        ("25.00", "D"),
        ("64.99", "D"),
        ("65.00", "C"),
        ("76.60", "C"),
        ("76.61", "B"),
        ("88.30", "B"),
        ("88.31", "A"),
        ("100.00", "A"),
    ],
)
def test_the_edges_of_the_grades(ikm: str, letter: str) -> None:
    assert grade_of(Decimal(ikm)).letter == letter


@pytest.mark.parametrize("ikm", ["24.99", "100.01", "0", "-1"])
def test_no_grade_outside_the_scale(ikm: str) -> None:
    with pytest.raises(ValueError, match="between 25 and 100"):
        grade_of(Decimal(ikm))


def test_the_obsolete_table_is_not_used() -> None:
    # KepMenPAN 25/2004 would call these B, C and A.
    assert [grade_of(Decimal(t)).letter for t in ("62.51", "43.76", "81.26")] == ["D", "D", "B"]


def test_every_hundredth_of_the_scale_has_exactly_one_grade_and_they_rise() -> None:
    letters = [grade_of(Decimal(hundredths).scaleb(-2)).letter for hundredths in range(2500, 10001)]
    assert letters == sorted(letters, reverse=True)
    assert {letter: letters.count(letter) for letter in "ABCD"} == {
        "A": 1170,
        "B": 1170,
        "C": 1161,
        "D": 4000,
    }


surveys = st.integers(1, 5000).flatmap(
    lambda n: st.tuples(st.just(n), st.lists(st.integers(n, 4 * n), min_size=9, max_size=9))
)


def exactly_half_up(value: Fraction, places: int) -> Fraction:
    return Fraction(math.floor(value * 10**places + Fraction(1, 2)), 10**places)


@given(surveys)
def test_any_survey_agrees_with_fractions(survey: tuple[int, list[int]]) -> None:
    n, totals = survey
    result = evaluate(totals, n)
    by_the_book = sum((Fraction(total, n) * Fraction(1, 9) for total in totals), Fraction())
    assert Fraction(result.ikm) == exactly_half_up(by_the_book * 25, 2)
    assert Fraction(result.index) == exactly_half_up(by_the_book, 4)
    for element, total in zip(result.elements, totals, strict=True):
        assert Fraction(element.average) == exactly_half_up(Fraction(total, n), 3)
        assert Fraction(element.converted) == exactly_half_up(Fraction(total, n) * 25, 2)
    assert result.grade in GRADES
    assert Decimal(25) <= result.ikm <= Decimal(100)


@given(surveys, st.integers(0, 8))
def test_a_better_answer_never_lowers_the_index(survey: tuple[int, list[int]], which: int) -> None:
    n, totals = survey
    better = [total + (1 if i == which and total < 4 * n else 0) for i, total in enumerate(totals)]
    assert evaluate(better, n).ikm >= evaluate(totals, n).ikm


@given(surveys)
def test_the_order_of_elements_does_not_matter_to_the_index(survey: tuple[int, list[int]]) -> None:
    n, totals = survey
    assert evaluate(totals[::-1], n).ikm == evaluate(totals, n).ikm


@given(st.integers(0, 10**12), st.integers(1, 10**9), st.integers(0, 6))
def test_half_up_is_exact(numerator: int, denominator: int, places: int) -> None:
    rounded = half_up(numerator, denominator, places)
    assert Fraction(rounded) == exactly_half_up(Fraction(numerator, denominator), places)


@pytest.mark.parametrize(
    ("totals", "n", "word"),
    [
        ([10] * 8, 5, "nine sums"),
        ([10] * 9, 0, "no respondents"),
        ([4] + [10] * 8, 5, "U1"),
        ([10] * 8 + [21], 5, "U9"),
    ],
)
def test_sums_that_cannot_be_are_refused(totals: list[int], n: int, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        evaluate(totals, n)


def test_sample_sizes_of_the_table() -> None:
    table = {10: 10, 100: 80, 1000: 278, 5000: 357, 20_000: 377, 184_064: 384, 1_000_000: 384}
    assert {population: sample_size(population) for population in table} == table


@given(st.integers(1, 10**7))
def test_a_sample_is_the_smallest_that_satisfies_the_formula(population: int) -> None:
    chi, p, d = Fraction("3.841"), Fraction(1, 2), Fraction("0.05")
    exact = chi * population * p * p / (d * d * (population - 1) + chi * p * p)
    assert sample_size(population) == math.ceil(exact) <= population


def test_the_quick_index_uses_the_same_unit() -> None:
    assert str(quick_index([4, 4, 3], 1)) == "91.67"
    assert str(quick_index([40, 40, 40], 10)) == "100.00"
    with pytest.raises(ValueError, match="no answers"):
        quick_index([0, 0, 0], 0)


def test_nine_elements() -> None:
    assert tuple(f"U{number}" for number in range(1, 10)) == ELEMENTS
