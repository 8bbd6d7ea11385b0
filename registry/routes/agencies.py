"""Agencies: everybody on the staff may read them, administrators change them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from core.access import STAFF, allow
from core.web.deps import Reader, Transaction
from registry.edit import edit, tag, wanted_version
from registry.models import Agency

router = APIRouter()

LIST = """
SELECT id, code, name, kind, phone_public, words, example, version FROM agency ORDER BY code
"""


class AgencyChange(BaseModel):
    """What may change; what is left out stays. `words` maps our states to the agency's own."""

    model_config = ConfigDict(extra="forbid")
    name: str | None = Field(default=None, min_length=1, max_length=120)
    phone_public: str | None = Field(default=None, max_length=30)
    words: dict[str, str] | None = Field(default=None, max_length=60)


@router.get("/agencies", dependencies=[allow(*STAFF)])
async def list_agencies(tx: Reader) -> dict[str, Any]:
    return {"agencies": [dict(row) for row in await tx.fetch(LIST)]}


@router.patch("/agencies/{agency_id}", dependencies=[allow("admin")])
async def change_agency(
    agency_id: int, body: AgencyChange, tx: Transaction, request: Request, response: Response
) -> dict[str, Any]:
    version = await edit(
        tx, Agency, agency_id, wanted_version(request), body.model_dump(exclude_unset=True)
    )
    tag(response, version)
    return {"id": agency_id, "version": version}
