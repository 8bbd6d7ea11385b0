"""How long a unit needs to the scene: one interface, and the answer by distance.

`DistanceEta`: straight line × `DETOUR` / the class's speed + `TURNOUT_S`, labelled 'distance'.
The road graph is another `EtaSource` (roads/live.py); `use(source)` puts it in force for this
process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Literal, Protocol

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


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a unit is, WGS 84, and what it drives."""

    unit_id: int
    lon: float
    lat: float
    vehicle_class: str


@dataclass(frozen=True, slots=True)
class Eta:
    """Seconds and metres on the way. `basis` says what the number rests on."""

    unit_id: int
    eta_s: int
    distance_m: int
    basis: Basis


class EtaSource(Protocol):
    """Times of many units to one scene."""

    @property
    def asks_outside(self) -> bool:
        """Whether `prepare` does anything; who must read positions only for it asks first."""

    async def prepare(self, lon: float, lat: float, origins: Sequence[Origin]) -> None:
        """Fetch what another server knows of these ways, for the next minute's `to_scene`. Waits for
        it, so nobody calls this inside a transaction or while holding a connection (invariant 12).
        Never raises for a server that fails."""

    def find(self, scenes: Sequence[tuple[float, float, Sequence[Origin]]]) -> None:
        """Find the places of several scenes (lon, lat, origins) on the map together, which costs less
        than one after another; `to_scene` then knows them. Never needed, only quicker."""

    def to_scene(self, lon: float, lat: float, origins: Sequence[Origin]) -> list[Eta]:
        """One `Eta` an origin, in the order given. Pure, quick enough for the hot path."""


class InMemory:
    """A source that knows by itself whatever it will ever know."""

    asks_outside = False

    async def prepare(self, lon: float, lat: float, origins: Sequence[Origin]) -> None:
        return None

    def find(self, scenes: Sequence[tuple[float, float, Sequence[Origin]]]) -> None:
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
