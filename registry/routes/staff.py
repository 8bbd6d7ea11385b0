"""Staff: phones masked in lists; seeing one takes a reason and leaves a trace."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from core import phone as phones
from core.access import DESK, SEES_ALL, allow, own_agency
from core.audit import note_read
from core.errors import BadInput
from core.privacy import mask_phone
from core.web.deps import AppContext, Reader, Transaction, Who
from core.web.once import made_once
from registry.edit import changed, edit, row_of, tag, wanted_version
from registry.models import Staff, StaffPrivate
from registry.sheets import STAFF_ROLES
from registry.unmask import Unmasking
from registry.upsert import upsert, upsert_private

router = APIRouter()

LIST = """
SELECT staff.id, staff.agency_id, staff.station_id, staff.code, staff.name, staff.role,
       staff.active, staff.example, staff.version, private.phone_enc
FROM staff LEFT JOIN staff_private AS private ON private.staff_id = staff.id
WHERE ($1::bigint IS NULL OR staff.agency_id = $1) AND staff.id > $2
ORDER BY staff.id LIMIT $3
"""
PHONE = "SELECT phone_enc FROM staff_private WHERE staff_id = $1"

Role = Literal[*STAFF_ROLES]  # type: ignore[valid-type]


class StaffChange(BaseModel):
    """What is left out stays; `phone` may be given as people write it."""

    model_config = ConfigDict(extra="forbid")
    name: str | None = Field(default=None, min_length=1, max_length=120)
    role: Role | None = None
    station_id: int | None = None
    phone: str | None = Field(default=None, max_length=40)
    active: bool | None = None


class NewStaff(StaffChange):
    agency_id: int
    code: str = Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*$")
    name: str = Field(min_length=1, max_length=120)
    role: Role


@router.get("/staff", dependencies=[allow(*DESK, "opd", "auditor")])
async def list_staff(
    tx: Reader,
    who: Who,
    context: AppContext,
    agency_id: int | None = None,
    after: int = 0,
    limit: int = 200,
) -> dict[str, Any]:
    agency = agency_id if who.role in SEES_ALL else who.agency_id or 0
    rows = await tx.fetch(LIST, agency, after, min(max(limit, 1), 500))
    staff = []
    for row in rows:
        shown = dict(row)
        shown["phone_masked"] = mask_phone(context.vault.decrypt_text(shown.pop("phone_enc")))
        staff.append(shown)
    return {"staff": staff, "next": rows[-1]["id"] if rows else None}


@router.post("/staff", status_code=201, dependencies=[allow("admin", "opd")])
async def add_staff(
    request: Request, body: NewStaff, tx: Transaction, who: Who, context: AppContext
) -> dict[str, Any]:
    own_agency(who, body.agency_id)
    values = body.model_dump(exclude_unset=True)
    private = _private(values)
    values["code"] = body.code.upper()

    async def make() -> dict[str, Any]:
        staff_id, outcome = await upsert(tx, Staff, ("agency_id", "code"), values)
        if outcome == "updated":
            raise BadInput("Kode ini sudah dipakai orang lain di OPD yang sama.")
        await upsert_private(tx, context.vault, StaffPrivate, "staff_id", staff_id, private)
        if outcome == "created":
            await changed(tx, "registry.created", "staff", staff_id)
        return {"id": staff_id}

    created: dict[str, Any] = await made_once(request, tx, context.vault, "staff", make)
    return created


@router.patch("/staff/{staff_id}", dependencies=[allow("admin", "opd")])
async def change_staff(
    staff_id: int,
    body: StaffChange,
    tx: Transaction,
    who: Who,
    context: AppContext,
    request: Request,
    response: Response,
) -> dict[str, Any]:
    row = await row_of(tx, Staff, staff_id)
    own_agency(who, row["agency_id"])
    values = body.model_dump(exclude_unset=True)
    private = _private(values)
    # A phone alone also raises the version: the side row has none of its own.
    version = await edit(
        tx, Staff, staff_id, wanted_version(request), values or {"agency_id": row["agency_id"]}
    )
    await upsert_private(tx, context.vault, StaffPrivate, "staff_id", staff_id, private)
    tag(response, version)
    return {"id": staff_id, "version": version}


@router.post("/staff/{staff_id}/unmask", dependencies=[allow(*DESK, "opd")])
async def unmask_staff(
    staff_id: int, body: Unmasking, tx: Transaction, who: Who, context: AppContext
) -> dict[str, Any]:
    own_agency(who, (await row_of(tx, Staff, staff_id))["agency_id"])
    await note_read(tx, "staff", staff_id, body.reason)
    return {"phone": context.vault.decrypt_text(await tx.fetchval(PHONE, staff_id)) or None}


def _private(values: dict[str, Any]) -> dict[str, str | None]:
    """Takes the phone out of `values`; an empty one clears it."""
    if "phone" not in values:
        return {}
    given = values.pop("phone")
    number = phones.normalize(given)
    if given and number is None:
        raise BadInput("Bukan nomor telepon. Tulis seperti 0812xxxxxxxx.")
    return {"phone": number}
