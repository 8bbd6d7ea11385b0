"""From a kept report to an incident: find the twin or open, then reserve where the run card says so.

The free units nearby came back when the report was kept, so their times are known before anything is
locked. Then one call of `dispatch_open` does the rest in one transaction under the locks of the kind's
neighbourhood: simultaneous reports of one event make one incident. Two round trips for a report in all.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any

import msgspec

from core.actor import Actor
from core.db import Database, Tx
from dispatch.functions import OPEN
from dispatch.keeping import Understood
from dispatch.linking import (
    ASK_WINDOW_H,
    METRES_PER_DEGREE,
    NO_TWIN,
    PRECISE_M,
    TwinRule,
    area_lock_key,
    lock_keys,
    rule_for,
)
from dispatch.placing import Placed
from dispatch.queries import NEAR, NEARBY
from dispatch.reinforcing import reinforce
from dispatch.reserve import Reserved, rank_near, reserve_best
from geo.eta import EtaSource, Origin


@dataclass(frozen=True, slots=True)
class Opened:
    """The incident that the report joined or opened (None: a person is asked), and units taken."""

    incident_id: int | None
    units: tuple[Reserved, ...] = ()


async def link_or_open(
    db: Database,
    eta: EtaSource,
    report_id: int,
    understood: Understood,
    actor: Actor,
    *,
    verified: bool = False,
    never_ask: bool = False,
    separate: bool = False,
    near: dict[str, list[list[Any]]] | None = None,
) -> Opened:
    """never_ask: do not stop at a lately closed incident that fits (the desk decided).
    separate: do not join a live one either. near: free units by capability, as keeping told them
    (None: they are asked for).

    Raises what the database raises; the report then stays pending.
    """
    placed = understood.placed
    rule = NO_TWIN if separate else rule_for(understood.type)
    free = await _free(db, eta, actor, understood, near)
    async with db.read(actor) as tx:
        ranked = await _ranked(tx, eta, placed, free)
        answer: dict[str, Any] = await tx.fetchval(
            OPEN,
            report_id, understood.type, placed.lon, placed.lat,
            rule.radius_m / METRES_PER_DEGREE, rule.window_s, rule.area_s,
            placed.kelurahan_code, _precise(placed), placed.lingkungan, ASK_WINDOW_H,
            understood.priority, verified, understood.hidden, list(placed.kelurahan[1:]),
            placed.label, placed.accuracy_m, placed.outside, understood.said.casualties,
            actor.kind, actor.account_id, PRECISE_M, never_ask, _locks(understood, rule),
            ranked,
        )  # fmt: skip
        tx.events += 1
    incident_id: int | None = answer["incident_id"]
    if incident_id is None:
        return Opened(None)
    if answer["joined"] and understood.priority < answer["priority"]:
        return Opened(incident_id, tuple(await reinforce(db, eta, actor, incident_id)))
    units = [msgspec.convert(unit, Reserved) for unit in answer["units"]]
    if answer["missing"]:
        units += await _look_further(db, eta, actor, incident_id, placed, answer, units)
    return Opened(incident_id, tuple(units))


def _precise(placed: Placed) -> bool:
    return placed.known and (placed.accuracy_m or 0) <= PRECISE_M


def _locks(understood: Understood, rule: TwinRule) -> list[int]:
    placed, keys = understood.placed, []
    if placed.lon is not None and placed.lat is not None:
        keys = lock_keys(understood.type, placed.lon, placed.lat, rule.radius_m)
    if rule.area_s and placed.kelurahan_code:
        keys.append(area_lock_key(understood.type, placed.kelurahan_code))
    return keys


async def _free(
    db: Database, eta: EtaSource, actor: Actor, understood: Understood,
    near: dict[str, list[list[Any]]] | None,
) -> dict[str, list[Origin]] | None:  # fmt: skip
    """The free units nearby for each capability. An outside router is asked here, where no connection
    is held."""
    placed = understood.placed
    if placed.lon is None or placed.lat is None or placed.outside:
        return None
    if near is None:
        async with db.read(actor) as tx:
            near = await tx.fetchval(
                NEAR, understood.type, understood.priority, placed.lon, placed.lat
            )
        if near is None:
            return None
    free = {capability: [Origin(*unit) for unit in units] for capability, units in near.items()}
    if eta.asks_outside:
        await eta.prepare(placed.lon, placed.lat, list(chain.from_iterable(free.values())))
    return free


async def _ranked(
    tx: Tx, eta: EtaSource, placed: Placed, free: dict[str, list[Origin]] | None
) -> dict[str, Any] | None:
    """The units of each capability by time to the scene; one unit ranks once, for the first need.

    A read of its own only where by road the near ones are late (`rank_near`).
    """
    if free is None or placed.lon is None or placed.lat is None:
        return None
    ranked: dict[str, Any] = {}
    for capability, near in free.items():
        order, basis = await rank_near(tx, eta, capability, placed.lon, placed.lat, near, NEARBY)
        ranked[capability] = {
            "ids": [r.unit_id for r in order],
            "etas": [r.eta_s for r in order],
            "metres": [r.distance_m for r in order],
            "basis": basis,
        }
    return ranked


async def _look_further(
    db: Database, eta: EtaSource, actor: Actor, incident_id: int, placed: Placed,
    answer: dict[str, Any], units: list[Reserved],
) -> list[Reserved]:  # fmt: skip
    """Near ones were taken or held at that moment: once more, and further away."""
    assert placed.lon is not None and placed.lat is not None
    found: list[Reserved] = []
    async with db.tx(actor) as tx:
        await tx.execute("SELECT FROM incident WHERE id = $1 FOR UPDATE", incident_id)
        for capability, missing in answer["missing"].items():
            found += await reserve_best(
                tx, eta, incident_id=incident_id, capability=capability, count=missing,
                lon=placed.lon, lat=placed.lat, exclude=[r.unit_id for r in (*units, *found)],
                auto=True, offer_after_s=answer["veto_s"],
            )  # fmt: skip
    return found
