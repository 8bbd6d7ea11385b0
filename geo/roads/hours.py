"""The day in a few bands: speeds are learned for each, because single hours see too few arrivals."""

from __future__ import annotations

from datetime import datetime

# Band → its first hour, local time; it ends where the next begins, the last over midnight.
BANDS: dict[str, int] = {"pagi": 5, "siang": 9, "sore": 15, "petang": 19, "malam": 22}


def band(at: datetime) -> str:
    """The band of a local time."""
    found = "malam"
    for name, first in BANDS.items():
        if at.hour >= first:
            found = name
    return found
