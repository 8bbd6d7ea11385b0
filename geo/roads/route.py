"""The way itself: its line and what to do at each corner."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, degrees, isfinite, radians
from typing import Literal

import msgspec
import shapely
from shapely.ops import substring

from geo.eta import TURNOUT_S
from geo.roads import search
from geo.roads.costs import MAX_MS, length_m, time_s
from geo.roads.grid import Snapped
from geo.roads.layers import Layer
from geo.roads.net import Net, Point, RoadBasis
from geo.roads.road_eta import launch_s, off_road_s, pace
from geo.roads.vehicles import vehicle

Turn = Literal[
    "depart", "straight", "slight_left", "left", "sharp_left", "slight_right", "right",
    "sharp_right", "u_turn", "arrive",
]  # fmt: skip

Piece = tuple[int, float, float]
"""An edge from one share of its length to another."""


class Step(msgspec.Struct, frozen=True):
    """What to do at a point, and how far it then goes on; `name` is empty for a nameless street."""

    turn: Turn
    name: str
    distance_m: int
    time_s: int
    lon: float
    lat: float


class Route(msgspec.Struct, frozen=True):
    """eta_s with turn-out, the ways off the road and a boat's launch, drive_s without. line: lon, lat."""

    eta_s: int
    drive_s: int
    distance_m: int
    basis: RoadBasis
    line: list[Point]
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class Found:
    """Where the way leaves and enters the streets, its pieces in order, and its cost (costs.py)."""

    here: Snapped
    there: Snapped
    pieces: list[Piece]
    cost: float


def route(net: Net, start: Point, scene: Point, vehicle_class: str, factor: float) -> Route | None:
    """The quickest way from one point (lon, lat) to another however far; None when no open road
    leads there. factor: of the hour (`RoadFacts.factor`)."""
    found = find(net, start, scene, vehicle_class)
    if found is None:
        return None
    v, here, there = vehicle(vehicle_class), found.here, found.there
    scale = pace(v, factor)
    drive_s = time_s(found.cost) * scale
    return Route(
        eta_s=round(TURNOUT_S + off_road_s(here, there) + launch_s(net, v, there) + drive_s),
        drive_s=round(drive_s),
        distance_m=round(length_m(found.cost)),
        basis=net.basis,
        line=_line(net, found.pieces, start, scene),
        steps=_steps(net.layer(v.name), found.pieces, scale, scene),
    )


def find(net: Net, start: Point, scene: Point, vehicle_class: str) -> Found | None:
    """The quickest way over the net, as pieces of edges; None when no open road leads there."""
    v = vehicle(vehicle_class)
    layer, which = net.layer(v.name), net.which(v.name)
    here, there = net.snap([start, scene], [which, which])
    if here is None or there is None:
        return None
    nodes, tree = search.towards_with_tree(layer, there, MAX_MS)
    (source, back), (target, on) = search.ends_from(layer, here)
    straight = search.direct(layer, here, there)
    total = min(straight, float(nodes[source]) + back, float(nodes[target]) + on)
    if not isfinite(total):
        return None
    if total == straight:
        pieces: list[Piece] = [(here.edge, here.fraction, there.fraction)]
    else:
        # Not by the node: both ends of a loop are the same.
        by_source = float(nodes[source]) + back == total
        chain = [source if by_source else target]
        while (following := int(tree[chain[-1]])) != net.graph.start:
            chain.append(following)
        pieces = [(here.edge, here.fraction, 0.0 if by_source else 1.0)]
        pieces += _edges(layer, chain)
        pieces.append((there.edge, _entry(layer, there, chain[-1]), there.fraction))
    return Found(here, there, pieces, total)


def _edges(layer: Layer, chain: list[int]) -> list[Piece]:
    found: list[Piece] = []
    for node, following in pairwise(chain):
        edge, along = min(
            layer.graph.edges_between(node, following),
            key=lambda e: layer.through(e[0], along=e[1]),
        )
        found.append((edge, 0.0, 1.0) if along else (edge, 1.0, 0.0))
    return found


def _entry(layer: Layer, scene: Snapped, node: int) -> float:
    """The end of the scene's edge that the way comes in by: a loop has one node for both."""
    (source, on), (target, back) = search.ends_to(layer, scene)
    if source == target:
        return 0.0 if on <= back else 1.0
    return 0.0 if node == source else 1.0


def _cut(net: Net, piece: Piece) -> list[Point]:
    edge, a, b = piece
    street = shapely.LineString(net.graph.table.line(edge))
    return [(x, y) for x, y in substring(street, a, b, normalized=True).coords]


def _line(net: Net, pieces: list[Piece], start: Point, scene: Point) -> list[Point]:
    line = [start]
    for piece in pieces:
        line += _cut(net, piece)
    line.append(scene)
    rounded = [(round(x, 6), round(y, 6)) for x, y in line]
    return [p for n, p in enumerate(rounded) if n == 0 or p != rounded[n - 1]]


def _steps(layer: Layer, pieces: list[Piece], scale: float, scene: Point) -> list[Step]:
    """Pieces of the same street make one step."""
    table, net = layer.graph.table, layer.graph
    steps: list[Step] = []
    bearing: float | None = None
    for edge, a, b in pieces:
        share = abs(b - a)
        metres = float(table.length_m[edge]) * share
        if metres < 1.0:
            continue
        seconds = layer.whole_ms(edge, along=a <= b) * share / 1000.0 * scale
        name = table.names[table.name[edge]]
        street = shapely.LineString(net.table.line(edge))
        points = [(x, y) for x, y in substring(street, a, b, normalized=True).coords]
        setting_out = _bearing(points[0], points[1])
        turn: Turn = "depart" if bearing is None else _turn(setting_out - bearing)
        bearing = _bearing(points[-2], points[-1])
        if steps and name == steps[-1].name and turn not in ("u_turn", "sharp_left", "sharp_right"):
            last = steps[-1]
            steps[-1] = msgspec.structs.replace(
                last,
                distance_m=last.distance_m + round(metres),
                time_s=last.time_s + round(seconds),
            )
        else:
            lon, lat = points[0]
            steps.append(
                Step(turn, name, round(metres), round(seconds), round(lon, 6), round(lat, 6))
            )
    steps.append(Step("arrive", "", 0, 0, round(scene[0], 6), round(scene[1], 6)))
    return steps


def _bearing(a: Point, b: Point) -> float:
    """Degrees clockwise from north."""
    return degrees(atan2((b[0] - a[0]) * cos(radians(a[1])), b[1] - a[1]))


def _turn(change: float) -> Turn:
    change = (change + 180.0) % 360.0 - 180.0
    size, right = abs(change), change > 0
    if size < 20:
        return "straight"
    if size > 165:
        return "u_turn"
    if size < 50:
        return "slight_right" if right else "slight_left"
    if size < 125:
        return "right" if right else "left"
    return "sharp_right" if right else "sharp_left"
