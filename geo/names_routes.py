"""`/api/v1/geo/aliases` and `/geo/places`: what the desk adds while it works, also during a call."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, Field

from core.access import DESK, STAFF, allow
from core.web.deps import AppContext, Reader, Transaction
from core.web.once import made_once
from geo import by_hand

router = APIRouter(prefix="/geo")

Name = Annotated[str, Field(min_length=1, max_length=by_hand.MAX_NAME)]
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]
Source = Annotated[str, Field(max_length=200)]


class NewAlias(BaseModel):
    """`target`: the code of an area or the slug of a place, as /geo/search gives them (`ref`)."""

    alias: Name
    target: Annotated[str, Field(min_length=1, max_length=200)]
    source: Source = ""


class NewLandmark(BaseModel):
    name: Name
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    kind: Annotated[str, Field(min_length=1, max_length=40)] = "landmark"
    source: Source = ""


@router.get("/aliases", dependencies=[allow(*STAFF)])
async def aliases(tx: Reader) -> Any:
    """The names given by hand, the newest first."""
    return {"aliases": [dict(row) for row in await tx.fetch(by_hand.ALIASES)]}


@router.post("/aliases", status_code=201, dependencies=[allow(*DESK)])
async def add_alias(request: Request, new: NewAlias, tx: Transaction, context: AppContext) -> Any:
    """Another name for an area or a place; the geocoder hears it within a second."""
    source = new.source or f"{tx.actor.name or tx.actor.role}"

    async def make() -> Any:
        return {"id": await by_hand.add_alias(tx, new.alias, new.target, source)}

    return await made_once(request, tx, context.vault, "geo alias", make)


@router.delete("/aliases/{number}", status_code=204, dependencies=[allow(*DESK)])
async def remove_alias(number: Number, tx: Transaction) -> None:
    await by_hand.remove_alias(tx, number)


@router.post("/places", status_code=201, dependencies=[allow(*DESK)])
async def add_place(
    request: Request, new: NewLandmark, tx: Transaction, context: AppContext
) -> Any:
    """A landmark that the map does not have."""
    place = by_hand.NewPlace(new.name, new.kind, new.lon, new.lat)
    source = new.source or f"{tx.actor.name or tx.actor.role}"

    async def make() -> Any:
        return {"slug": await by_hand.add_place(tx, place, source)}

    return await made_once(request, tx, context.vault, "geo place", make)
