"""Readiness of units and where they are. Progress of a job is the assignment's business, not this."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from core.db import Row, Tx
from core.errors import BadInput, Conflict, NotFound
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
POSITION = """
UPDATE unit SET geom = ST_SetSRID(ST_MakePoint($2, $3), 4326), position_at = $4,
    position_source = $5, accuracy_m = $6
WHERE id = $1 AND $4 <= clock_timestamp() + interval '1 minute'
  AND (position_at IS NULL OR position_at < $4)
RETURNING id
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
    unit = await tx.fetchrow("SELECT id, code FROM unit WHERE id = $1", unit_id)
    if unit is None:
        raise NotFound("Unit ini tidak ada.")
    job = await tx.fetchrow(LIVE_ASSIGNMENT, unit_id) if state != "available" else None
    aborted = None
    if job is not None:
        if after_job:
            await tx.execute(
                "UPDATE unit SET pending_state = $2, out_reason = $3, version = version + 1 "
                "WHERE id = $1",
                unit_id,
                state,
                reason,
            )
            return Duty("available", False, pending=state)
        if not abort_job:
            raise Conflict(
                "{unit} masih bertugas di {incident} ({state}).",
                unit=unit["code"],
                incident=job["code"],
                state=job["state"],
                extra={"assignment_id": job["id"], "incident": job["code"]},
            )
        await abort(tx, job["id"], source=source, reason=reason or "unreachable")
        aborted = job["id"]
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
    return Duty(moved.row["state"], moved.changed, aborted=aborted)


async def report_positions(tx: Tx, unit_id: int, fixes: Sequence[Fix], source: str = "gps") -> bool:
    """Keep the newest fix of a batch on the unit's row; whether it moved. Never an event."""
    if len(fixes) > MAX_FIXES:
        raise BadInput("Paling banyak {most} posisi sekali kirim.", most=MAX_FIXES)
    usable = [f for f in fixes if abs(f.lat) <= 90 and abs(f.lon) <= 180 and f.at.tzinfo]
    if not usable:
        raise BadInput("Tidak ada posisi yang dapat dipakai (lat, lon, at dengan zona waktu).")
    newest = max(usable, key=lambda f: f.at)
    moved = await tx.fetchval(
        POSITION, unit_id, newest.lon, newest.lat, newest.at, source,
        None if newest.accuracy_m is None else round(newest.accuracy_m),
    )  # fmt: skip
    return moved is not None


async def crew_unit(tx: Tx, account_id: int) -> Row | None:
    """The unit that this account crews now, or None."""
    return await tx.fetchrow(
        "SELECT u.id, u.code, u.agency_id, u.state FROM duty d JOIN staff s ON s.id = d.staff_id "
        "JOIN unit u ON u.id = d.unit_id WHERE s.account_id = $1 AND d.kind = 'crew' "
        "AND d.starts_at <= clock_timestamp() AND d.ends_at > clock_timestamp() "
        "ORDER BY d.id LIMIT 1",
        account_id,
    )
