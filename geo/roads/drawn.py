"""The roads in memory as rows for the map, where the database has none to draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import shapely

from geo.roads.live import Roads


async def example_streets(
    state: Any, box: tuple[float, float, float, float]
) -> Sequence[Mapping[str, Any]]:
    """Streets of the made-up net near a box (west, south, east, north): class, name, shape (hex
    WKB). Empty on an imported net. `state.roads` is the process's `Roads`."""
    roads: Roads | None = getattr(state, "roads", None)
    net = None if roads is None else roads.net
    if net is None or net.basis != "road_example":
        return []
    table = net.graph.table
    return [
        {
            "class": table.roads[table.road[edge]],
            "name": table.names[table.name[edge]],
            "shape": shapely.LineString(table.line(edge)).wkb_hex,
        }
        for edge in net.graph.grid.edges_within(*box).tolist()
    ]
