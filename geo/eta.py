"""How long a unit needs to the scene: one interface, and the answer by distance.

`DistanceEta`: straight line × `DETOUR` / the class's speed + `TURNOUT_S`, labelled 'distance'.
The road graph is another `EtaSource` (roads/live.py); `use(source)` puts it in force for this
process.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, radians
from typing import Literal, Protocol

import msgspec

Basis = Literal["distance", "road", "road_example", "router", "cut_off"]

DETOUR = 1.4  # roads against the straight line, usual for a grown town
TURNOUT_S = 60  # from the offer to rolling wheels
# km/h through a town on ordinary streets, siren on; what an unknown class gets stands last.
SPEEDS_KMH = {
    "motorbike": 40.0,
    "car": 35.0,
    "ambulance": 35.0,
    "pickup": 32.0,
    "engine": 28.0,
    "truck": 25.0,
    "boat": 10.0,
    "foot": 5.0,
}
DEFAULT_SPEED_KMH = 30.0
EARTH_M_PER_DEGREE = 111_195.0  # mean radius 6 371.0 km


class Origin(msgspec.Struct, frozen=True):
    """Where a unit is, WGS 84, and what it drives."""

    unit_id: int
    lon: float
    lat: float
    vehicle_class: str


class Eta(msgspec.Struct, frozen=True):
    """Seconds and metres on the way. `basis` says what the number rests on."""

    unit_id: int
    eta_s: int
    distance_m: int
    basis: Basis


Scene = tuple[float, float, Sequence[Origin]]
"""lon, lat of where to, and who from."""


class EtaSource(Protocol):
    """Times of many units to one scene."""

    @property
    def asks_outside(self) -> bool:
        """Whether `prepare` does anything; who must read positions only for it asks first."""

    async def prepare(self, lon: float, lat: float, origins: Sequence[Origin]) -> None:
        """Fetch what another server knows of these ways, for the next minute's `to_scene`. Waits for
        it, so nobody calls this inside a transaction or while holding a connection (invariant 12).
        Never raises for a server that fails."""

    def to_scene(self, lon: float, lat: float, origins: Sequence[Origin]) -> list[Eta]:
        """One `Eta` an origin, in the order given. Pure, quick enough for the hot path."""

    def to_scenes(self, scenes: Sequence[Scene]) -> list[list[Eta]]:
        """`to_scene` of each; together costs less than one after another."""


class InMemory:
    """A source that knows by itself whatever it will ever know."""

    asks_outside = False

    async def prepare(self, lon: float, lat: float, origins: Sequence[Origin]) -> None:
        return None


class DistanceEta(InMemory):
    """By the straight line; needs no map and is never wrong by more than the river."""

    def to_scene(self, lon: float, lat: float, origins: Sequence[Origin]) -> list[Eta]:
        squeeze = cos(radians(lat))
        answers = []
        for origin in origins:
            line_m = EARTH_M_PER_DEGREE * hypot((origin.lon - lon) * squeeze, origin.lat - lat)
            way_m = DETOUR * line_m
            speed_ms = SPEEDS_KMH.get(origin.vehicle_class, DEFAULT_SPEED_KMH) / 3.6
            eta_s = round(TURNOUT_S + way_m / speed_ms)
            answers.append(Eta(origin.unit_id, eta_s, round(way_m), "distance"))
        return answers

    def to_scenes(self, scenes: Sequence[Scene]) -> list[list[Eta]]:
        return [self.to_scene(*scene) for scene in scenes]


def eta_sql(distance_m: str, vehicle_class: str) -> str:
    """The same as an SQL expression (integer seconds) over two SQL expressions: straight-line
    metres and the class. For statements that rank inside the database."""
    rows = " ".join(f"WHEN '{name}' THEN {speed / 3.6:.6f}" for name, speed in SPEEDS_KMH.items())
    speed = f"(CASE {vehicle_class} {rows} ELSE {DEFAULT_SPEED_KMH / 3.6:.6f} END)"
    return f"round({TURNOUT_S} + {DETOUR} * ({distance_m}) / {speed})::integer"


_current: list[EtaSource] = [DistanceEta()]


def current() -> EtaSource:
    """The source in force in this process."""
    return _current[0]


def use(source: EtaSource) -> None:
    """Put another source in force."""
    _current[0] = source
