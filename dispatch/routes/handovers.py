"""/api/v1/handovers: the answer of the agency that an incident was offered to."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, Field

from core.access import DESK, allow
from core.errors import NotFound
from core.web.deps import Transaction, Who
from dispatch import handover
from dispatch.routes.reply import reply

router = APIRouter(prefix="/api/v1/handovers", tags=["handovers"])

ANSWERS = {"accept": "accepted", "refuse": "refused", "return": "returned"}


class AnswerIn(BaseModel):
    reason: str | None = Field(default=None, max_length=40, pattern=r"^[a-z_]+$")


@router.post("/{handover_id}/{answer}", dependencies=[allow(*DESK, "opd")])
async def respond(
    tx: Transaction, who: Who, handover_id: int, answer: str, body: AnswerIn | None = None
) -> Response:
    """accept, refuse (with a reason), return."""
    to = ANSWERS.get(answer)
    if to is None:
        raise NotFound
    agency = None if who.role in DESK else (who.agency_id or 0)
    moved = await handover.answer(tx, handover_id, to, body.reason if body else None, agency)
    return reply({"id": handover_id, "state": moved.row["state"], "changed": moved.changed})
