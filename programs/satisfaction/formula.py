"""The arithmetic of the satisfaction index (IKM), exact to the last digit that is printed.

Source: PermenPANRB 14/2017. Nine elements, each answered 1-4 by every respondent:

    NRR_u = (sum of the answers to u) / n          average of an element, 1-4
    index = sum over u of NRR_u * 1/9              "nilai interval", 1-4
    IKM   = index * 25                             "nilai interval konversi", 25-100

The weight is one ninth, not the 0.11 that some sheets use: 9 * 0.11 is 0.99, and four everywhere
would give 99. All sums are whole numbers, so the only rounding is the last one: half up, to two
decimals. The grade is read from the rounded IKM: the regulation's table of the index itself has
gaps (3.064 to 3.0644), the table of the conversion has none after rounding. The older table
(43.75 / 62.50 / 81.25) belongs to KepMenPAN 25/2004 and is not used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ELEMENTS = ("U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8", "U9")
LOWEST, HIGHEST = 1, 4
CENT = Decimal("0.01")
WEAKEST = 3
"""How many of the lowest elements need a plan (rencana tindak lanjut)."""


@dataclass(frozen=True, slots=True)
class Grade:
    """`letter` is the mutu, `words` the kinerja; `least` the smallest IKM that earns it."""

    letter: str
    words: str
    least: Decimal


GRADES = (
    Grade("A", "Sangat baik", Decimal("88.31")),
    Grade("B", "Baik", Decimal("76.61")),
    Grade("C", "Kurang baik", Decimal("65.00")),
    Grade("D", "Tidak baik", Decimal("25.00")),
)


@dataclass(frozen=True, slots=True)
class Element:
    """One element's result: the sum of answers, their average (3 decimals) and its conversion."""

    code: str
    total: int
    average: Decimal
    converted: Decimal
    grade: Grade


@dataclass(frozen=True, slots=True)
class Result:
    """The whole of one survey. `index` is 1-4 with 4 decimals, `ikm` 25-100 with 2."""

    respondents: int
    elements: tuple[Element, ...]
    index: Decimal
    ikm: Decimal
    grade: Grade

    def weakest(self) -> tuple[Element, ...]:
        """The lowest elements, the lowest first; on a tie the one with the smaller code."""
        ranked = sorted(self.elements, key=lambda element: (element.total, element.code))
        return tuple(ranked[:WEAKEST])


def half_up(numerator: int, denominator: int, places: int) -> Decimal:
    """numerator/denominator (not negative, denominator > 0) rounded half up to `places` decimals.

    Whole numbers all the way: no digit is lost before the rounding.

    >>> half_up(955 * 25, 261, 2), half_up(1, 8, 2), half_up(2, 3, 4)
    (Decimal('91.48'), Decimal('0.13'), Decimal('0.6667'))
    """
    scaled = 2 * numerator * 10**places
    return Decimal((scaled + denominator) // (2 * denominator)).scaleb(-places)


def grade_of(ikm: Decimal) -> Grade:
    """The grade of an IKM; rounds half up to two decimals first.

    Raises ValueError outside 25-100.

    >>> [grade_of(Decimal(text)).letter for text in ("76.605", "64.995", "88.304", "88.305")]
    ['B', 'C', 'B', 'A']
    """
    rounded = to_cents(ikm)
    if not Decimal(25) <= rounded <= Decimal(100):
        raise ValueError(f"an IKM lies between 25 and 100, not {ikm}")
    return next(grade for grade in GRADES if rounded >= grade.least)


def to_cents(value: Decimal) -> Decimal:
    """Two decimals, half up."""
    return value.quantize(CENT, ROUND_HALF_UP)


def evaluate(totals: Sequence[int], respondents: int) -> Result:
    """The result of a survey from the sum of answers of each element, in the order U1-U9.

    Raises ValueError when the sums cannot come from `respondents` answers of 1-4.
    """
    if len(totals) != len(ELEMENTS):
        raise ValueError(f"nine sums are needed, not {len(totals)}")
    if respondents < 1:
        raise ValueError("no respondents")
    for code, total in zip(ELEMENTS, totals, strict=True):
        if not LOWEST * respondents <= total <= HIGHEST * respondents:
            raise ValueError(f"{code}: {total} cannot be the sum of {respondents} answers of 1-4")
    whole = sum(totals)
    answers = len(ELEMENTS) * respondents
    ikm = half_up(whole * 25, answers, 2)
    return Result(
        respondents,
        tuple(
            _element(code, total, respondents) for code, total in zip(ELEMENTS, totals, strict=True)
        ),
        half_up(whole, answers, 4),
        ikm,
        grade_of(ikm),
    )


def quick_index(totals: Sequence[int], answers: int) -> Decimal:
    """The quick index of a few questions asked after an incident: same unit (25-100), two decimals.

    Three of nine elements, so it is never called IKM and has no grade.
    """
    if answers < 1:
        raise ValueError("no answers")
    return half_up(sum(totals) * 25, len(totals) * answers, 2)


def sample_size(population: int) -> int:
    """How many respondents a population needs (Krejcie and Morgan 1970), rounded up.

    n = X2*N*P*Q / (d2*(N-1) + X2*P*Q) with X2 = 3.841, P = Q = 0.5, d = 0.05. The printed table
    rounds to the nearest, so it can ask for one respondent fewer than the formula.

    >>> sample_size(184_064), sample_size(100), sample_size(1)
    (384, 80, 1)
    """
    if population < 1:
        raise ValueError("no population")
    # Times 4 000 throughout: 3841 * N over 10 * (N - 1) + 3841.
    numerator = 3841 * population
    denominator = 10 * (population - 1) + 3841
    return -(-numerator // denominator)


def _element(code: str, total: int, respondents: int) -> Element:
    converted = half_up(total * 25, respondents, 2)
    return Element(code, total, half_up(total, respondents, 3), converted, grade_of(converted))
