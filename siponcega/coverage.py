"""How far the stations' own vehicles get in 5, 10 and 15 minutes, as rows for the map.

Reckoned when somebody looks, at this hour and with the closures of now; kept in the process until
the net, the hour's factor or the stations change.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from core.db import Row
from geo.roads.isochrone import isochrones
from geo.roads.live import Roads
from geo.roads.net import Net
from geo.roads.routes import MINUTES

STATIONS = """
SELECT DISTINCT s.code, s.name, u.vehicle_class, ST_X(s.geom) AS lon, ST_Y(s.geom) AS lat
FROM unit u JOIN station s ON s.id = u.station_id WHERE s.geom IS NOT NULL ORDER BY 1, 3
"""

Reach = tuple[Mapping[str, Any], BaseGeometry]


class Coverage:
    """The reach of every station, once for all tiles of a state of the roads."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._key: object = None
        self._net: Net | None = None
        self._known: list[Reach] = []

    async def of(self, roads: Roads, stations: Sequence[Row]) -> list[Reach]:
        async with self._lock:
            net, factor = roads.net, roads.factor()
            key = (factor, [tuple(row.values()) for row in stations])
            if net is not self._net or key != self._key:
                self._known = await asyncio.to_thread(_reached, net, stations, factor)
                self._net, self._key = net, key
            return self._known


async def given(state: Any, box: tuple[float, float, float, float]) -> Sequence[Mapping[str, Any]]:
    """Rows {station, name, class, minutes, basis, shape (hex WKB)} that reach into a box of
    degrees, cut to it; none without a road net. `state` is the app's."""
    async with state.context.db.read() as tx:
        stations = await tx.fetch(STATIONS)
    seen = [
        (facts, shapely.clip_by_rect(shape, *box))
        for facts, shape in await state.coverage.of(state.roads, stations)
    ]
    return [{**facts, "shape": shape.wkb_hex} for facts, shape in seen if not shape.is_empty]


def _reached(net: Net | None, stations: Sequence[Row], factor: float) -> list[Reach]:
    if net is None:
        return []
    found: list[Reach] = []
    for row in stations:
        kind = row["vehicle_class"]
        reach = isochrones(net, row["lon"], row["lat"], kind, sorted(MINUTES, reverse=True), factor)
        facts = {"station": row["code"], "name": row["name"], "class": kind, "basis": net.basis}
        found += [({**facts, "minutes": minutes}, shape) for minutes, shape in reach.items()]
    return found
