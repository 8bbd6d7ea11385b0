"""`/api/v1/geo/{eta,closures,isochrones}`: time and way between points, and what shuts the way.

The app's `app.state.roads` is the process's `Roads`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from shapely.geometry import mapping

from core.access import DESK, STAFF, allow
from core.errors import BadInput, Unavailable
from core.web.deps import AppContext, Lang, Reader, Who
from core.web.once import made_once
from geo.eta import Origin
from geo.roads import closures
from geo.roads.isochrone import isochrones
from geo.roads.live import TOPIC, Roads
from geo.roads.route import route
from geo.roads.vehicles import VEHICLES
from geo.roads.wording import said

router = APIRouter(prefix="/api/v1/geo", tags=["geo"])
READERS = (*STAFF, "service")
MINUTES = (5, 10, 15)

LatLon = Annotated[str, Query(max_length=60, examples=["3.3283,99.156"])]


async def the_roads(request: Request) -> Roads:
    roads: Roads = request.app.state.roads
    return roads


TheRoads = Annotated[Roads, Depends(the_roads)]
Class = Annotated[str, Query(alias="class", max_length=30)]


@router.get("/eta", dependencies=[allow(*READERS)])
async def eta(
    roads: TheRoads,
    lang: Lang,
    start: Annotated[LatLon, Query(alias="from")],
    scene: Annotated[LatLon, Query(alias="to")],
    vehicle_class: Class = "car",
) -> Any:
    """Seconds and metres between two points ("lat,lon") for a class of vehicle. `basis` 'road':
    with the line (lon, lat) and the turns; 'road_example': the same over made-up streets;
    'router': time and length by the outside router, line and turns, where there are any, by our own
    net (`drive_s` is theirs); 'distance': neither; 'cut_off': no open road leads there."""
    known(vehicle_class)
    a, b = point(start), point(scene)
    origin = Origin(0, *a, vehicle_class)
    await roads.prepare(*b, [origin])
    net = roads.net
    way = None
    if net is not None:
        way = await asyncio.to_thread(route, net, a, b, vehicle_class, roads.factor())
    if way is None:
        found = roads.to_scene(*b, [origin])[0]
        return {
            "eta_s": found.eta_s, "drive_s": None, "distance_m": found.distance_m,
            "basis": found.basis, "line": None, "steps": [],
        }  # fmt: skip
    answer = msgspec.to_builtins(way)
    if roads.asks_outside and (found := roads.to_scene(*b, [origin])[0]).basis == "router":
        answer |= {"eta_s": found.eta_s, "distance_m": found.distance_m, "basis": found.basis}
    answer["line"] = {"type": "LineString", "coordinates": answer["line"]}
    for step, text in zip(answer["steps"], said(way.steps, lang), strict=True):
        step["text"] = text
    return answer


@router.get("/isochrones", dependencies=[allow(*READERS)])
async def reach(
    roads: TheRoads,
    at: LatLon,
    vehicle_class: Class = "car",
    minutes: Annotated[Sequence[int], Query(max_length=6)] = MINUTES,
) -> Any:
    """Ground that a vehicle at a point ("lat,lon") gets to in so many minutes, turn-out included,
    at this hour and with the closures of now: GeoJSON, the largest first."""
    known(vehicle_class)
    return await reached(roads, *point(at), vehicle_class, minutes)


async def reached(
    roads: Roads, lon: float, lat: float, vehicle_class: str, minutes: Sequence[int] = MINUTES
) -> dict[str, Any]:
    """The same for a station of a room above."""
    if not minutes or not all(1 <= m <= 60 for m in minutes):
        raise BadInput("Menit dari 1 sampai 60.")
    net = roads.net
    if net is None:
        raise Unavailable("Jaringan jalan belum ada. Impor peta dulu: siponcega geo import")
    wanted = sorted(set(minutes), reverse=True)
    shapes = await asyncio.to_thread(
        isochrones, net, lon, lat, vehicle_class, wanted, roads.factor()
    )
    features = [
        {
            "type": "Feature",
            "properties": {"minutes": m, "class": vehicle_class, "basis": net.basis},
            "geometry": mapping(shape),
        }
        for m, shape in shapes.items()
    ]
    return {"type": "FeatureCollection", "features": features}


class ClosureIn(BaseModel):
    """`geometry`: GeoJSON Polygon, LineString along or across streets, or Point with radius_m."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["closed", "flood"]
    geometry: dict[str, Any]
    depth_m: float | None = Field(default=None, gt=0, le=20, allow_inf_nan=False)
    radius_m: float | None = Field(default=None, ge=5, le=2_000, allow_inf_nan=False)
    note: str | None = Field(default=None, max_length=200)
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@router.get("/closures", dependencies=[allow(*READERS)])
async def list_closures(tx: Reader, roads: TheRoads, all: bool = False) -> Any:
    """Closures in force or to come; with `all`, the last 500 of any time."""
    rows = await tx.fetch(closures.LIST, all)
    return {"closures": [closures.as_json(row, roads.net) for row in rows]}


@router.post("/closures", status_code=201, dependencies=[allow(*DESK)])
async def draw_closure(
    request: Request, body: ClosureIn, context: AppContext, who: Who, roads: TheRoads
) -> Any:
    """Shut a part of the roads. When this is answered, this process already drives around it."""
    _times(body)
    shape = closures.read_shape(body.geometry, body.radius_m)
    async with context.db.tx(who) as tx:

        async def make() -> int:
            return await closures.open_closure(
                tx, body.kind, shape, depth_m=body.depth_m, note=body.note,
                starts_at=body.starts_at, ends_at=body.ends_at,
            )  # fmt: skip

        closure_id = await made_once(request, tx, context.vault, "closure", make)
        row = await tx.fetchrow(closures.ONE, closure_id)
    assert row is not None
    await _tell(context, roads)
    edges = {c.edge for c in roads.net.cuts if c.obstacle.id == closure_id} if roads.net else set()
    return {**closures.as_json(row, roads.net), "streets_touched": len(edges)}


@router.delete("/closures/{closure_id}", status_code=204, dependencies=[allow(*DESK)])
async def end_closure(closure_id: int, context: AppContext, who: Who, roads: TheRoads) -> Response:
    """Open the road again; the same answer when somebody did before."""
    async with context.db.tx(who) as tx:
        await closures.end_closure(tx, closure_id)
    await _tell(context, roads)
    return Response(status_code=204)


async def _tell(context: AppContext, roads: Roads) -> None:
    context.bell.ring(TOPIC)
    await roads.refresh(context.db)


def _times(body: ClosureIn) -> None:
    for moment in (body.starts_at, body.ends_at):
        if moment is not None and moment.tzinfo is None:
            raise BadInput("Tulis waktu dengan zona, misalnya 2026-11-24T09:00:00+07:00.")
    now = datetime.now().astimezone()
    if body.ends_at is not None and body.ends_at <= (body.starts_at or now):
        raise BadInput("Waktu selesai harus sesudah waktu mulai.")


def point(text: str) -> tuple[float, float]:
    """lon, lat of "lat,lon". Raises BadInput."""
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError as error:
        raise BadInput("Tulis titik sebagai lintang,bujur, misalnya 3.3283,99.1560.") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadInput("Tulis titik sebagai lintang,bujur, misalnya 3.3283,99.1560.")
    return lon, lat


def known(vehicle_class: str) -> None:
    if vehicle_class not in VEHICLES:
        raise BadInput("Jenis kendaraan tidak dikenal. Pilih: {known}", known=", ".join(VEHICLES))
