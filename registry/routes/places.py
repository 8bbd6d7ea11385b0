"""Stations, shelters and hospitals. In an emergency the desk itself opens a shelter."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from core.access import DESK, STAFF, allow, own_agency
from core.errors import BadInput
from core.models import Base
from core.web.deps import Reader, Transaction, Who
from registry.edit import edit, row_of, tag, wanted_version
from registry.models import Hospital, Shelter, Station
from registry.sheets import CAPABILITIES
from registry.upsert import with_place

router = APIRouter()

STATIONS = """
SELECT id, agency_id, code, name, address, ST_X(geom) AS lon, ST_Y(geom) AS lat, kelurahan_code,
       example, version
FROM station WHERE $1::bigint IS NULL OR agency_id = $1 ORDER BY code
"""
SHELTERS = """
SELECT id, code, name, address, ST_X(geom) AS lon, ST_Y(geom) AS lat, kelurahan_code, capacity,
       facilities, open, example, version
FROM shelter WHERE NOT $1 OR open ORDER BY code
"""
HOSPITALS = """
SELECT id, code, name, address, phone_public, ST_X(geom) AS lon, ST_Y(geom) AS lat, kelurahan_code,
       capabilities, example, version
FROM hospital WHERE $1::text IS NULL OR $1 = ANY(capabilities) ORDER BY code
"""


class Place(BaseModel):
    """Common to all: what is left out stays. Latitude and longitude go together."""

    model_config = ConfigDict(extra="forbid")
    name: str | None = Field(default=None, min_length=1, max_length=120)
    address: str | None = Field(default=None, max_length=300)
    kelurahan_code: str | None = Field(default=None, max_length=20)
    lat: float | None = Field(default=None, ge=-90, le=90, allow_inf_nan=False)
    lon: float | None = Field(default=None, ge=-180, le=180, allow_inf_nan=False)

    def values(self) -> dict[str, Any]:
        given = self.model_dump(exclude_unset=True)
        if ("lat" in given) != ("lon" in given):
            raise BadInput("Isi lintang dan bujur, keduanya.")
        return with_place(given)


class ShelterChange(Place):
    capacity: int | None = Field(default=None, ge=0, le=100_000)
    facilities: list[str] | None = Field(default=None, max_length=30)
    open: bool | None = None


class HospitalChange(Place):
    phone_public: str | None = Field(default=None, max_length=30)
    capabilities: list[Literal[*CAPABILITIES]] | None = None  # type: ignore[valid-type]


@router.get("/stations", dependencies=[allow(*STAFF)])
async def list_stations(tx: Reader, agency_id: int | None = None) -> dict[str, Any]:
    return {"stations": [dict(row) for row in await tx.fetch(STATIONS, agency_id)]}


@router.patch("/stations/{station_id}", dependencies=[allow("admin", "opd")])
async def change_station(
    station_id: int, body: Place, tx: Transaction, who: Who, request: Request, response: Response
) -> dict[str, Any]:
    own_agency(who, (await row_of(tx, Station, station_id))["agency_id"])
    return await _changed(tx, Station, station_id, body, request, response)


@router.get("/shelters", dependencies=[allow(*STAFF)])
async def list_shelters(tx: Reader, only_open: bool = False) -> dict[str, Any]:
    return {"shelters": [dict(row) for row in await tx.fetch(SHELTERS, only_open)]}


@router.patch("/shelters/{shelter_id}", dependencies=[allow(*DESK)])
async def change_shelter(
    shelter_id: int, body: ShelterChange, tx: Transaction, request: Request, response: Response
) -> dict[str, Any]:
    return await _changed(tx, Shelter, shelter_id, body, request, response)


@router.get("/hospitals", dependencies=[allow(*STAFF)])
async def list_hospitals(tx: Reader, capability: str | None = None) -> dict[str, Any]:
    return {"hospitals": [dict(row) for row in await tx.fetch(HOSPITALS, capability)]}


@router.patch("/hospitals/{hospital_id}", dependencies=[allow(*DESK)])
async def change_hospital(
    hospital_id: int, body: HospitalChange, tx: Transaction, request: Request, response: Response
) -> dict[str, Any]:
    return await _changed(tx, Hospital, hospital_id, body, request, response)


async def _changed(
    tx: Transaction,
    model: type[Base],
    row_id: int,
    body: Place,
    request: Request,
    response: Response,
) -> dict[str, Any]:
    version = await edit(tx, model, row_id, wanted_version(request), body.values())
    tag(response, version)
    return {"id": row_id, "version": version}
