"""Times by road for many units at once: one search from a scene for each kind of vehicle, and the
searches of several scenes together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, hypot, isfinite, radians

import numpy as np

from geo.eta import EARTH_M_PER_DEGREE, TURNOUT_S, DistanceEta, Eta, InMemory, Origin, Scene
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
ALIKE = 1.5
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


@dataclass(frozen=True, slots=True)
class _Search:
    """From scene number `scene` to those of its units that share a layer, by their numbers among its
    origins. limit: the cost that the first look goes to; horizon: the last."""

    scene: int
    place: Snapped
    units: list[int]
    starts: list[Snapped]
    limit: float
    horizon: float


def _kinds(net: Net, scenes: Sequence[Scene], factor: float) -> dict[str, _Kind]:
    kinds = {}
    for name in {origin.vehicle_class for _, _, origins in scenes for origin in origins}:
        v = vehicle(name)
        kinds[name] = _Kind(v, net.layer(v.name), net.which(v.name), pace(v, factor))
    return kinds


def _places(
    net: Net, kinds: dict[str, _Kind], scenes: Sequence[Scene]
) -> Iterator[tuple[dict[int, Snapped | None], list[Snapped | None]]]:
    """Of each scene: its place on every ground that its units drive on, and theirs. All in one look."""
    points: list[tuple[float, float]] = []
    which: list[int] = []
    grounds_of = []
    for lon, lat, origins in scenes:
        of_units = [kinds[origin.vehicle_class].which for origin in origins]
        grounds = sorted(set(of_units))
        grounds_of.append(grounds)
        points += [(lon, lat)] * len(grounds) + [(origin.lon, origin.lat) for origin in origins]
        which += grounds + of_units
    places = iter(net.snap(points, which))
    for grounds, (_, _, origins) in zip(grounds_of, scenes, strict=True):
        yield {ground: next(places) for ground in grounds}, [next(places) for _ in origins]


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

    def to_scene(self, lon: float, lat: float, origins: Sequence[Origin]) -> list[Eta]:
        return self.to_scenes([(lon, lat, origins)])[0]

    def to_scenes(self, scenes: Sequence[Scene]) -> list[list[Eta]]:
        net = self._net()
        kinds = _kinds(net, scenes, net.facts.factor(self._clock()))
        answers: list[list[Eta | None]] = [[None] * len(origins) for _, _, origins in scenes]
        searches: dict[Layer, list[_Search]] = {}
        for n, (places, starts) in enumerate(_places(net, kinds, scenes)):
            lon, lat, origins = scenes[n]
            together: dict[Layer, list[int]] = {}
            for unit, origin in enumerate(origins):
                kind = kinds[origin.vehicle_class]
                if places[kind.which] is not None and starts[unit] is not None:
                    together.setdefault(kind.layer, []).append(unit)
                    continue
                lost = places[kind.which] is None and net.touches(lon, lat)
                at_least_s = self._horizon_s if lost else 0
                answers[n][unit] = self._by_distance(origin, lon, lat, at_least_s)
            for layer, units in together.items():
                of_units = [kinds[origins[unit].vehicle_class] for unit in units]
                place = places[of_units[0].which]
                assert place is not None
                metres = max(_line_m(origins[unit], lon, lat) for unit in units)
                horizon = self._horizon_s / min(kind.pace for kind in of_units) * 1000.0
                searches.setdefault(layer, []).append(
                    _Search(
                        n, place, units, [s for unit in units if (s := starts[unit]) is not None],
                        min((LOOK_S + metres * LOOK_S_A_METRE) * 1000.0, horizon), horizon,
                    )
                )  # fmt: skip
        for layer, mine in searches.items():
            for one, ways in zip(mine, _ways(layer, mine), strict=True):
                lon, lat, origins = scenes[one.scene]
                for unit, start, way in zip(one.units, one.starts, ways, strict=True):
                    origin = origins[unit]
                    kind = kinds[origin.vehicle_class]
                    answers[one.scene][unit] = self._by_road(
                        net, kind, origin, start, one.place, way
                    ) or (
                        self._by_distance(origin, lon, lat, self._horizon_s)
                        if connected(layer, start, one.place)
                        else self._cut_off(origin, lon, lat)
                    )
        return [[eta for eta in etas if eta is not None] for etas in answers]

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

    def _by_distance(self, origin: Origin, lon: float, lat: float, at_least_s: float) -> Eta:
        eta = _by_distance.to_scene(lon, lat, [origin])[0]
        eta_s = max(eta.eta_s, TURNOUT_S + round(at_least_s))
        return Eta(eta.unit_id, eta_s, eta.distance_m, "distance")

    def _cut_off(self, origin: Origin, lon: float, lat: float) -> Eta:
        eta = _by_distance.to_scene(lon, lat, [origin])[0]
        return Eta(eta.unit_id, eta.eta_s + CUT_OFF_S, eta.distance_m, "cut_off")


def _ways(layer: Layer, searches: Sequence[_Search]) -> list[list[float]]:
    """Of each search the cost from each start, infinite beyond the horizon. A first look, together with
    others, goes not far beyond the farthest unit; a wider one from a scene whose units have a way but
    were not met, and the whole horizon at last."""
    found: dict[int, list[float]] = {}
    for some in _alike(searches, search.together(layer)):
        reach = max(one.limit for one in some)
        for one, ways in zip(some, _look(layer, some, reach), strict=True):
            found[one.scene] = _look_further(layer, one, ways, reach)
    return [found[one.scene] for one in searches]


def _alike(searches: Sequence[_Search], most: int) -> list[list[_Search]]:
    """In groups of up to `most` that go about as far: all of a group go as far as its widest."""
    groups: list[list[_Search]] = []
    for one in sorted(searches, key=lambda one: one.limit):
        last = groups[-1] if groups else None
        if last and len(last) < most and one.limit <= ALIKE * last[0].limit:
            last.append(one)
        else:
            groups.append([one])
    return groups


def _look_further(layer: Layer, one: _Search, ways: list[float], reach: float) -> list[float]:
    for wider in (one.limit * LOOK_AGAIN, one.horizon):
        if reach >= one.horizon or not _missed(layer, one, ways, reach):
            break
        if wider > reach:
            reach = min(wider, one.horizon)
            ways = _look(layer, [one], reach)[0]
    return ways


def _look(layer: Layer, searches: Sequence[_Search], limit: float) -> list[list[float]]:
    places = [one.place for one in searches]
    starts = [start for one in searches for start in one.starts]
    which = np.repeat(np.arange(len(places), dtype=np.int32), [len(one.starts) for one in searches])
    nodes = search.towards_many(layer, places, limit)
    ways = iter(search.ways(layer, starts, places, which, nodes).tolist())
    return [[next(ways) for _ in one.starts] for one in searches]


def _missed(layer: Layer, one: _Search, ways: Sequence[float], reach: float) -> bool:
    return any(
        way > reach and connected(layer, start, one.place)
        for start, way in zip(one.starts, ways, strict=True)
    )


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
