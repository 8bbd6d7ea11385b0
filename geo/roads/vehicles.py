"""What drives: how fast against a car, how wide, and through how deep a water.

Width and wading depth are of usual vehicles (a fire engine on a Hino or Isuzu chassis is 2.5 m wide;
a makers' wading depth is about the axle height); a city that knows better says so in its pack.
"""

from __future__ import annotations

import msgspec

from geo.eta import SPEEDS_KMH


class Vehicle(msgspec.Struct, frozen=True):
    """`pace`: its time on an edge over a car's. `traffic`: how much of the hour's delay it feels,
    0 to 1. `tollways`: may use a jalan tol. `floats`: deep water carries it, at `FLOAT_KMH`."""

    name: str
    pace: float
    width_m: float
    wading_m: float
    traffic: float = 1.0
    tollways: bool = True
    on_foot: bool = False
    floats: bool = False


def _pace(name: str) -> float:
    return SPEEDS_KMH["car"] / SPEEDS_KMH[name]


VEHICLES: dict[str, Vehicle] = {
    v.name: v
    for v in (
        Vehicle("motorbike", _pace("motorbike"), 0.9, 0.2, traffic=0.4, tollways=False),
        Vehicle("car", _pace("car"), 1.8, 0.3),
        Vehicle("ambulance", _pace("ambulance"), 2.0, 0.3),
        Vehicle("pickup", _pace("pickup"), 1.9, 0.5),
        Vehicle("engine", _pace("engine"), 2.5, 0.6),
        Vehicle("truck", _pace("truck"), 2.5, 0.8),
        # Towed on the road by a pick-up; from where the water is deep on its own keel.
        Vehicle("boat", _pace("pickup"), 2.0, 99.0, floats=True),
        Vehicle("foot", 1.0, 0.0, 0.7, traffic=0.0, tollways=False, on_foot=True),
    )
}

WALK_KMH = 5.0
WADE_KMH = 10.0  # wheels through water they can stand
FLOAT_KMH = 8.0
FLOAT_FROM_M = 0.4
LAUNCH_S = 120.0  # a boat into the water, counted when the scene itself lies in it


def vehicle(name: str) -> Vehicle:
    """The class of that name; an unknown one drives as a car."""
    return VEHICLES.get(name, VEHICLES["car"])
