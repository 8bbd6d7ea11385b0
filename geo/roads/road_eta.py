"""Times by road for many units at once: one search from the scene for each kind of vehicle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from math import cos, hypot, isfinite, radians

from geo.eta import EARTH_M_PER_DEGREE, TURNOUT_S, DistanceEta, Eta, Origin
from geo.roads import search
from geo.roads.costs import Floats, length_m, time_s
from geo.roads.grid import Snapped
from geo.roads.layers import Layer
from geo.roads.net import Net
from geo.roads.vehicles import FLOAT_FROM_M, LAUNCH_S, WALK_KMH, Vehicle, vehicle

HORIZON_S = 900.0
# A unit that no road leads from is never quicker than one that can drive.
CUT_OFF_S = 3_600
# The first look: usual ways are found in so long, and it costs a fraction of the whole horizon.
LOOK_S, LOOK_S_A_METRE = 60.0, 0.25
# Off the net: out of a yard on wheels, and from the road to the scene on foot.
YARD_KMH = 15.0

_by_distance = DistanceEta()


class RoadEta:
    """`geo.eta.EtaSource` over whatever net is in force. Synchronous, in memory, one thread.

    A unit further than `horizon_s` of driving gets the time by distance, but no less than the
    horizon; basis 'distance'. One that no open road leads from stands after all: 'cut_off'.
    """

    def __init__(
        self,
        net: Callable[[], Net],
        clock: Callable[[], datetime],
        *,
        horizon_s: float = HORIZON_S,
    ) -> None:
        """clock: the city's local time now, for the hour's factor."""
        self._net, self._clock, self._horizon_s = net, clock, horizon_s

    def to_scene(self, lon: float, lat: float, origins: Sequence[Origin]) -> list[Eta]:
        if not origins:
            return []
        net = self._net()
        factor = net.facts.factor(self._clock())
        vehicles = [vehicle(origin.vehicle_class) for origin in origins]
        layers = [net.layer(v.name) for v in vehicles]
        kinds = sorted({net.which(v.name) for v in vehicles})
        places = net.snap(
            [(lon, lat)] * len(kinds) + [(o.lon, o.lat) for o in origins],
            kinds + [net.which(v.name) for v in vehicles],
        )
        scenes = dict(zip(kinds, places, strict=False))
        starts = places[len(kinds) :]
        paces = [pace(v, factor) for v in vehicles]
        ways: dict[int, float] = {}
        answers = []
        for number, (origin, v, layer, start, scale) in enumerate(
            zip(origins, vehicles, layers, starts, paces, strict=True)
        ):
            scene = scenes[net.which(v.name)]
            if scene is None or start is None:
                lost = any(scenes.values()) and scene is None
                answers.append(self._by_distance(origin, lon, lat, self._horizon_s if lost else 0))
                continue
            if number not in ways:
                mine = [n for n, other in enumerate(layers) if other is layer and starts[n]]
                metres = max(_line_m(origins[n], lon, lat) for n in mine)
                quickest = min(paces[n] for n in mine)
                from_ = [place for n in mine if (place := starts[n]) is not None]
                ways |= zip(mine, self._ways(layer, scene, from_, quickest, metres), strict=True)
            way = ways[number]
            off_s = off_road_s(start, scene) + launch_s(net, v, scene)
            if isfinite(way) and time_s(way) * scale <= self._horizon_s:
                metres = length_m(way) + start.away_m + scene.away_m
                eta_s = round(TURNOUT_S + off_s + time_s(way) * scale)
                answers.append(Eta(origin.unit_id, eta_s, round(metres), net.basis))
            elif connected(layer, start, scene):
                answers.append(self._by_distance(origin, lon, lat, self._horizon_s))
            else:
                answers.append(self._cut_off(origin, lon, lat))
        return answers

    def _ways(
        self,
        layer: Layer,
        scene: Snapped,
        starts: Sequence[Snapped],
        quickest: float,
        metres: float,
    ) -> list[float]:
        """The cost from each start, infinite beyond the horizon. A first look goes not far beyond
        the farthest, `metres` away; the whole horizon when that does not find every one."""
        horizon = self._horizon_s / quickest * 1000.0
        first = (LOOK_S + metres * LOOK_S_A_METRE) * 1000.0
        for limit in (first, horizon) if first < horizon else (horizon,):
            nodes = search.towards(layer, scene, limit)
            ways = [best(layer, start, scene, nodes) for start in starts]
            if max(ways) <= limit:
                break
        return ways

    def _by_distance(self, origin: Origin, lon: float, lat: float, at_least_s: float) -> Eta:
        eta = _by_distance.to_scene(lon, lat, [origin])[0]
        eta_s = max(eta.eta_s, TURNOUT_S + round(at_least_s))
        return Eta(eta.unit_id, eta_s, eta.distance_m, "distance")

    def _cut_off(self, origin: Origin, lon: float, lat: float) -> Eta:
        eta = _by_distance.to_scene(lon, lat, [origin])[0]
        return Eta(eta.unit_id, eta.eta_s + CUT_OFF_S, eta.distance_m, "cut_off")


def _line_m(origin: Origin, lon: float, lat: float) -> float:
    east = (origin.lon - lon) * cos(radians(lat))
    return EARTH_M_PER_DEGREE * hypot(east, origin.lat - lat)


def pace(v: Vehicle, factor: float) -> float:
    """What the layer's milliseconds are multiplied by for this vehicle at this hour."""
    return v.pace * (1.0 + (factor - 1.0) * v.traffic)


def off_road_s(start: Snapped, scene: Snapped) -> float:
    return (start.away_m / YARD_KMH + scene.away_m / WALK_KMH) * 3.6


def launch_s(net: Net, v: Vehicle, scene: Snapped) -> float:
    return LAUNCH_S if v.floats and net.water_m(scene) >= FLOAT_FROM_M else 0.0


def best(layer: Layer, start: Snapped, scene: Snapped, nodes: Floats) -> float:
    """Cost of the quickest way from a place, given every node's."""
    (source, back), (target, on) = search.ends_from(layer, start)
    return min(
        float(nodes[source]) + back,
        float(nodes[target]) + on,
        search.direct(layer, start, scene),
    )


def connected(layer: Layer, start: Snapped, scene: Snapped) -> bool:
    """Whether any road leads from one to the other, however far."""
    here = {int(layer.piece[n]) for n, value in search.ends_from(layer, start) if isfinite(value)}
    there = {int(layer.piece[n]) for n, value in search.ends_to(layer, scene) if isfinite(value)}
    return bool(here & there)
