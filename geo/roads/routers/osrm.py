"""OSRM: `GET /table/v1/{profile}/{lon},{lat};…?sources=…&destinations=…` (osrm-backend, docs/http.md).

A server is prepared for one profile, usually a car. Our classes on wheels are that car's seconds times
their pace; boats and walkers are not asked for.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from geo.roads.routers.wire import Amount, Point, Request, Unreadable, Way
from geo.roads.vehicles import Vehicle

PROFILE = "driving"


class _Waypoint(msgspec.Struct):
    distance: Amount = 0.0


class _Table(msgspec.Struct):
    """durations in seconds, distances in metres: a row a source; null where there is no way."""

    code: str
    durations: list[list[Amount | None]] = []
    distances: list[list[Amount | None]] = []
    sources: list[_Waypoint] = []
    destinations: list[_Waypoint] = []


_decode = msgspec.json.Decoder(_Table).decode


class Osrm:
    def profile(self, vehicle: Vehicle) -> str | None:
        return None if vehicle.on_foot or vehicle.floats else PROFILE

    def pace(self, vehicle: Vehicle) -> float:
        return vehicle.pace

    def table(self, profile: str, starts: Sequence[Point], scene: Point) -> Request:
        places = ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in (*starts, scene))
        sources = ";".join(str(n) for n in range(len(starts)))
        return Request(
            f"/table/v1/{profile}/{places}?sources={sources}&destinations={len(starts)}"
            "&annotations=duration,distance"
        )

    def read(self, body: bytes, count: int) -> list[Way | None]:
        try:
            table = _decode(body)
        except msgspec.MsgspecError as error:
            raise Unreadable(str(error)) from error
        if table.code != "Ok":
            raise Unreadable(f"code {table.code}")
        columns = (table.durations, table.distances, table.sources)
        if any(len(column) != count for column in columns) or len(table.destinations) != 1:
            raise Unreadable("not one row for each source")
        return [
            self._way(seconds, metres, start.distance, table.destinations[0].distance)
            for seconds, metres, start in zip(*columns, strict=True)
        ]

    def _way(
        self,
        seconds: list[float | None],
        metres: list[float | None],
        start_m: float,
        scene_m: float,
    ) -> Way | None:
        if len(seconds) != 1 or len(metres) != 1:
            raise Unreadable("not one destination")
        if seconds[0] is None or metres[0] is None:
            return None
        return Way(seconds[0], metres[0], start_m, scene_m)
