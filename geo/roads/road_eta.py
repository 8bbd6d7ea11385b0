"""Times by road for many units at once: one search from the scene for each kind of vehicle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, hypot, isfinite, radians

import numpy as np

from geo.eta import EARTH_M_PER_DEGREE, TURNOUT_S, DistanceEta, Eta, InMemory, Origin
from geo.roads import search
from geo.roads.costs import length_m, time_s
from geo.roads.grid import Snapped
from geo.roads.layers import Layer
from geo.roads.net import Net
from geo.roads.vehicles import FLOAT_FROM_M, LAUNCH_S, WALK_KMH, Vehicle, vehicle

HORIZON_S = 900.0
# A unit that no road leads from is never quicker than one that can drive.
CUT_OFF_S = 3_600
# The first look: usual ways are found in so long. What a search costs grows with the ground that it
# covers, so that one for near units takes a fraction of the whole horizon's.
LOOK_S, LOOK_S_A_METRE = 90.0, 0.18
LOOK_AGAIN = 1.6
# Off the net: out of a yard on wheels, and from the road to the scene on foot.
YARD_KMH = 15.0

_by_distance = DistanceEta()


@dataclass(frozen=True, slots=True)
class _Kind:
    """A class of vehicle on a net at an hour; `pace`: what the layer's seconds are multiplied by."""

    vehicle: Vehicle
    layer: Layer
    which: int
    pace: float


def _kinds(net: Net, origins: Sequence[Origin], factor: float) -> dict[str, _Kind]:
    kinds = {}
    for name in {origin.vehicle_class for origin in origins}:
        v = vehicle(name)
        kinds[name] = _Kind(v, net.layer(v.name), net.which(v.name), pace(v, factor))
    return kinds


class RoadEta(InMemory):
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

    def find(self, scenes: Sequence[tuple[float, float, Sequence[Origin]]]) -> None:
        net = self._net()
        points: list[tuple[float, float]] = []
        which: list[int] = []
        for lon, lat, origins in scenes:
            of_units = [net.which(vehicle(o.vehicle_class).name) for o in origins]
            grounds = sorted(set(of_units))
            points += [(lon, lat)] * len(grounds) + [(o.lon, o.lat) for o in origins]
            which += grounds + of_units
        net.snap(points, which)

    def to_scene(self, lon: float, lat: float, origins: Sequence[Origin]) -> list[Eta]:
        if not origins:
            return []
        net = self._net()
        kinds = _kinds(net, origins, net.facts.factor(self._clock()))
        grounds = sorted({kind.which for kind in kinds.values()})
        places = net.snap(
            [(lon, lat)] * len(grounds) + [(o.lon, o.lat) for o in origins],
            grounds + [kinds[o.vehicle_class].which for o in origins],
        )
        scenes = dict(zip(grounds, places, strict=False))
        starts = places[len(grounds) :]
        answers: list[Eta | None] = [None] * len(origins)
        together: dict[Layer, list[int]] = {}
        for n, origin in enumerate(origins):
            kind = kinds[origin.vehicle_class]
            scene = scenes[kind.which]
            if scene is not None and starts[n] is not None:
                together.setdefault(kind.layer, []).append(n)
                continue
            lost = scene is None and any(scenes.values())
            answers[n] = self._by_distance(origin, lon, lat, self._horizon_s if lost else 0)
        for layer, mine in together.items():
            scene = scenes[kinds[origins[mine[0]].vehicle_class].which]
            assert scene is not None
            from_ = [place for n in mine if (place := starts[n]) is not None]
            metres = max(_line_m(origins[n], lon, lat) for n in mine)
            quickest = min(kinds[origins[n].vehicle_class].pace for n in mine)
            ways = self._ways(layer, scene, from_, quickest, metres)
            for n, start, way in zip(mine, from_, ways, strict=True):
                kind = kinds[origins[n].vehicle_class]
                answers[n] = self._by_road(net, kind, origins[n], start, scene, way) or (
                    self._by_distance(origins[n], lon, lat, self._horizon_s)
                    if connected(layer, start, scene)
                    else self._cut_off(origins[n], lon, lat)
                )
        return [answer for answer in answers if answer is not None]

    def _by_road(
        self, net: Net, kind: _Kind, origin: Origin, start: Snapped, scene: Snapped, way: float
    ) -> Eta | None:
        """None beyond the horizon."""
        if not isfinite(way) or time_s(way) * kind.pace > self._horizon_s:
            return None
        eta_s = TURNOUT_S + off_road_s(start, scene) + time_s(way) * kind.pace
        if kind.vehicle.floats:
            eta_s += launch_s(net, kind.vehicle, scene)
        metres = length_m(way) + start.away_m + scene.away_m
        return Eta(origin.unit_id, round(eta_s), round(metres), net.basis)

    def _ways(
        self,
        layer: Layer,
        scene: Snapped,
        starts: Sequence[Snapped],
        quickest: float,
        metres: float,
    ) -> list[float]:
        """The cost from each start, infinite beyond the horizon. A first look goes not far beyond
        the farthest, `metres` away; a wider one when somebody who has a way was not met, and the
        whole horizon at last."""
        horizon = self._horizon_s / quickest * 1000.0
        limit = (LOOK_S + metres * LOOK_S_A_METRE) * 1000.0
        for wider in (limit, limit * LOOK_AGAIN, horizon):
            limit = min(wider, horizon)
            ways = search.ways(layer, starts, scene, search.towards(layer, scene, limit))
            late = np.flatnonzero(ways > limit).tolist()
            if limit == horizon or not any(connected(layer, starts[n], scene) for n in late):
                break
        found: list[float] = ways.tolist()
        return found

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


def connected(layer: Layer, start: Snapped, scene: Snapped) -> bool:
    """Whether any road leads from one to the other, however far."""
    here = {int(layer.piece[n]) for n, value in search.ends_from(layer, start) if isfinite(value)}
    there = {int(layer.piece[n]) for n, value in search.ends_to(layer, scene) if isfinite(value)}
    return bool(here & there)
