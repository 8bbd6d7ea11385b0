"""Every map layer: the city's from geo, and those of the rooms above, in drawing order."""

from __future__ import annotations

from collections.abc import Mapping

from core.access import SEES_ALL
from geo.tiles import LAYERS as CITY
from geo.tiles import Layer
from siponcega import coverage

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
    "coverage": Layer(
        ("station", "name", "class", "minutes", "basis"),
        "SELECT station, name, class, minutes, basis, "
        "ST_GeomFromWKB(decode(shape, 'hex'), 4326) AS shape "
        "FROM jsonb_to_recordset($6) AS reach(station text, name text, class text, "
        "minutes int, basis text, shape text)",
        8,
        DESK,
        given=coverage.given,
    ),
}
