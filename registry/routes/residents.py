"""Residents: lists show no name; names, phones and consent are read and changed one by one."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from core.access import DESK, allow
from core.audit import note_read
from core.privacy import mask_phone
from core.web.deps import AppContext, Reader, Transaction
from registry import consents
from registry.edit import row_of
from registry.erase import erase_resident
from registry.models import PURPOSES, Resident
from registry.unmask import Unmasking

router = APIRouter()

LIST = """
SELECT resident.id, resident.code, resident.house_id, resident.kelurahan_code,
       resident.lingkungan, resident.vulnerability, resident.erased_at, resident.example,
       resident.version, private.phone_enc
FROM resident LEFT JOIN resident_private AS private ON private.resident_id = resident.id
WHERE ($1::text IS NULL OR resident.kelurahan_code = $1)
  AND ($2::text IS NULL OR resident.lingkungan = $2)
  AND (NOT $3 OR resident.vulnerability <> '{}') AND resident.id > $4
ORDER BY resident.id LIMIT $5
"""
PRIVATE = """
SELECT name_enc, phone_enc, birth_date_enc FROM resident_private WHERE resident_id = $1
"""


class ConsentChange(BaseModel):
    model_config = ConfigDict(extra="forbid")
    purpose: Literal[*PURPOSES]  # type: ignore[valid-type]
    given: bool
    channel: Literal["counter", "phone", "web", "paper"] = "counter"


@router.get("/residents", dependencies=[allow(*DESK)])
async def list_residents(
    tx: Reader,
    context: AppContext,
    kelurahan_code: str | None = None,
    lingkungan: str | None = None,
    vulnerable: bool = False,
    after: int = 0,
    limit: int = 200,
) -> dict[str, Any]:
    rows = await tx.fetch(
        LIST, kelurahan_code, lingkungan, vulnerable, after, min(max(limit, 1), 500)
    )
    residents = []
    for row in rows:
        shown = dict(row)
        shown["phone_masked"] = mask_phone(context.vault.decrypt_text(shown.pop("phone_enc")))
        residents.append(shown)
    return {"residents": residents, "next": rows[-1]["id"] if rows else None}


@router.post("/residents/{resident_id}/unmask", dependencies=[allow(*DESK)])
async def unmask_resident(
    resident_id: int, body: Unmasking, tx: Transaction, context: AppContext
) -> dict[str, Any]:
    await row_of(tx, Resident, resident_id)
    await note_read(tx, "resident", resident_id, body.reason)
    row = await tx.fetchrow(PRIVATE, resident_id)
    return {
        name.removesuffix("_enc"): (context.vault.decrypt_text(row[name]) or None) if row else None
        for name in ("name_enc", "phone_enc", "birth_date_enc")
    }


@router.get("/residents/{resident_id}/consents", dependencies=[allow(*DESK, "auditor")])
async def list_consents(resident_id: int, tx: Reader) -> dict[str, Any]:
    await row_of(tx, Resident, resident_id)
    return {"consents": [dict(row) for row in await consents.of_resident(tx, resident_id)]}


@router.post("/residents/{resident_id}/consents", dependencies=[allow(*DESK)])
async def change_consent(resident_id: int, body: ConsentChange, tx: Transaction) -> dict[str, Any]:
    await row_of(tx, Resident, resident_id)
    act = consents.give if body.given else consents.withdraw
    changed = await act(tx, resident_id, body.purpose, channel=body.channel)
    return {"purpose": body.purpose, "given": body.given, "changed": changed}


@router.delete("/residents/{resident_id}", dependencies=[allow("admin")])
async def forget_resident(resident_id: int, tx: Transaction) -> dict[str, Any]:
    await row_of(tx, Resident, resident_id)
    await erase_resident(tx, resident_id)
    return {"id": resident_id, "erased": True}
