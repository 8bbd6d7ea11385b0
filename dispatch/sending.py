"""Send units to an incident: the recommended ones, or those a person names; reserved and offered at once."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from core.db import Row, Tx
from core.errors import BadInput, Conflict, NotFound
from dispatch import candidates
from dispatch.assignments import offer
from dispatch.recommend import Ranking
from dispatch.reserve import Ranked, Reserved, reserve, reserve_best
from dispatch.states import INCIDENT_LIVE
from geo import eta
from geo.eta import Origin

INCIDENT = """
SELECT id, state, ST_X(geom) AS lon, ST_Y(geom) AS lat, clock_round
FROM incident WHERE id = $1 FOR UPDATE
"""

NAMED = """
SELECT u.id, u.code, u.capabilities, u.state, u.busy, u.vehicle_class, i.code AS busy_on,
       ST_X(coalesce(u.geom, u.home)) AS lon, ST_Y(coalesce(u.geom, u.home)) AS lat
FROM unit u
LEFT JOIN assignment a ON a.unit_id = u.id AND assignment_is_live(a.state)
LEFT JOIN incident i ON i.id = a.incident_id
WHERE u.id = ANY ($1::bigint[])
"""

# Reserved by the run card and waiting for a veto: the operator who sends says "go" to them too.
WAITING = """
SELECT a.id AS assignment_id, a.unit_id, u.code AS unit_code, u.agency_id, a.eta_s
FROM assignment a JOIN unit u ON u.id = a.unit_id
WHERE a.incident_id = $1 AND a.state = 'reserved' ORDER BY a.id
"""


class Sent(msgspec.Struct, frozen=True):
    """Who goes now, and what could not be had: (capability, missing)."""

    assignments: list[Reserved]
    shortfalls: list[tuple[str, int]]


async def send_recommended(tx: Tx, incident_id: int) -> Sent:
    """Reserve and offer the best units for every unmet need, in one call; offer those that wait.

    The loser of a race gets the next best; what cannot be had is a shortfall. Raises NotFound, or
    Conflict when the incident is over.
    """
    incident = await _sendable(tx, incident_id)
    rankings = await candidates.recommendation(tx, incident_id)
    await candidates.keep(tx, incident_id, rankings)
    if incident["lon"] is None:
        raise BadInput("Kejadian ini belum punya tempat di peta. Sebut unitnya, atau beri tempat.")
    said_no = {
        row["unit_id"]
        for row in await tx.fetch(candidates.SAID_NO, incident_id, incident["clock_round"])
    }
    got = [Reserved(**row) for row in await tx.fetch(WAITING, incident_id)]
    shortfalls = []
    for line in rankings:
        if not line.missing:
            continue
        found = await _for_line(tx, incident, line, said_no)
        got += found
        if len(found) < line.missing:
            shortfalls.append((line.capability, line.missing - len(found)))
    for reserved in got:
        await offer(tx, reserved.assignment_id, source="operator")
    return Sent(got, shortfalls)


async def send_named(tx: Tx, incident_id: int, unit_ids: Sequence[int]) -> Sent:
    """Reserve and offer these very units, all or none.

    Raises Conflict naming the incident a unit is busy on or why it cannot go, NotFound for an
    unknown unit.
    """
    incident = await _sendable(tx, incident_id)
    await candidates.keep(tx, incident_id, await candidates.recommendation(tx, incident_id))
    units = {row["id"]: row for row in await tx.fetch(NAMED, list(unit_ids))}
    needs = [line.capability for line in await candidates.recommendation(tx, incident_id)]
    got: list[Reserved] = []
    for unit_id in dict.fromkeys(unit_ids):
        unit = units.get(unit_id)
        if unit is None:
            raise NotFound("Unit ini tidak ada.")
        _must_be_free(unit)
        capability = next((n for n in needs if n in unit["capabilities"]), None)
        found = await reserve(
            tx,
            incident_id=incident_id,
            capability=capability or next(iter(unit["capabilities"]), "other"),
            count=1,
            ranked=[_ranked(incident, unit)],
            wanted=0,
        )
        if not found:
            raise Conflict("{unit} baru saja dikirim ke tempat lain.", unit=unit["code"])
        got += found
    for reserved in got:
        await offer(tx, reserved.assignment_id, source="operator")
    left = await candidates.recommendation(tx, incident_id)
    return Sent(got, [(line.capability, line.missing) for line in left if line.missing])


async def _sendable(tx: Tx, incident_id: int) -> Row:
    row = await tx.fetchrow(INCIDENT, incident_id)
    if row is None:
        raise NotFound
    if row["state"] not in INCIDENT_LIVE:
        raise Conflict(
            "Kejadian ini sudah {state}; buka kembali dulu.",
            state=row["state"],
            extra={"state": row["state"]},
        )
    return row


async def _for_line(tx: Tx, incident: Row, line: Ranking, said_no: set[int]) -> list[Reserved]:
    """The ranked list first (it may rest on a road graph); then whoever else is free nearby."""
    ranked = [Ranked(u.unit_id, u.eta_s, u.distance_m) for u in line.units]
    basis = line.units[0].basis if line.units else "distance"
    found = await reserve(
        tx, incident_id=incident["id"], capability=line.capability, count=line.missing,
        ranked=ranked, basis=basis, wanted=0,
    )  # fmt: skip
    missing = line.missing - len(found)
    if missing:
        found += await reserve_best(
            tx, eta.current(), incident_id=incident["id"], capability=line.capability,
            count=missing, lon=incident["lon"], lat=incident["lat"],
            exclude=said_no | {r.unit_id for r in found},
        )  # fmt: skip
    return found


def _must_be_free(unit: Row) -> None:
    if unit["busy"]:
        raise Conflict(
            "{unit} sedang di {incident}.",
            unit=unit["code"],
            incident=unit["busy_on"] or "penugasan lain",
            extra={"unit": unit["code"], "busy_on": unit["busy_on"]},
        )
    if unit["state"] != "available":
        raise Conflict(
            "{unit} tidak siap ({state}).",
            unit=unit["code"],
            state=unit["state"],
            extra={"unit": unit["code"], "state": unit["state"]},
        )


def _ranked(incident: Row, unit: Row) -> Ranked:
    if incident["lon"] is None or unit["lon"] is None:
        return Ranked(unit["id"], 0, 0)
    origin = Origin(unit["id"], unit["lon"], unit["lat"], unit["vehicle_class"])
    time = eta.current().to_scene(incident["lon"], incident["lat"], [origin])[0]
    return Ranked(unit["id"], time.eta_s, time.distance_m)
