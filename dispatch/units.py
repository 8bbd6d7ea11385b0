"""Readiness of units and where they are. Progress of a job is the assignment's business, not this."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from core.db import Row, Tx
from core.errors import BadInput, Conflict, NotFound
from core.events import append
from core.events.kinds import UnitRef
from core.machine import move
from dispatch.assignments import abort
from dispatch.states import UNIT

OUT_REASONS = ("maintenance", "crew", "fuel", "breakdown", "cleaning", "training", "other")
MAX_FIXES = 500

LIVE_ASSIGNMENT = """
SELECT a.id, a.state, i.code FROM assignment a JOIN incident i ON i.id = a.incident_id
WHERE a.unit_id = $1 AND assignment_is_live(a.state)
"""

# Newest by the device's clock wins: a batch sent late must not move the unit back. A clock more than
# a minute ahead is not believed.
# Trackers that send ten fixes a second write one.
POSITION = """
WITH newest AS (
    SELECT * FROM unnest($2::float8[], $3::float8[], $4::timestamptz[], $5::int[])
        AS fix(lon, lat, at, accuracy_m)
    WHERE at <= clock_timestamp() + interval '1 minute' ORDER BY at DESC LIMIT 1
)
UPDATE unit SET geom = ST_SetSRID(ST_MakePoint(newest.lon, newest.lat), 4326),
    position_at = newest.at, position_source = $6, accuracy_m = newest.accuracy_m
FROM newest
WHERE id = $1 AND (position_at IS NULL OR newest.at >= position_at + interval '1 second')
RETURNING id
"""

AFTER_JOB = """
UPDATE unit SET pending_state = $2, out_reason = $3, version = version + 1
WHERE id = $1 AND pending_state IS DISTINCT FROM $2 RETURNING id
"""

STAYS = """
UPDATE unit SET pending_state = NULL, out_reason = NULL, version = version + 1
WHERE id = $1 AND pending_state IS NOT NULL RETURNING id
"""


class Fix(msgspec.Struct, frozen=True):
    """One position, WGS 84; `at` by the device's clock."""

    lat: float
    lon: float
    at: datetime
    accuracy_m: float | None = None


class Duty(msgspec.Struct, frozen=True):
    """What a duty call did. pending: stored, applied when the job is cleared."""

    state: str
    changed: bool
    pending: str | None = None
    aborted: int | None = None


async def set_duty(
    tx: Tx, unit_id: int, state: str, *, reason: str | None = None, abort_job: bool = False,
    after_job: bool = False, source: str = "operator",
) -> Duty:  # fmt: skip
    """off_duty ⇄ available ⇄ out_of_service(reason).

    With a live assignment, going off or out is refused (Conflict) unless the same call aborts it
    (`abort_job`) or asks for it at the job's end (`after_job`). Raises NotFound, BadInput,
    IllegalMove.
    """
    if state not in UNIT.states:
        raise BadInput("Status unit tidak dikenal.", extra={"known": list(UNIT.states)})
    if state == "out_of_service" and reason not in OUT_REASONS:
        raise BadInput(
            "Sebut alasannya: {known}.", known=", ".join(OUT_REASONS), extra={"field": "reason"}
        )
    aborted = None
    leaving = state != "available"
    if leaving and abort_job and (job := await tx.fetchrow(LIVE_ASSIGNMENT, unit_id)):
        # Before the unit's row is locked: incident, then assignment, then unit.
        await abort(tx, job["id"], source=source, reason=reason or "unreachable")
        aborted = job["id"]
    # From here on no reserve can take it.
    unit = await tx.fetchrow("SELECT * FROM unit WHERE id = $1 FOR UPDATE", unit_id)
    if unit is None:
        raise NotFound("Unit ini tidak ada.")
    job = await tx.fetchrow(LIVE_ASSIGNMENT, unit_id) if leaving else None
    if job is not None and after_job:
        if await tx.fetchval(AFTER_JOB, unit_id, state, reason):
            await _changed(tx, unit, source, "after_job")
        return Duty(unit["state"], False, pending=state)
    if job is not None:
        raise Conflict(
            "{unit} masih bertugas di {incident} ({state}).",
            unit=unit["code"],
            incident=job["code"],
            state=job["state"],
            extra={"assignment_id": job["id"], "incident": job["code"]},
        )
    moved = await move(
        tx,
        UNIT,
        unit_id,
        state,
        values={"out_reason": reason if state == "out_of_service" else None, "pending_state": None},
        payload={"unit_code": unit["code"]},
        reason=reason,
        source=source,
    )
    if not moved.changed and state == "available" and await tx.fetchval(STAYS, unit_id):
        await _changed(tx, unit, source, "stays")
    return Duty(state, moved.changed or aborted is not None, aborted=aborted)


async def report_positions(tx: Tx, unit_id: int, fixes: Sequence[Fix], source: str = "gps") -> bool:
    """Keep the newest fix of a batch on the unit's row; whether it moved. Never an event."""
    if len(fixes) > MAX_FIXES:
        raise BadInput("Paling banyak {most} posisi sekali kirim.", most=MAX_FIXES)
    usable = [f for f in fixes if abs(f.lat) <= 90 and abs(f.lon) <= 180 and f.at.tzinfo]
    if not usable:
        raise BadInput("Tidak ada posisi yang dapat dipakai (lat, lon, at dengan zona waktu).")
    moved = await tx.fetchval(
        POSITION,
        unit_id,
        [f.lon for f in usable],
        [f.lat for f in usable],
        [f.at for f in usable],
        [None if f.accuracy_m is None else min(round(f.accuracy_m), 100_000) for f in usable],
        source,
    )
    if moved is None and not await tx.fetchval(
        "SELECT EXISTS (SELECT FROM unit WHERE id = $1)", unit_id
    ):
        raise NotFound("Unit ini tidak ada.")
    return moved is not None


async def _changed(tx: Tx, unit: Row, source: str, reason: str) -> None:
    await append(
        tx,
        "unit.changed",
        UnitRef(unit_id=unit["id"], unit_code=unit["code"], source=source, reason=reason),
        subject=("unit", unit["id"]),
    )


# Whoever has said yes to a job crews its unit until that job ends, also when the shift is over before.
CREWS = """
SELECT u.id, u.code, u.agency_id, u.state FROM (
    SELECT d.unit_id, 1 AS rank, d.id AS number FROM duty d JOIN staff s ON s.id = d.staff_id
    WHERE s.account_id = $1 AND d.kind = 'crew'
      AND d.starts_at <= clock_timestamp() AND d.ends_at > clock_timestamp()
    UNION ALL
    SELECT a.unit_id, 2, a.id FROM assignment a JOIN staff s ON s.id = a.accepted_by
    WHERE s.account_id = $1
      AND a.state IN ('accepted', 'en_route', 'on_scene', 'transporting', 'at_facility')
) AS crewed JOIN unit u ON u.id = crewed.unit_id
ORDER BY crewed.rank, crewed.number LIMIT 1
"""


async def crew_unit(tx: Tx, account_id: int) -> Row | None:
    """The unit that this account crews now, or None."""
    return await tx.fetchrow(CREWS, account_id)
