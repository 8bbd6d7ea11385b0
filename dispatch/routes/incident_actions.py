"""/api/v1/incidents/{id}/…: what people decide. Each answers the incident as it stands afterwards."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from core.access import DESK, allow
from core.web.deps import AppContext, Transaction, Who
from core.web.once import made_once
from dispatch import handover, incidents, merging, taking
from dispatch.routes.incident_page import answer, unchanged
from dispatch.routes.reply import reply

router = APIRouter(prefix="/api/v1/incidents", tags=["incidents"])


class CloseIn(BaseModel):
    disposition: str = "handled"


class ReasonIn(BaseModel):
    reason: str = Field(default="", max_length=40, pattern=r"^[a-z_]*$")


class MergeIn(BaseModel):
    into: int


class AttachIn(BaseModel):
    report_id: int


class WaiveIn(BaseModel):
    reason: str = Field(min_length=3, max_length=200)


class HandoverIn(BaseModel):
    to_agency_id: int | None = None
    to_name: str | None = Field(default=None, max_length=100)


@router.post("/{incident_id}/take", dependencies=[allow(*DESK)])
async def take(
    request: Request, tx: Transaction, context: AppContext, who: Who, incident_id: int
) -> Response:
    assert who.account_id is not None
    await unchanged(request, tx, incident_id)
    await taking.take(tx, incident_id, who.account_id)
    return await answer(tx, context, who, incident_id)


@router.post("/{incident_id}/verify", dependencies=[allow(*DESK)])
async def verify(
    request: Request, tx: Transaction, context: AppContext, who: Who, incident_id: int
) -> Response:
    await unchanged(request, tx, incident_id)
    await incidents.verify(tx, incident_id)
    return await answer(tx, context, who, incident_id)


@router.post("/{incident_id}/control", dependencies=[allow(*DESK)])
async def control(
    request: Request, tx: Transaction, context: AppContext, who: Who, incident_id: int
) -> Response:
    await unchanged(request, tx, incident_id)
    await incidents.control(tx, incident_id)
    return await answer(tx, context, who, incident_id)


@router.post("/{incident_id}/rekindle", dependencies=[allow(*DESK)])
async def rekindle(
    request: Request, tx: Transaction, context: AppContext, who: Who, incident_id: int
) -> Response:
    await unchanged(request, tx, incident_id)
    await incidents.rekindle(tx, incident_id)
    return await answer(tx, context, who, incident_id)


@router.post("/{incident_id}/close", dependencies=[allow(*DESK)])
async def close(
    request: Request,
    tx: Transaction,
    context: AppContext,
    who: Who,
    incident_id: int,
    body: CloseIn | None = None,
) -> Response:
    """409 naming the units while any is still on it."""
    await unchanged(request, tx, incident_id)
    await incidents.close(tx, incident_id, (body or CloseIn()).disposition)
    return await answer(tx, context, who, incident_id)


@router.post("/{incident_id}/cancel", dependencies=[allow(*DESK)])
async def cancel(
    request: Request,
    tx: Transaction,
    context: AppContext,
    who: Who,
    incident_id: int,
    body: ReasonIn | None = None,
) -> Response:
    await unchanged(request, tx, incident_id)
    await incidents.cancel(tx, incident_id, (body.reason if body else "") or None)
    return await answer(tx, context, who, incident_id)


@router.post("/{incident_id}/reopen", dependencies=[allow(*DESK)])
async def reopen(
    request: Request, tx: Transaction, context: AppContext, who: Who, incident_id: int
) -> Response:
    await unchanged(request, tx, incident_id)
    await incidents.reopen(tx, incident_id)
    return await answer(tx, context, who, incident_id)


@router.post("/{incident_id}/merge", dependencies=[allow(*DESK)])
async def merge(
    request: Request,
    tx: Transaction,
    context: AppContext,
    who: Who,
    incident_id: int,
    body: MergeIn,
) -> Response:
    """Into another incident; answers the surviving one."""
    await unchanged(request, tx, incident_id)
    row = await merging.merge(tx, incident_id, body.into)
    return await answer(tx, context, who, row["id"])


@router.post("/{incident_id}/unmerge", dependencies=[allow(*DESK)])
async def unmerge(tx: Transaction, context: AppContext, who: Who, incident_id: int) -> Response:
    await merging.unmerge(tx, incident_id)
    return await answer(tx, context, who, incident_id)


@router.post("/{incident_id}/reports", dependencies=[allow(*DESK)])
async def attach(
    tx: Transaction, context: AppContext, who: Who, incident_id: int, body: AttachIn
) -> Response:
    await merging.attach(tx, body.report_id, incident_id)
    return await answer(tx, context, who, incident_id)


@router.delete("/{incident_id}/reports/{report_id}", dependencies=[allow(*DESK)])
async def split(
    tx: Transaction, context: AppContext, who: Who, incident_id: int, report_id: int
) -> Response:
    await merging.split(tx, report_id, incident_id)
    return await answer(tx, context, who, incident_id)


@router.post("/{incident_id}/needs/{need_id}/waive", dependencies=[allow(*DESK)])
async def waive(
    tx: Transaction, context: AppContext, who: Who, incident_id: int, need_id: int, body: WaiveIn
) -> Response:
    assert who.account_id is not None
    await incidents.waive(tx, incident_id, need_id, who.account_id, body.reason)
    return await answer(tx, context, who, incident_id)


@router.post("/{incident_id}/handovers", dependencies=[allow(*DESK)], status_code=201)
async def hand_over(
    request: Request, tx: Transaction, context: AppContext, who: Who, incident_id: int,
    body: HandoverIn,
) -> Response:  # fmt: skip
    async def make() -> Any:
        row = await handover.offer(
            tx, incident_id, to_agency_id=body.to_agency_id, to_name=body.to_name,
            from_agency_id=who.agency_id,
        )  # fmt: skip
        return {"id": row["id"], "state": row["state"], "due_at": row["due_at"].isoformat()}

    scope = f"handover:{incident_id}"
    return reply(await made_once(request, tx, context.vault, scope, make), status=201)
