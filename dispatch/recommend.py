"""Who should go, and why: ranked units for what an incident needs. Pure; no database.

For each need the free units that can do it are ranked by time to the scene, and everybody who was
left out is named with the reason. What cannot be met is a shortfall, said aloud.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from geo.eta import Eta

SHOWN = 5
STALE_S = 900


class Line(msgspec.Struct, frozen=True):
    """What is asked for: `count` units of a capability, of which `assigned` are live already."""

    capability: str
    count: int
    assigned: int

    @property
    def missing(self) -> int:
        return max(self.count - self.assigned, 0)


class Candidate(msgspec.Struct, frozen=True):
    """A unit as it stands now. position_age_s None: never reported; home: standing at its post."""

    unit_id: int
    code: str
    agency: str
    capabilities: frozenset[str]
    state: str
    out_reason: str | None = None
    busy_on: str | None = None
    lon: float | None = None
    lat: float | None = None
    position_source: str | None = None
    position_age_s: float | None = None
    vehicle_class: str = "car"


class Choice(msgspec.Struct, frozen=True):
    """A ranked unit. recommended: among the first `missing`. eta_s seconds, distance_m metres."""

    unit_id: int
    code: str
    agency: str
    eta_s: int
    distance_m: int
    basis: str
    recommended: bool
    reasons: tuple[str, ...]


class LeftOut(msgspec.Struct, frozen=True):
    unit_id: int
    code: str
    reason: str
    detail: str | None = None


class Ranking(msgspec.Struct, frozen=True):
    """One need's answer."""

    capability: str
    wanted: int
    assigned: int
    missing: int
    units: tuple[Choice, ...]
    left_out: tuple[LeftOut, ...]
    shortfall: int


def recommend(
    lines: Sequence[Line],
    candidates: Sequence[Candidate],
    etas: Mapping[int, Eta],
    declined: Collection[int] = (),
) -> list[Ranking]:
    """Rank per line; a unit recommended for one line is not recommended for the next.

    etas: by unit id, for those with a position. declined: units that said no or did not answer.
    """
    given: set[int] = set()
    rankings = []
    for line in lines:
        able = [c for c in candidates if line.capability in c.capabilities]
        out = [o for c in able if (o := _left_out(c, etas, declined)) is not None]
        out_ids = {o.unit_id for o in out}
        free = sorted(
            (c for c in able if c.unit_id not in out_ids and c.unit_id not in given),
            key=lambda c: (etas[c.unit_id].eta_s, etas[c.unit_id].distance_m, c.unit_id),
        )
        chosen = {c.unit_id for c in free[: line.missing]}
        given |= chosen
        rankings.append(
            Ranking(
                capability=line.capability,
                wanted=line.count,
                assigned=line.assigned,
                missing=line.missing,
                units=tuple(
                    _choice(c, etas[c.unit_id], rank, c.unit_id in chosen)
                    for rank, c in enumerate(free[:SHOWN], start=1)
                ),
                left_out=tuple(out),
                shortfall=line.missing - len(chosen),
            )
        )
    return rankings


def _left_out(c: Candidate, etas: Mapping[int, Eta], declined: Collection[int]) -> LeftOut | None:
    reason: str | None = None
    detail = None
    if c.state == "off_duty":
        reason = "off_duty"
    elif c.state == "out_of_service":
        reason, detail = "out_of_service", c.out_reason
    elif c.busy_on is not None:
        reason, detail = "busy", c.busy_on
    elif c.unit_id in declined:
        reason = "declined"
    elif c.unit_id not in etas:
        reason = "no_position"
    return None if reason is None else LeftOut(c.unit_id, c.code, reason, detail)


def _choice(c: Candidate, eta: Eta, rank: int, recommended: bool) -> Choice:
    reasons = ["nearest" if rank == 1 else f"rank:{rank}", f"basis:{eta.basis}"]
    if c.position_source != "gps":
        reasons.append("position:estimated")
    elif c.position_age_s is not None and c.position_age_s > STALE_S:
        reasons.append("position:stale")
    return Choice(
        c.unit_id, c.code, c.agency, eta.eta_s, eta.distance_m, eta.basis, recommended,
        tuple(reasons),
    )  # fmt: skip


def as_json(rankings: Sequence[Ranking]) -> list[dict[str, Any]]:
    built: list[dict[str, Any]] = msgspec.to_builtins(rankings)
    return built
