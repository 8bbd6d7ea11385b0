"""What every kind of routing server is to us: many starts, one scene, a time and a length each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Protocol

from msgspec import Meta

from geo.roads.vehicles import Vehicle

Point = tuple[float, float]
"""lon, lat in degrees."""

Amount = Annotated[float, Meta(ge=0, le=1e8)]
"""Seconds or metres in an answer; what is no such number is not believed."""


class Unreadable(ValueError):
    """The server answered something else than a table of ways."""


@dataclass(frozen=True, slots=True)
class Request:
    """`path` follows the configured URL and is encoded already; with `json` it is a POST."""

    path: str
    json: Any = None


@dataclass(frozen=True, slots=True)
class Way:
    """drive_s by the server's own vehicle; start_away_m, scene_away_m: from the points asked to the
    streets it took, 0 where it does not say."""

    drive_s: float
    distance_m: float
    start_away_m: float = 0.0
    scene_away_m: float = 0.0


class Router(Protocol):
    """One kind of server."""

    def profile(self, vehicle: Vehicle) -> str | None:
        """The server's name for what this vehicle drives as; None: it knows nothing of the sort."""

    def pace(self, vehicle: Vehicle) -> float:
        """The vehicle's seconds over those of its profile."""

    def table(self, profile: str, starts: Sequence[Point], scene: Point) -> Request:
        """Ask for the ways from every start to the scene."""

    def read(self, body: bytes, count: int) -> list[Way | None]:
        """The answer for so many starts in order, None where there is no way. Raises Unreadable."""
