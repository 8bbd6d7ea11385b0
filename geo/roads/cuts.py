"""Closures on the net: which part of which edge is under what, found once when they change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

import shapely
from shapely.geometry.base import BaseGeometry

from geo.eta import EARTH_M_PER_DEGREE
from geo.roads.graph import Graph

# A line drawn along a street is up to this far off its middle; what it crosses for less than
# `ALONG_M` (side streets at a junction) stays open.
LINE_M = 12.0
ALONG_M = 40.0
# A line drawn across a street bars it, unless it only touches one of its ends.
BAR_M = 3.0


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A closure in force. depth_m None: shut to everybody on wheels; else water so deep."""

    id: int
    shape: BaseGeometry
    depth_m: float | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """Part of an edge, from `low` to `high` of its length, under an obstacle."""

    edge: int
    low: float
    high: float
    obstacle: Obstacle


def cuts(graph: Graph, obstacles: Iterable[Obstacle]) -> list[Cut]:
    """Every part of an edge that an obstacle covers; several for one edge when it leaves and
    enters again."""
    found = []
    for obstacle in obstacles:
        if not obstacle.shape.is_empty:
            found += _of(graph, obstacle)
    return found


def _of(graph: Graph, obstacle: Obstacle) -> list[Cut]:
    shape, line = obstacle.shape, None
    if shape.geom_type in ("LineString", "MultiLineString"):
        line, shape = shape, _widened(shape)
    shapely.prepare(shape)
    found = []
    for edge in graph.grid.edges_within(*shape.bounds).tolist():
        street = shapely.LineString(graph.table.line(edge))
        if street.length <= 0 or not shape.intersects(street):
            continue
        parts = _parts(street, shape)
        if line is not None:
            parts = _drawn(parts, street, line, float(graph.table.length_m[edge]))
        found += [Cut(edge, low, high, obstacle) for low, high in parts]
    return found


def _parts(street: shapely.LineString, shape: BaseGeometry) -> list[tuple[float, float]]:
    inside = shapely.get_parts(shapely.intersection(street, shape))
    spans = []
    for part in inside:
        ends = [street.project(shapely.Point(p), normalized=True) for p in part.coords]
        if len(ends) > 1:
            spans.append((min(ends), max(ends)))
    return _merged(spans)


def _drawn(
    parts: Sequence[tuple[float, float]],
    street: shapely.LineString,
    line: BaseGeometry,
    length_m: float,
) -> list[tuple[float, float]]:
    """Of what lies near a drawn line: where it runs along the street, or bars it."""
    kept = []
    bars = [
        street.project(point, normalized=True)
        for point in shapely.get_parts(shapely.intersection(street, line))
        if point.geom_type == "Point"
    ]
    edge_m = BAR_M / max(length_m, BAR_M)
    for low, high in parts:
        along = (high - low) * length_m >= min(ALONG_M, 0.6 * length_m)
        barred = any(low <= bar <= high and edge_m < bar < 1 - edge_m for bar in bars)
        if along or barred:
            kept.append((low, high))
    return kept


def _merged(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1] + 1e-9:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def _widened(line: BaseGeometry) -> BaseGeometry:
    """A strip `LINE_M` to both sides of a line in degrees."""
    squeeze = cos(radians(line.centroid.y))
    flat = shapely.transform(line, lambda at: at * [squeeze, 1.0])
    strip = flat.buffer(LINE_M / EARTH_M_PER_DEGREE, cap_style="flat")
    return shapely.transform(strip, lambda at: at / [squeeze, 1.0])
