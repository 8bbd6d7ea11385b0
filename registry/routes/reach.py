"""Where a station gets to by road: the ground it covers in 5, 10 and 15 minutes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query

from core.access import STAFF, allow
from core.errors import BadInput, NotFound
from core.web.deps import Db
from geo.roads.routes import MINUTES, Class, TheRoads, known, reached

router = APIRouter()

PLACE = "SELECT code, ST_X(geom) AS lon, ST_Y(geom) AS lat FROM station WHERE id = $1"


@router.get("/stations/{station_id}/isochrones", dependencies=[allow(*STAFF)])
async def station_reach(
    station_id: int,
    db: Db,
    roads: TheRoads,
    vehicle_class: Class = "engine",
    minutes: Annotated[Sequence[int], Query(max_length=6)] = MINUTES,
) -> dict[str, Any]:
    """GeoJSON, the largest first; at this hour, with the closures of now."""
    known(vehicle_class)
    async with db.read() as tx:  # given back before the polygons are made
        station = await tx.fetchrow(PLACE, station_id)
    if station is None:
        raise NotFound
    if station["lon"] is None:
        raise BadInput("Pos ini belum punya titik di peta.")
    found = await reached(roads, station["lon"], station["lat"], vehicle_class, minutes)
    for feature in found["features"]:
        feature["properties"]["station"] = station["code"]
    return found
