"""Values of OpenStreetMap tags as numbers and codes; None where they say nothing usable."""

from __future__ import annotations

import re
from collections.abc import Mapping

from geo.osm.kinds import ONEWAY_BY_CLASS

_NUMBER = re.compile(r"^\s*(\d+(?:[.,]\d+)?)\s*(km/?h|kmh|mph|m|ft|')?\s*$", re.IGNORECASE)
_KMH_OF_MPH = 1.609344
_M_OF_FT = 0.3048
# The last word for an emergency vehicle stands first.
_ACCESS = ("emergency", "motor_vehicle", "vehicle", "access")


def oneway(tags: Mapping[str, str]) -> int:
    """1 only along the line, -1 only against it, 0 both ways."""
    said = tags.get("oneway")
    if said in ("yes", "true", "1"):
        return 1
    if said in ("-1", "reverse"):
        return -1
    if said is None and (
        tags.get("highway") in ONEWAY_BY_CLASS or tags.get("junction") in ("roundabout", "circular")
    ):
        return 1
    return 0


def speed_kmh(tags: Mapping[str, str]) -> float | None:
    found = _NUMBER.match(tags.get("maxspeed", ""))
    if found is None:
        return None
    value = float(found[1].replace(",", "."))
    value *= _KMH_OF_MPH if (found[2] or "").lower() == "mph" else 1.0
    return value if 1 <= value <= 200 else None


def width_m(tags: Mapping[str, str]) -> float | None:
    found = _NUMBER.match(tags.get("width", ""))
    if found is None:
        return None
    value = float(found[1].replace(",", "."))
    value *= _M_OF_FT if (found[2] or "") in ("ft", "'") else 1.0
    return value if 0.3 <= value <= 60 else None


def access(tags: Mapping[str, str]) -> str | None:
    return next((tags[key] for key in _ACCESS if key in tags), None)


def yes(value: str | None) -> bool:
    return value not in (None, "no")
