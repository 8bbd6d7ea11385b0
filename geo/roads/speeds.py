"""What a street of each class allows, and what the hour costs: the city's figures or ours.

`roads.json` in the city's pack, when it is there, overrides any of these by key.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from geo import pack

# km/h of a car with siren on an ordinary day; where a limit is posted, the lower of both counts
# (an engine does not go faster than the street allows it).
SPEEDS_KMH = {
    "motorway": 80.0, "motorway_link": 50.0, "trunk": 60.0, "trunk_link": 40.0, "primary": 50.0,
    "primary_link": 35.0, "secondary": 45.0, "secondary_link": 30.0, "tertiary": 38.0,
    "tertiary_link": 28.0, "unclassified": 30.0, "residential": 25.0, "living_street": 15.0,
    "service": 15.0, "track": 12.0, "road": 25.0, "busway": 40.0, "pedestrian": 10.0,
    "footway": 8.0, "path": 8.0, "cycleway": 10.0, "steps": 3.0, "bridleway": 8.0,
}  # fmt: skip
OTHER_KMH = 20.0

# Usable metres where the map does not say; a gang is what a motorbike can take.
WIDTHS_M = {
    "track": 2.2, "service": 2.6, "living_street": 2.6, "pedestrian": 2.6, "footway": 1.2,
    "path": 1.2, "cycleway": 1.4, "steps": 0.5, "bridleway": 1.4,
}  # fmt: skip
OTHER_WIDTH_M = 3.5

# Time over the ordinary, hour by hour, Monday to Friday and at the weekend.
WEEKDAY = (
    0.85, 0.85, 0.85, 0.85, 0.85, 0.9, 1.1, 1.3, 1.15, 1.0, 1.0, 1.05,
    1.1, 1.1, 1.05, 1.05, 1.2, 1.3, 1.15, 1.05, 1.0, 0.95, 0.9, 0.85,
)  # fmt: skip
WEEKEND = (
    0.85, 0.85, 0.85, 0.85, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.1, 1.1,
    1.1, 1.05, 1.05, 1.1, 1.15, 1.2, 1.2, 1.1, 1.0, 0.95, 0.9, 0.85,
)  # fmt: skip


class RoadFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """speeds_kmh and widths_m by road class; 24 factors each for weekdays and weekend."""

    speeds_kmh: dict[str, float] = {}
    widths_m: dict[str, float] = {}
    weekday: tuple[float, ...] = WEEKDAY
    weekend: tuple[float, ...] = WEEKEND

    def __post_init__(self) -> None:
        for name, hours in (("weekday", self.weekday), ("weekend", self.weekend)):
            if len(hours) != 24 or not all(0.2 <= factor <= 5 for factor in hours):
                raise ValueError(f"{name} takes 24 factors from 0.2 to 5")
        for name, value in {**self.speeds_kmh, **self.widths_m}.items():
            if not 0 < value <= 200:
                raise ValueError(f"{name}: {value} is no speed or width")

    def speed_kmh(self, road: str) -> float:
        return self.speeds_kmh.get(road, SPEEDS_KMH.get(road, OTHER_KMH))

    def width_m(self, road: str) -> float:
        return self.widths_m.get(road, WIDTHS_M.get(road, OTHER_WIDTH_M))

    def factor(self, at: datetime) -> float:
        """How much longer a way takes at this local time than on an ordinary hour."""
        hours = self.weekend if at.weekday() >= 5 else self.weekday
        return hours[at.hour]


def load(city: str) -> RoadFacts:
    """The city's figures; ours for one without a pack. Raises msgspec.ValidationError naming the
    field."""
    try:
        file = pack.folder(city) / "roads.json"
    except pack.UnknownCity:
        return RoadFacts()
    return msgspec.json.decode(file.read_bytes(), type=RoadFacts) if file.is_file() else RoadFacts()
