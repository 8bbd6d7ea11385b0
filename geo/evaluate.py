"""How good is the geocoder? Measured on a CSV of labelled texts.

Columns: text; optional lat, lon (the reporter's GPS, given as evidence); the truth as truth_lat,
truth_lon and/or expected_kelurahan_code (`a|b` accepts either). expected_class out_of_city asks for
"outside"; an empty code without a true position, or location_basis none, for "cannot tell".

An answer is the first candidate of a "found": a point with a radius, right about a position when
that lies no further away. "ambiguous", "outside" and "cannot tell" claim no point.
"""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles
from typing import Protocol

from geo.geocoder.gazetteer import metres
from geo.geocoder.types import Located

NEAR_M = 250.0
USEFUL_M = 1_000.0


class Locates(Protocol):
    def locate(self, text: str, *, gps: tuple[float, float] | None = None) -> Located: ...


@dataclass(frozen=True, slots=True)
class Judged:
    """One row: what was expected, what was answered; `away_m` from the true position, if known."""

    id: str
    text: str
    kind: str
    expected: str
    verdict: str
    codes: tuple[str, ...]
    outside: str | None
    label: str
    basis: str
    reason: str
    lon: float | None
    lat: float | None
    radius_m: float | None
    away_m: float | None
    right: bool | None


@dataclass(frozen=True, slots=True)
class Share:
    right: int
    of: int

    @property
    def percent(self) -> float:
        return 100.0 * self.right / self.of if self.of else 100.0


@dataclass(frozen=True, slots=True)
class Positions:
    """Against true positions. `useful` are answers that state 1 km or less."""

    texts: int
    answered: Share
    useful: Share
    contained: Share
    useful_contained: Share
    within_250_m: Share
    within_1_km: Share
    median_radius_m: float | None
    calibration: tuple[tuple[str, Share], ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`told`: the text (or GPS) decides a kelurahan; `outside`; `untellable`: must ask;
    `answered`: of all rows, those that got a place. Milliseconds a text."""

    rows: int
    answered: Share
    told: Share
    outside: Share
    untellable: Share
    positions: Positions | None
    mean_ms: float
    median_ms: float
    p99_ms: float
    worst_ms: float
    judged: tuple[Judged, ...]

    @property
    def misses(self) -> tuple[Judged, ...]:
        """Rows answered otherwise than labelled; claims that miss the true position first, the
        surest of them first."""
        wrong = [row for row in self.judged if row.right is False]
        return tuple(sorted(wrong, key=lambda row: (row.away_m is None, row.radius_m or 0.0)))


def read(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file (UTF-8)."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def evaluate(geocoder: Locates, rows: Iterable[Mapping[str, str]]) -> Evaluation:
    """Locate every row and compare; the first candidate's first code must be an expected one."""
    judged: list[Judged] = []
    times: list[float] = []
    for number, row in enumerate(rows, start=1):
        gps = _point(row, "lon", "lat")
        began = time.perf_counter()
        answer = geocoder.locate(row.get("text") or "", gps=gps)
        times.append((time.perf_counter() - began) * 1000)
        judged.append(_judge(row.get("id") or str(number), row, answer))
    return Evaluation(
        len(judged),
        Share(sum(row.verdict == "found" for row in judged), len(judged)),
        _share(judged, "told"),
        _share(judged, "outside"),
        _share(judged, "untellable"),
        _positions([row for row in judged if row.kind == "position" or row.away_m is not None],
                   sum(row.kind == "position" for row in judged)),
        sum(times) / len(times) if times else 0.0,
        median(times) if times else 0.0,
        quantiles(times, n=100)[98] if len(times) > 1 else max(times, default=0.0),
        max(times, default=0.0),
        tuple(judged),
    )  # fmt: skip


def _judge(number: str, row: Mapping[str, str], answer: Located) -> Judged:
    expected = (row.get("expected_kelurahan_code") or "").strip()
    truth = _point(row, "truth_lon", "truth_lat")
    first = answer.candidates[0] if answer.verdict == "found" else None
    codes = answer.kelurahan_codes
    right: bool | None
    if row.get("expected_class") == "out_of_city":
        kind, right = "outside", answer.verdict == "outside"
    elif expected:
        kind, right = "told", bool(codes) and codes[0] in expected.split("|")
    elif truth is not None and row.get("location_basis") != "none":
        kind, right = "position", None
    else:
        kind, right = "untellable", answer.verdict == "unknown"
    away = None
    if truth is not None and first is not None:
        away = round(metres(truth, (first.lon, first.lat)), 1)
        if kind == "position":
            right = away <= first.uncertainty_m
    return Judged(
        number, row.get("text") or "", kind, expected or kind, answer.verdict, codes,
        answer.outside, "" if first is None else first.label, answer.basis,
        "" if first is None else first.reason,
        None if first is None else first.lon, None if first is None else first.lat,
        None if first is None else first.uncertainty_m,
        away, right,
    )  # fmt: skip


def _share(judged: Sequence[Judged], kind: str) -> Share:
    rows = [row for row in judged if row.kind == kind]
    return Share(sum(row.right is True for row in rows), len(rows))


def _positions(judged: Sequence[Judged], texts: int) -> Positions | None:
    texts = max(texts, len(judged))
    if not texts:
        return None
    claims = [(row.radius_m or 0.0, row.away_m) for row in judged if row.away_m is not None]
    useful = [claim for claim in claims if claim[0] <= USEFUL_M]
    steps = (0.0, 250.0, 500.0, 1_000.0, 2_000.0, 5_000.0, float("inf"))
    bands = pairwise(steps)
    return Positions(
        texts,
        Share(len(claims), texts),
        Share(len(useful), texts),
        _held(claims),
        _held(useful),
        Share(sum(away <= NEAR_M for _, away in claims), texts),
        Share(sum(away <= USEFUL_M for _, away in claims), texts),
        median(radius for radius, _ in claims) if claims else None,
        tuple(
            (f"{low:.0f}-{high:.0f} m", _held([c for c in claims if low < c[0] <= high]))
            for low, high in bands
        ),
    )


def _held(claims: Sequence[tuple[float, float]]) -> Share:
    return Share(sum(away <= radius for radius, away in claims), len(claims))


def _point(row: Mapping[str, str], lon: str, lat: str) -> tuple[float, float] | None:
    return (float(row[lon]), float(row[lat])) if row.get(lat) and row.get(lon) else None
