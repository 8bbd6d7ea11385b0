"""Houses: how to get there. The address and the words on access are read with a reason."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import Field

from core.access import DESK, allow
from core.audit import note_read
from core.web.deps import AppContext, Reader, Transaction
from registry.edit import edit, row_of, tag, wanted_version
from registry.models import House, HousePrivate
from registry.routes.places import Place
from registry.unmask import Unmasking
from registry.upsert import upsert_private

router = APIRouter()

LIST = """
SELECT house.id, house.code, house.kelurahan_code, house.lingkungan, ST_X(house.geom) AS lon,
       ST_Y(house.geom) AS lat, house.width_m::float8 AS width_m, house.stairs, house.gate,
       house.floods, house.example, house.version,
       coalesce(array_agg(DISTINCT word) FILTER (WHERE word IS NOT NULL), '{}') AS vulnerability
FROM house
LEFT JOIN resident ON resident.house_id = house.id
LEFT JOIN LATERAL unnest(resident.vulnerability) AS word ON true
WHERE ($1::text IS NULL OR house.kelurahan_code = $1)
  AND ($2::text IS NULL OR house.lingkungan = $2) AND house.id > $3
GROUP BY house.id ORDER BY house.id LIMIT $4
"""
PRIVATE = "SELECT address_enc, access_enc FROM house_private WHERE house_id = $1"


class HouseChange(Place):
    """A house has no name; its address goes encrypted into the side table."""

    name: None = None
    lingkungan: str | None = Field(default=None, max_length=20)
    width_m: float | None = Field(default=None, gt=0, lt=1000, allow_inf_nan=False)
    stairs: bool | None = None
    gate: bool | None = None
    floods: bool | None = None
    access: str | None = Field(default=None, max_length=500)


@router.get("/houses", dependencies=[allow(*DESK)])
async def list_houses(
    tx: Reader,
    kelurahan_code: str | None = None,
    lingkungan: str | None = None,
    after: int = 0,
    limit: int = 200,
) -> dict[str, Any]:
    rows = await tx.fetch(LIST, kelurahan_code, lingkungan, after, min(max(limit, 1), 500))
    return {"houses": [dict(row) for row in rows], "next": rows[-1]["id"] if rows else None}


@router.patch("/houses/{house_id}", dependencies=[allow(*DESK)])
async def change_house(
    house_id: int,
    body: HouseChange,
    tx: Transaction,
    context: AppContext,
    request: Request,
    response: Response,
) -> dict[str, Any]:
    values = body.values()
    values.pop("name", None)
    private: dict[str, str | None] = {
        name: values.pop(name) for name in ("address", "access") if name in values
    }
    # A change of the encrypted words alone also raises the version.
    own = values or {"code": House.code}
    version = await edit(tx, House, house_id, wanted_version(request), own)
    await upsert_private(tx, context.vault, HousePrivate, "house_id", house_id, private)
    tag(response, version)
    return {"id": house_id, "version": version}


@router.post("/houses/{house_id}/unmask", dependencies=[allow(*DESK)])
async def unmask_house(
    house_id: int, body: Unmasking, tx: Transaction, context: AppContext
) -> dict[str, Any]:
    await row_of(tx, House, house_id)
    await note_read(tx, "house", house_id, body.reason)
    row = await tx.fetchrow(PRIVATE, house_id)
    read = context.vault.decrypt_text
    return {
        "address": (read(row["address_enc"]) or None) if row else None,
        "access": (read(row["access_enc"]) or None) if row else None,
    }
