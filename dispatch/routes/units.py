"""/api/v1/units: who there is, who is ready, where they are."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, Field

from core.access import DESK, SEES_ALL, allow
from core.actor import Actor
from core.db import Tx
from core.errors import NotFound
from core.web.deps import Reader, Transaction, Who
from dispatch import units, views
from dispatch.routes.reply import reply

router = APIRouter(prefix="/api/v1/units", tags=["units"])


class FixIn(BaseModel):
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    at: datetime
    accuracy_m: float | None = Field(default=None, ge=0)


class PositionsIn(BaseModel):
    positions: Annotated[list[FixIn], Field(min_length=1, max_length=units.MAX_FIXES)]


class DutyIn(BaseModel):
    state: str
    reason: str | None = Field(default=None, max_length=40)
    abort: bool = False
    after_job: bool = False


@router.get("", dependencies=[allow(*SEES_ALL, "opd", "petugas", "service")])
async def listing(tx: Reader, who: Who) -> Response:
    """All units with readiness, job and last position; an agency sees its own."""
    rows = await tx.fetch(views.UNITS, None)
    if who.role not in {*SEES_ALL, "service"}:
        rows = [row for row in rows if row["agency_id"] == who.agency_id]
    return reply({"units": [views.unit(row) for row in rows]})


@router.post("/{unit_id}/positions", dependencies=[allow(*DESK, "petugas", "service")])
async def positions(tx: Transaction, who: Who, unit_id: int, body: PositionsIn) -> Response:
    """A batch of fixes; the newest by device time counts. Positions are never events."""
    await _mine(tx, who, unit_id)
    fixes = [units.Fix(f.lat, f.lon, f.at, f.accuracy_m) for f in body.positions]
    source = "operator" if who.role in DESK else "gps"
    return reply({"moved": await units.report_positions(tx, unit_id, fixes, source)})


@router.post("/{unit_id}/duty", dependencies=[allow(*DESK, "petugas", "opd")])
async def duty(tx: Transaction, who: Who, unit_id: int, body: DutyIn) -> Response:
    """available, off_duty, out_of_service(reason). 409 names the job it is on."""
    await _mine(tx, who, unit_id)
    done = await units.set_duty(
        tx,
        unit_id,
        body.state,
        reason=body.reason,
        abort_job=body.abort,
        after_job=body.after_job,
        source="operator" if who.role in DESK else "device",
    )
    return reply(msgspec.structs.asdict(done))


async def _mine(tx: Tx, who: Actor, unit_id: int) -> None:
    """Raises NotFound for a unit that is not the caller's to move."""
    if who.role in {*DESK, "service"}:
        return
    if who.role == "opd":
        agency = await tx.fetchval("SELECT agency_id FROM unit WHERE id = $1", unit_id)
        if agency is None or agency != who.agency_id:
            raise NotFound
        return
    assert who.account_id is not None
    crewed = await units.crew_unit(tx, who.account_id)
    if crewed is None or crewed["id"] != unit_id:
        raise NotFound
