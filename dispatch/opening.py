"""From a kept report to an incident: find the twin or open, then reserve where the run card says so.

One transaction under the locks of the kind's neighbourhood, so that simultaneous reports of one event
make one incident. The nearest free units come back with the opening itself: five round trips in all,
BEGIN and COMMIT included.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.actor import Actor
from core.db import Database, Row, Tx
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
from dispatch.queries import LINK_OR_OPEN
from dispatch.raising import raise_incident
from dispatch.reserve import Reserved, rank, reserve, reserve_best
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
) -> Opened:
    """never_ask: do not stop at a lately closed incident that fits (the desk decided).
    separate: do not join a live one either.

    Raises what the database raises; the report then stays pending.
    """
    placed = understood.placed
    rule = NO_TWIN if separate else rule_for(understood.type)
    async with db.tx(actor, _locks(understood, rule)) as tx:
        row = await tx.fetchrow(
            LINK_OR_OPEN,
            report_id, understood.type, placed.lon, placed.lat,
            rule.radius_m / METRES_PER_DEGREE, rule.window_s, rule.area_s,
            placed.kelurahan_code, _precise(placed), placed.lingkungan, ASK_WINDOW_H,
            understood.priority, verified, understood.hidden, list(placed.kelurahan[1:]),
            placed.label, placed.accuracy_m, placed.outside, understood.said.casualties,
            actor.kind, actor.account_id, PRECISE_M, never_ask,
        )  # fmt: skip
        tx.events += 1
        if row is None or row["incident_id"] is None:
            return Opened(None)
        incident_id: int = row["incident_id"]
        if row["code"] is None:  # joined
            await raise_incident(tx, incident_id, understood.priority, understood.said.casualties)
        units: list[Reserved] = []
        if row["auto"] and placed.known and not placed.outside:
            units = await _reserve_needs(tx, eta, incident_id, row, placed)
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


async def _reserve_needs(
    tx: Tx, eta: EtaSource, incident_id: int, row: Row, placed: Placed
) -> list[Reserved]:
    assert placed.lon is not None and placed.lat is not None
    got: list[Reserved] = []
    needs: list[dict[str, Any]] = row["needs"] or []
    by_itself: dict[str, Any] = {"auto": True, "offer_after_s": row["veto_s"]}
    for need in needs:
        near = [Origin(*unit) for unit in need["units"]]
        taken = {r.unit_id for r in got}
        ranked, basis = rank(
            eta, placed.lon, placed.lat, [o for o in near if o.unit_id not in taken]
        )
        found = await reserve(
            tx, incident_id=incident_id, capability=need["capability"], count=need["count"],
            ranked=ranked, basis=basis, wanted=0, **by_itself,
        )  # fmt: skip
        got += found
        missing = need["count"] - len(found)
        if missing:  # further away, or taken in the meantime
            got += await reserve_best(
                tx, eta, incident_id=incident_id, capability=need["capability"], count=missing,
                lon=placed.lon, lat=placed.lat, exclude=[r.unit_id for r in got], **by_itself,
            )  # fmt: skip
    return got
