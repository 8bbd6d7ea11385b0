"""Duty: who is on when. Shifts are entered ahead, ended early, never rewritten."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import asyncpg
from fastapi import APIRouter, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict

from core.access import DESK, SEES_ALL, allow, own_agency
from core.errors import BadInput, Conflict, NotFound
from core.events import append
from core.web.deps import AppContext, Reader, Transaction, Who
from core.web.once import made_once
from registry.edit import row_of
from registry.events import DutyChange
from registry.models import Staff
from registry.queries import add_duty

router = APIRouter()

LIST = """
SELECT duty.id, duty.staff_id, staff.name, staff.agency_id, duty.kind, duty.unit_id,
       duty.starts_at, duty.ends_at
FROM duty JOIN staff ON staff.id = duty.staff_id
WHERE duty.starts_at <= coalesce($1, clock_timestamp())
  AND duty.ends_at > coalesce($1, clock_timestamp())
  AND ($2::bigint IS NULL OR staff.agency_id = $2)
ORDER BY duty.kind, duty.unit_id, duty.id
"""
# A shift that has begun ends now; one that has not is taken off the roster.
END = """
WITH ended AS (
    UPDATE duty SET ends_at = clock_timestamp()
    WHERE id = $1 AND starts_at < clock_timestamp() AND ends_at > clock_timestamp() RETURNING id
), removed AS (
    DELETE FROM duty WHERE id = $1 AND starts_at >= clock_timestamp() RETURNING id
)
SELECT id FROM ended UNION ALL SELECT id FROM removed
"""


class NewDuty(BaseModel):
    model_config = ConfigDict(extra="forbid")
    staff_id: int
    kind: Literal["crew", "on_call", "desk"]
    unit_id: int | None = None
    starts_at: AwareDatetime
    ends_at: AwareDatetime


@router.get("/duty", dependencies=[allow(*DESK, "opd", "petugas", "auditor")])
async def list_duty(tx: Reader, who: Who, at: datetime | None = None) -> dict[str, Any]:
    agency = None if who.role in SEES_ALL else who.agency_id or 0
    return {"duty": [dict(row) for row in await tx.fetch(LIST, at, agency)]}


@router.post("/duty", status_code=201, dependencies=[allow(*DESK, "opd")])
async def enter_duty(
    request: Request, body: NewDuty, tx: Transaction, who: Who, context: AppContext
) -> dict[str, Any]:
    own_agency(who, (await row_of(tx, Staff, body.staff_id))["agency_id"])
    if body.ends_at <= body.starts_at:
        raise BadInput("Akhir jaga harus sesudah awalnya.")
    if (body.kind == "crew") != (body.unit_id is not None):
        raise BadInput("Jaga kru harus menyebut unit; jaga lain tidak.")

    async def make() -> dict[str, Any]:
        try:
            async with tx.savepoint():
                duty_id = await add_duty(
                    tx, body.staff_id, body.kind, body.starts_at, body.ends_at, body.unit_id
                )
        except asyncpg.ExclusionViolationError as error:
            raise Conflict("Orang ini sudah punya jaga lain pada waktu itu.") from error
        await _tell(tx, "registry.duty_entered", duty_id, body.staff_id, body.unit_id, body.kind)
        return {"id": duty_id}

    entered: dict[str, Any] = await made_once(request, tx, context.vault, "duty", make)
    return entered


@router.delete("/duty/{duty_id}", dependencies=[allow(*DESK, "opd")])
async def end_duty(duty_id: int, tx: Transaction, who: Who) -> dict[str, Any]:
    row = await tx.fetchrow(
        "SELECT duty.staff_id, duty.unit_id, duty.kind, staff.agency_id"
        " FROM duty JOIN staff ON staff.id = duty.staff_id WHERE duty.id = $1 FOR UPDATE OF duty",
        duty_id,
    )
    if row is None:
        raise NotFound
    own_agency(who, row["agency_id"])
    if await tx.fetchval(END, duty_id) is not None:
        await _tell(
            tx, "registry.duty_ended", duty_id, row["staff_id"], row["unit_id"], row["kind"]
        )
    return {"id": duty_id}


async def _tell(
    tx: Transaction, kind: str, duty_id: int, staff_id: int, unit_id: int | None, duty_kind: str
) -> None:
    await append(
        tx,
        kind,
        DutyChange(duty_id=duty_id, staff_id=staff_id, unit_id=unit_id, duty_kind=duty_kind),
        subject=("duty", duty_id),
    )
