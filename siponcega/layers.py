"""Every map layer: the city's from geo, and those of the rooms above, in drawing order."""

from __future__ import annotations

from collections.abc import Mapping

from core.access import SEES_ALL
from geo.tiles import LAYERS as CITY
from geo.tiles import Layer

DESK = frozenset(SEES_ALL)

LAYERS: Mapping[str, Layer] = {
    **CITY,
    "incidents": Layer(
        ("id", "code", "type", "priority", "state"),
        "SELECT id, code, type, priority, state, geom AS shape FROM incident "
        "WHERE geom && {box} AND live",
        8,
        DESK,
    ),
    "units": Layer(
        ("id", "code", "kind", "state", "busy"),
        "SELECT id, code, kind, state, busy, coalesce(geom, home) AS shape FROM unit "
        "WHERE coalesce(geom, home) && {box}",
        8,
        DESK,
    ),
}
