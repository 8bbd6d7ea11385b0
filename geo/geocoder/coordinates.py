"""Coordinates written out in a text: decimal pairs, degrees with minutes, labelled or not.

Precision decides what a pair is worth: two decimals (a kilometre) are no place to send anyone
to and are not read; three count only when labelled or near the city, so that "3.500 - 99.000"
in rupiah stays money; from four decimals on the pair is taken wherever on earth it lies.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

MIN_DECIMALS = 3
SURE_DECIMALS = 4
NEAR_CITY_DEG = 1.5
BASE_UNCERTAINTY_M = 30.0

_NUMBER = r"[-+]?\d{1,3}[.,]\d{2,}"
_SIDE = r"(?:\s*(?P<{0}>[NSEWUTB]|LU|LS|BT|BB)\b)?"
_LABEL = r"(?:lintang|bujur|latitude|longitude|lattitude|longtitude|lat|long|lng|lon)\b\s*[:=]?\s*"
_PAIR = re.compile(
    rf"(?<![\d.,/])(?P<label>{_LABEL})?(?P<a>{_NUMBER})\s*°?{_SIDE.format('side_a')}"
    rf"\s*(?:[,;/|&]|\bdan\b)?\s*(?P<label2>{_LABEL})?(?P<b>{_NUMBER})\s*°?{_SIDE.format('side_b')}"
    r"(?![\d])",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"koordinat|kordinat|titik|gps|lokasi|lok\b|posisi|share ?lo[ck]|lat", re.IGNORECASE
)
_DMS_PART = (
    r"(?P<d{0}>\d{{1,3}})\s*[°º]\s*(?P<m{0}>\d{{1,2}}(?:[.,]\d+)?)\s*['′’]\s*"
    r"(?:(?P<s{0}>\d{{1,2}}(?:[.,]\d+)?)\s*(?:[\"″”]|'')?)?\s*(?P<h{0}>LU|LS|BT|BB|[NSEWUT])?"
)
_DMS = re.compile(_DMS_PART.format("1") + r"\s*[,;]?\s*" + _DMS_PART.format("2"), re.IGNORECASE)
_NEGATIVE = {"S", "W", "LS", "BB"}
_EASTING = {"E", "W", "BT", "BB", "T", "B"}


@dataclass(frozen=True, slots=True)
class Point:
    """A position read from text, WGS 84, with the radius its writing allows."""

    lon: float
    lat: float
    uncertainty_m: float = BASE_UNCERTAINTY_M


def on_earth(lon: float, lat: float) -> bool:
    """Finite, in range, and not the 0,0 that a phone without a fix sends."""
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return False
    return abs(lat) <= 90 and abs(lon) <= 180 and (abs(lon) > 1e-6 or abs(lat) > 1e-6)


def read_pair(
    first: str, second: str, centre: tuple[float, float], *, labelled: bool
) -> Point | None:
    """Two decimal numbers as latitude and longitude, swapped when only that makes sense here."""
    decimals = min(_decimals(first), _decimals(second))
    if decimals < MIN_DECIMALS:
        return None
    lat, lon = _float(first), _float(second)
    if _far(lon, lat, centre) and not _far(lat, lon, centre):
        lat, lon = lon, lat
    if not on_earth(lon, lat):
        return None
    if decimals < SURE_DECIMALS and not labelled and _far(lon, lat, centre):
        return None
    return Point(lon, lat, max(BASE_UNCERTAINTY_M, 60_000.0 / 10**decimals))


def find(text: str, centre: tuple[float, float]) -> Iterator[Point]:
    """Every usable position written in `text`, in order. `centre` (lon, lat) is the city's."""
    for match in _DMS.finditer(text):
        point = _from_dms(match)
        if point is not None:
            yield point
    hinted = _HINT.search(text) is not None
    for match in _PAIR.finditer(text):
        first, second = match["a"], match["b"]
        side_a = (match["side_a"] or "").upper()
        side_b = (match["side_b"] or "").upper()
        if side_a in _NEGATIVE and not first.startswith("-"):
            first = "-" + first
        if side_b in _NEGATIVE and not second.startswith("-"):
            second = "-" + second
        if side_a in _EASTING or (match["label"] or "").lower().startswith(
            ("long", "lng", "buj", "lon")
        ):
            first, second = second, first
        labelled = hinted or bool(match["label"] or side_a)
        point = read_pair(first, second, centre, labelled=labelled)
        if point is not None:
            yield point


def _from_dms(match: re.Match[str]) -> Point | None:
    values: list[tuple[float, str]] = []
    for part in "12":
        minutes = _float(match["m" + part])
        seconds = _float(match["s" + part] or "0")
        if minutes >= 60 or seconds >= 60:
            return None
        side = (match["h" + part] or "").upper()
        degrees = float(match["d" + part]) + minutes / 60 + seconds / 3600
        values.append((-degrees if side in _NEGATIVE else degrees, side))
    (lat, side), (lon, _) = values
    if side in _EASTING:
        lat, lon = lon, lat
    return Point(lon, lat, 60.0) if on_earth(lon, lat) else None


def _decimals(number: str) -> int:
    return len(number.replace(",", ".").rpartition(".")[2])


def _float(number: str) -> float:
    return float(number.replace(",", "."))


def _far(lon: float, lat: float, centre: tuple[float, float]) -> bool:
    return abs(lon - centre[0]) > NEAR_CITY_DEG or abs(lat - centre[1]) > NEAR_CITY_DEG
