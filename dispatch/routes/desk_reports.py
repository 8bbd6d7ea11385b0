"""/api/v1/reports for the desk: the queue, one report with its words, and what is done with it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from core.access import DESK, allow
from core.audit import note_read
from core.errors import BadInput, NotFound
from core.phone import normalize
from core.web.deps import AppContext, Reader, Transaction, Who
from dispatch import desk_reports, merging, views
from dispatch.intake import Intake
from dispatch.routes.incidents import MAX_ID
from dispatch.routes.reply import reply

router = APIRouter(prefix="/api/v1/reports", tags=["reports"])


class OpenReportIn(BaseModel):
    type: str | None = None
    priority: str | None = None
    separate: bool = False


class ScreenIn(BaseModel):
    class_: str = Field(alias="class")


class LinkIn(BaseModel):
    incident_id: int


class LocateIn(BaseModel):
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    kelurahan_code: str | None = None


class DetailsIn(BaseModel):
    """What the caller says while units roll."""

    phone: str | None = Field(default=None, max_length=40)
    name: str | None = Field(default=None, max_length=200)
    text: str | None = Field(default=None, max_length=4_000)
    place_text: str | None = Field(default=None, max_length=400)
    casualties: int | None = Field(default=None, ge=0, le=100_000)


class UnmaskIn(BaseModel):
    reason: Literal["call_back", "dispatch", "handover", "follow_up", "complaint", "audit"]


@router.get("", dependencies=[allow(*DESK, "auditor")])
async def listing(
    tx: Reader, context: AppContext, handling: str = "new", cursor: int = MAX_ID,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:  # fmt: skip
    rows = await tx.fetch(views.REPORT_LIST, cursor, handling, limit)
    following = rows[-1]["id"] if len(rows) == limit else None
    return reply({"reports": [views.report(row, context.vault) for row in rows], "next": following})


@router.get("/{report_id}", dependencies=[allow(*DESK, "auditor")])
async def read(tx: Transaction, context: AppContext, report_id: int) -> Response:
    """One report with its words and what was added since."""
    row = await tx.fetchrow(views.REPORT_BY_ID, report_id)
    if row is None:
        raise NotFound
    page = views.report(row, context.vault)
    page["messages"] = await views.messages(tx, context.vault, [report_id])
    if row["silent"]:
        await note_read(tx, "report", report_id, "view")
    return reply(page, version=row["version"])


@router.patch("/{report_id}", dependencies=[allow(*DESK)])
async def details(
    tx: Transaction, context: AppContext, report_id: int, body: DetailsIn
) -> Response:
    """Add what is learnt during the call; given fields replace, others stay."""
    wanted = body.model_dump(exclude_unset=True)
    if wanted.get("phone"):
        wanted["phone"] = normalize(body.phone)
        if wanted["phone"] is None:
            raise BadInput("Nomor telepon tidak dikenali. Contoh: 0812xxxxxxx.")
    row = await desk_reports.add_details(tx, context.vault, report_id, wanted)
    return reply({"id": report_id, "version": row["version"]}, version=row["version"])


@router.post("/{report_id}/unmask", dependencies=[allow(*DESK)])
async def unmask(tx: Transaction, context: AppContext, report_id: int, body: UnmaskIn) -> Response:
    """The reporter's number in full; who asked and why is kept."""
    row = await tx.fetchrow(views.REPORT_BY_ID, report_id)
    if row is None:
        raise NotFound
    await note_read(tx, "report_phone", report_id, body.reason)
    return reply({"phone": context.vault.decrypt_text(row["phone_enc"])})


@router.post("/{report_id}/open", dependencies=[allow(*DESK)])
async def open_report(
    request: Request, context: AppContext, who: Who, report_id: int,
    body: OpenReportIn | None = None,
) -> Response:  # fmt: skip
    """Open (or join) an incident from a report; also the answer "new" to a closed incident that fits."""
    body = body or OpenReportIn()
    async with context.db.tx(who) as tx:
        await desk_reports.classify(tx, report_id, body.type, body.priority)
    intake: Intake = request.app.state.intake
    opened = await intake.finish(report_id, who, never_ask=True, separate=body.separate)
    return reply({"incident_id": opened.incident_id, "units": [u.unit_code for u in opened.units]})


@router.post("/{report_id}/reopen", dependencies=[allow(*DESK)])
async def reopen(tx: Transaction, report_id: int) -> Response:
    """The answer "reopen": the closed incident lives again, with this report on it."""
    return reply({"incident_id": await desk_reports.reopen_asked(tx, report_id)})


@router.post("/{report_id}/screen", dependencies=[allow(*DESK)])
async def screen(tx: Transaction, report_id: int, body: ScreenIn) -> Response:
    moved = await desk_reports.screen(tx, report_id, body.class_)
    return reply({"handling": moved.row["handling"], "changed": moved.changed})


@router.post("/{report_id}/queue", dependencies=[allow(*DESK)])
async def queue(tx: Transaction, report_id: int) -> Response:
    """Screened by mistake: back to the queue."""
    moved = await desk_reports.back_to_queue(tx, report_id)
    return reply({"handling": moved.row["handling"], "changed": moved.changed})


@router.post("/{report_id}/link", dependencies=[allow(*DESK)])
async def link(tx: Transaction, report_id: int, body: LinkIn) -> Response:
    moved = await merging.attach(tx, report_id, body.incident_id)
    return reply({"incident_id": body.incident_id, "changed": moved.changed})


@router.post("/{report_id}/locate", dependencies=[allow(*DESK)])
async def locate(request: Request, tx: Transaction, report_id: int, body: LocateIn) -> Response:
    moved = await desk_reports.locate(
        tx, report_id, request.app.state.geography, lon=body.lon, lat=body.lat,
        kelurahan_code=body.kelurahan_code,
    )  # fmt: skip
    row = moved.row
    return reply({"place": row["place"], "kelurahan_code": row["kelurahan_code"]})
