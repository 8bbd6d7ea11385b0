"""How good is the geocoder? Measured on a CSV of labelled texts.

Columns: text; optional lat, lon (the reporter's GPS, given as evidence); the truth as
expected_kelurahan_code (`a|b` accepts either) and expected_class or location_basis: out_of_city
asks for "outside", an empty code for "cannot tell".
"""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from geo.geocoder.types import Located


class Locates(Protocol):
    def locate(self, text: str, *, gps: tuple[float, float] | None = None) -> Located: ...


@dataclass(frozen=True, slots=True)
class Miss:
    """One row answered otherwise than labelled."""

    id: str
    text: str
    expected: str
    verdict: str
    codes: tuple[str, ...]
    outside: str | None


@dataclass(frozen=True, slots=True)
class Share:
    right: int
    of: int

    @property
    def percent(self) -> float:
        return 100.0 * self.right / self.of if self.of else 100.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`told`: the text (or GPS) decides a kelurahan; `outside`; `untellable`: must ask."""

    told: Share
    outside: Share
    untellable: Share
    mean_ms: float
    worst_ms: float
    misses: tuple[Miss, ...]


def read(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file (UTF-8)."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def evaluate(geocoder: Locates, rows: Iterable[Mapping[str, str]]) -> Evaluation:
    """Locate every row and compare; the first candidate's first code must be an expected one."""
    counts = {"told": [0, 0], "outside": [0, 0], "untellable": [0, 0]}
    misses: list[Miss] = []
    times: list[float] = []
    for number, row in enumerate(rows, start=1):
        text = row.get("text") or ""
        gps = (float(row["lon"]), float(row["lat"])) if row.get("lat") and row.get("lon") else None
        began = time.perf_counter()
        answer = geocoder.locate(text, gps=gps)
        times.append((time.perf_counter() - began) * 1000)
        expected = (row.get("expected_kelurahan_code") or "").strip()
        kind, right = _judge(row.get("expected_class") or "", expected, answer)
        counts[kind][0] += right
        counts[kind][1] += 1
        if not right:
            wanted = expected or kind
            codes = answer.kelurahan_codes
            misses.append(
                Miss(
                    row.get("id") or str(number),
                    text,
                    wanted,
                    answer.verdict,
                    codes,
                    answer.outside,
                )
            )
    mean = sum(times) / len(times) if times else 0.0
    return Evaluation(
        Share(*counts["told"]),
        Share(*counts["outside"]),
        Share(*counts["untellable"]),
        mean,
        max(times, default=0.0),
        tuple(misses),
    )


def _judge(label: str, expected: str, answer: Located) -> tuple[str, bool]:
    if label == "out_of_city":
        return "outside", answer.verdict == "outside"
    if expected:
        return "told", answer.kelurahan_codes[:1] != () and answer.kelurahan_codes[
            0
        ] in expected.split("|")
    return "untellable", answer.verdict == "unknown"
