"""Arrivals laid over the way that our own net would have driven."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import cos, hypot, radians

from geo.eta import EARTH_M_PER_DEGREE
from geo.roads import hours
from geo.roads.learning import Driven
from geo.roads.net import Net, Point
from geo.roads.road_eta import off_road_s, pace
from geo.roads.route import Found, find
from geo.roads.vehicles import Vehicle, vehicle

LEAST_M = 500.0  # as the crow flies: on less, thumbs and yards weigh more than streets
LEAST_S, MOST_S = 60.0, 3_600.0
OFF_ROAD_M = 150.0
ODD = 4.0  # so many times as long as reckoned, or as short: it did something else on the way


@dataclass(frozen=True, slots=True)
class Arrival:
    """A unit set out from `start` (lon, lat) at a local time and was at `end` took_s later."""

    start: Point
    end: Point
    vehicle_class: str
    set_out_at: datetime
    took_s: float


def lay(net: Net, arrivals: Iterable[Arrival]) -> tuple[list[Driven], Counter[str]]:
    """What each of them says of the classes it drove on, and why others say nothing. net: without
    closures and without anything learned."""
    told: list[Driven] = []
    left_out: Counter[str] = Counter()
    for arrival in arrivals:
        found = _one(net, arrival)
        if isinstance(found, str):
            left_out[found] += 1
        else:
            told.append(found)
    return told, left_out


def _one(net: Net, arrival: Arrival) -> Driven | str:
    v = vehicle(arrival.vehicle_class)
    if v.on_foot or v.floats:
        return "not_on_wheels"
    if _line_m(arrival) < LEAST_M or not LEAST_S <= arrival.took_s <= MOST_S:
        return "too_short_or_long"
    way = find(net, arrival.start, arrival.end, v.name)
    if way is None or max(way.here.away_m, way.there.away_m) > OFF_ROAD_M:
        return "not_on_our_streets"
    reckoned = _by_road(net, v, way, pace(v, net.facts.factor(arrival.set_out_at)))
    took_s = arrival.took_s - off_road_s(way.here, way.there)
    if not 1 / ODD <= took_s / max(sum(reckoned.values()), 1.0) <= ODD:
        return "odd"
    return Driven(hours.band(arrival.set_out_at), took_s, reckoned)


def _by_road(net: Net, v: Vehicle, way: Found, scale: float) -> dict[str, float]:
    """Seconds that this vehicle is reckoned on each class of road."""
    table, layer = net.graph.table, net.layer(v.name)
    seconds: dict[str, float] = {}
    for edge, a, b in way.pieces:
        if a != b:
            ms = layer.whole_ms(edge, along=a <= b) * abs(b - a)
            road = table.roads[table.road[edge]]
            seconds[road] = seconds.get(road, 0.0) + ms / 1000.0 * scale
    return seconds


def _line_m(arrival: Arrival) -> float:
    (lon, lat), (lon2, lat2) = arrival.start, arrival.end
    return EARTH_M_PER_DEGREE * hypot((lon2 - lon) * cos(radians(lat)), lat2 - lat)
