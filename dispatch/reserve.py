"""Take units for an incident, atomically: no unit twice, the loser of a race gets the next best.

The ranking is made outside (by ETA over the free units nearby); the statement takes the first ones
that are still free and not being taken by somebody else at this moment (sql/reserve.sql).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from core.db import Database, Row, Tx
from dispatch.functions import RESERVE
from dispatch.reserve_queries import nearest_free
from geo.eta import DistanceEta, Eta, EtaSource, Origin

NEARBY = 12
LATE_S = 120  # by road over by the straight line: usual detours and the last metres on foot
FIRST = 3  # so many of a need are looked at when it is asked whether the near ones do
MAX_NEARBY = 400


_by_line = DistanceEta()


class Ranked(msgspec.Struct, frozen=True):
    """A unit at its place in a ranking."""

    unit_id: int
    eta_s: int
    distance_m: int


class Reserved(msgspec.Struct, frozen=True):
    """A unit that is now on the incident. eta_s in seconds."""

    assignment_id: int
    unit_id: int
    unit_code: str
    agency_id: int
    eta_s: int | None


def rank(times: Iterable[Eta]) -> tuple[list[Ranked], str]:
    """Units by time to the scene (ties by id), and what the first one's time rests on."""
    times = sorted(times, key=lambda t: (t.eta_s, t.distance_m, t.unit_id))
    ranked = [Ranked(t.unit_id, t.eta_s, t.distance_m) for t in times]
    return ranked, times[0].basis if times else "distance"


def settled(
    ranked: Sequence[Ranked], wanted: int, lon: float, lat: float, farthest: Origin
) -> bool:
    """Whether nobody beyond the farthest that was looked at is likely to be quicker than the first
    `wanted`. Near units are late when a bridge is closed; then those further away count too."""
    by_line = _by_line.to_scene(lon, lat, [farthest])[0].eta_s
    return all(r.eta_s <= by_line + LATE_S for r in ranked[:wanted])


async def rank_near(
    db: Database, eta: EtaSource, capability: str, lon: float, lat: float, near: Sequence[Origin],
    times: Sequence[Eta], asked: int,
) -> tuple[list[Ranked], str]:  # fmt: skip
    """`rank` of the nearest free units by line (of `asked`), whose times are known, or of more of them
    when by road they are later than others further away may be: only then a read."""
    ranked, basis = rank(times)
    while len(near) >= asked < MAX_NEARBY and not settled(ranked, FIRST, lon, lat, near[-1]):
        asked *= 4
        async with db.read() as tx:
            rows = await tx.fetch(nearest_free(asked), capability, lon, lat, [])
        near = [origin(row) for row in rows]
        ranked, basis = rank(eta.to_scene(lon, lat, near))
    return ranked, basis


async def reserve(
    tx: Tx,
    *,
    incident_id: int,
    capability: str,
    count: int,
    ranked: Sequence[Ranked],
    auto: bool = False,
    offer_after_s: float | None = None,
    basis: str = "distance",
    wanted: int | None = None,
) -> list[Reserved]:
    """Reserve up to `count` of the ranked units; writes assignments, stamps and events.

    offer_after_s: schedule the automatic offer. wanted: how many the need asks for; when fewer are
    got, a `need.shortfall` event says so (default: count; 0: never).
    """
    units = await tx.fetchval(
        RESERVE,
        incident_id,
        capability,
        count,
        [r.unit_id for r in ranked],
        [r.eta_s for r in ranked],
        [r.distance_m for r in ranked],
        basis,
        auto,
        tx.actor.account_id,
        None if offer_after_s is None else float(offer_after_s),
        tx.actor.kind,
        count if wanted is None else wanted,
    )
    tx.events += 1
    return [Reserved(*unit) for unit in units]


async def reserve_best(
    tx: Tx,
    eta: EtaSource,
    *,
    incident_id: int,
    capability: str,
    count: int,
    lon: float,
    lat: float,
    exclude: Iterable[int] = (),
    auto: bool = False,
    offer_after_s: float | None = None,
) -> list[Reserved]:
    """Find, rank and reserve the best `count` units; looks further while it comes up short.

    A unit that somebody holds at this very moment (its position coming in) is passed over; when the
    search comes up short, it is made once more. Then a shortfall event says what is missing.
    """
    got: list[Reserved] = []
    unwanted = frozenset(exclude)
    for final in (False, True):
        tried = set(unwanted) | {r.unit_id for r in got}
        nearby = max(NEARBY, 2 * count)
        last = False
        while len(got) < count and not last:
            rows = await tx.fetch(nearest_free(nearby), capability, lon, lat, list(tried))
            last = len(rows) < nearby or nearby >= MAX_NEARBY
            ranked, basis = rank(eta.to_scene(lon, lat, [origin(row) for row in rows]))
            missing = count - len(got)
            if not last and not settled(ranked, missing, lon, lat, origin(rows[-1])):
                nearby *= 4
                continue
            if ranked or final:
                got += await reserve(
                    tx, incident_id=incident_id, capability=capability, count=missing,
                    ranked=ranked, auto=auto, offer_after_s=offer_after_s, basis=basis,
                    wanted=missing if last and final else 0,
                )  # fmt: skip
            tried.update(r.unit_id for r in ranked)
            nearby *= 4
    return got


def origin(row: Row) -> Origin:
    return Origin(row["unit_id"], row["lon"], row["lat"], row["vehicle_class"])
