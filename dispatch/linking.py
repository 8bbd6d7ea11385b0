"""Which reports tell of the same incident, per kind. Pure; the statements are in queries.py.

Joining wrongly hides a person who needs help, so kinds that strike one person join only from nearly
the same spot; what many people see at once (fire, flood, a fallen tree) joins over a neighbourhood.
What does not join is shown to the operator as a candidate.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class TwinRule:
    """radius_m: between two good positions.

    area_s: for this long a report that names only the kelurahan joins an incident of the kind in
    that kelurahan (0: never). window_s: nothing joins an incident without news for longer.
    """

    radius_m: int
    window_s: int
    area_s: int = 0


HOUR = 3600

TWINS: dict[str, TwinRule] = {
    "fire": TwinRule(300, 3 * HOUR, area_s=2 * HOUR),
    "flood": TwinRule(400, 12 * HOUR, area_s=12 * HOUR),
    "building_collapse": TwinRule(250, 6 * HOUR, area_s=3 * HOUR),
    "gas_leak": TwinRule(200, 3 * HOUR, area_s=HOUR),
    "utility_hazard": TwinRule(120, 6 * HOUR),
    "fallen_tree": TwinRule(120, 12 * HOUR),
    "traffic_accident": TwinRule(150, 2 * HOUR),
    "drowning": TwinRule(400, 3 * HOUR, area_s=HOUR),
    "rescue": TwinRule(60, 2 * HOUR),
    "medical": TwinRule(40, HOUR),
    "labour": TwinRule(40, 2 * HOUR),
    "animal": TwinRule(80, 2 * HOUR),
    "crime": TwinRule(80, HOUR),
    "domestic_violence": TwinRule(30, HOUR),
    "mental_health": TwinRule(80, 2 * HOUR),
    "missing_person": TwinRule(80, 2 * HOUR),
    "other": TwinRule(40, HOUR),
}
NO_TWIN = TwinRule(0, 0)

# Better than this is a position; worse is an area.
PRECISE_M = 150
HIDDEN_TYPES = frozenset({"domestic_violence"})
ASK_WINDOW_H = 24

CELL_RADII = 8  # a cell this many radii wide: most reports touch one, and few reports share one
LEAST_CELL_M = 200
_OFFSET = 1 << 19
_KINDS = {name: number for number, name in enumerate(sorted(TWINS), start=1)}


def rule_for(type_: str) -> TwinRule:
    return TWINS.get(type_, NO_TWIN)


def lock_keys(type_: str, lon: float, lat: float, radius_m: float) -> list[int]:
    """Advisory lock keys of a kind's neighbourhood, ascending (so that no two callers deadlock).

    The earth is cut into cells eight radii wide; a report locks those that its radius touches, one
    to four, so two reports within the radius of each other always share a cell, and others seldom
    wait for each other.
    """
    reach = radius_m / METRES_PER_DEGREE
    cell = max(radius_m * CELL_RADII, LEAST_CELL_M) / METRES_PER_DEGREE
    kind = _KINDS.get(type_, 0)
    xs = range(floor((lon - reach) / cell), floor((lon + reach) / cell) + 1)
    ys = range(floor((lat - reach) / cell), floor((lat + reach) / cell) + 1)
    return sorted((kind << 40) | ((x + _OFFSET) << 20) | (y + _OFFSET) for x in xs for y in ys)


def area_lock_key(type_: str, kelurahan_code: str) -> int:
    """The lock of a kind in a whole kelurahan, for reports that name no more than that."""
    digits = int("".join(c for c in kelurahan_code if c.isdigit()) or 0)
    return (1 << 60) | (_KINDS.get(type_, 0) << 45) | (digits % (1 << 44))
