"""Valhalla: `POST /sources_to_targets` (valhalla, docs/api/matrix). It knows several kinds of vehicle."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from geo.roads.routers.wire import Amount, Point, Request, Unreadable, Way
from geo.roads.vehicles import Vehicle

COSTING = {
    "motorbike": "motorcycle",
    "car": "auto",
    "ambulance": "auto",
    "pickup": "auto",
    "engine": "truck",
    "truck": "truck",
    "foot": "pedestrian",
}


class _Cell(msgspec.Struct):
    """time in seconds, distance in kilometres; null where there is no way."""

    from_index: int
    to_index: int
    time: Amount | None = None
    distance: Amount | None = None


class _Matrix(msgspec.Struct):
    sources_to_targets: list[list[_Cell]]


_decode = msgspec.json.Decoder(_Matrix).decode


class Valhalla:
    def profile(self, vehicle: Vehicle) -> str | None:
        return COSTING.get(vehicle.name)

    def pace(self, vehicle: Vehicle) -> float:
        return 1.0

    def table(self, profile: str, starts: Sequence[Point], scene: Point) -> Request:
        return Request(
            "/sources_to_targets",
            {
                "sources": [_place(start) for start in starts],
                "targets": [_place(scene)],
                "costing": profile,
                "units": "kilometers",
            },
        )

    def read(self, body: bytes, count: int) -> list[Way | None]:
        try:
            matrix = _decode(body)
        except msgspec.MsgspecError as error:
            raise Unreadable(str(error)) from error
        cells = {cell.from_index: cell for row in matrix.sources_to_targets for cell in row}
        if sorted(cells) != list(range(count)):
            raise Unreadable("not one row for each source")
        return [self._way(cells[n]) for n in range(count)]

    def _way(self, cell: _Cell) -> Way | None:
        if cell.time is None or cell.distance is None:
            return None
        return Way(cell.time, cell.distance * 1000.0)


def _place(at: Point) -> dict[str, float]:
    return {"lon": round(at[0], 6), "lat": round(at[1], 6)}
