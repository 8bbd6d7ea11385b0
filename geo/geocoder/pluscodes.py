"""Plus Codes (Open Location Code), whole ones and the short form people copy from a map."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openlocationcode import openlocationcode as olc  # type: ignore[import-untyped]

from geo.geocoder.coordinates import Point

_CODE = re.compile(
    r"(?<![A-Za-z0-9+])([23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,4})(?![A-Za-z0-9+])",
    re.IGNORECASE,
)
_HALF_DIAGONAL = 0.75  # of a cell's side in metres: half its diagonal, rounded up


def find(text: str, centre: tuple[float, float]) -> Iterator[Point]:
    """Every code in `text`; a short one is completed to the nearest match around `centre`."""
    for match in _CODE.finditer(text):
        code = match[1].upper()
        if olc.isShort(code):
            code = olc.recoverNearest(code, centre[1], centre[0])
        if not olc.isFull(code):
            continue
        cell = olc.decode(code)
        side_m = (cell.latitudeHi - cell.latitudeLo) * 111_320
        yield Point(
            float(cell.longitudeCenter), float(cell.latitudeCenter), side_m * _HALF_DIAGONAL + 20
        )
