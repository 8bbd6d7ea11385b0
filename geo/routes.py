"""`/api/v1/geo` and `/api/v1/tiles`: names, points, areas and the map's own tiles.

The app's `app.state.geography` is the process's `Geography`; `app.state.tile_layers`, when the
composition root sets it, the layers of all rooms.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from core.access import STAFF, allow, public
from core.db import Row
from core.errors import BadInput, Forbidden, NotFound
from core.limits import address_key
from core.web.deps import Db, Limits, Reader, Who
from geo import names_routes, tiles
from geo.geography import Geography
from geo.queries import AREAS, NAMES, NEAREST_PLACES
from geo.sql import REVISION
from geo.words import plain

router = APIRouter(prefix="/api/v1", tags=["geo"])
router.include_router(names_routes.router)
READERS = (*STAFF, "service")


Lat = Annotated[float, Query(ge=-90, le=90, allow_inf_nan=False)]
Lon = Annotated[float, Query(ge=-180, le=180, allow_inf_nan=False)]
Asked = Annotated[str, Query(min_length=1, max_length=500)]


async def the_geography(request: Request, tx: Reader) -> Geography:
    """This process's city, no older than a second."""
    geography: Geography = request.app.state.geography
    await geography.refresh(tx)
    return geography


City = Annotated[Geography, Depends(the_geography)]


@router.get("/geo/search", dependencies=[allow(*READERS)])
async def search(q: Asked, tx: Reader, city: City, limit: int = Query(10, ge=1, le=50)) -> Any:
    """What a text may mean, and names like it. `candidates` have score, radius and a reason."""
    located = city.locate(q)
    rows = await tx.fetch(NAMES, _folded(q), False, limit)
    return {
        "verdict": located.verdict,
        "outside": located.outside,
        "named": located.named,
        "candidates": [msgspec.to_builtins(found) for found in located.candidates],
        "matches": [_match(row, city) for row in rows],
    }


@router.get("/geo/suggest", dependencies=[public()])
async def suggest(q: Asked, request: Request, tx: Reader, city: City, limits: Limits) -> Any:
    """Published names for somebody who types; no more than eight."""
    await limits.hit("suggest", address_key(request))
    rows = await tx.fetch(NAMES, _folded(q), True, 8)
    return {"matches": [_match(row, city) for row in rows]}


@router.get("/geo/reverse", dependencies=[allow(*READERS)])
async def reverse(lat: Lat, lon: Lon, tx: Reader, city: City) -> Any:
    """The areas at a point, and the known places nearest to it."""
    at = city.at(lon, lat)
    near = await tx.fetch(NEAREST_PLACES, lon, lat, 3) if at.inside else []
    return {
        "inside": at.inside,
        "approximate": at.approximate,
        "kelurahan": _area(at.kelurahan_code, city),
        "kecamatan": _area(at.kecamatan_code, city),
        "alternatives": [_area(code, city) for code in at.alternatives],
        "places": [dict(row) for row in near],
    }


@router.get("/geo/areas", dependencies=[allow(*READERS)])
async def areas(
    request: Request,
    tx: Reader,
    level: Literal["kecamatan", "kelurahan", "lingkungan"] | None = None,
) -> Response:
    """All areas as GeoJSON; `approximate` says that a shape is only guessed. ETag by revision."""
    tag = f'"areas-{level or "all"}-{await tx.fetchval(REVISION)}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    features = [_feature(row) for row in await tx.fetch(AREAS, level)]
    body = msgspec.json.encode({"type": "FeatureCollection", "features": features})
    return Response(body, media_type="application/geo+json", headers=_cached(tag))


@router.get("/tiles/{layer}/{z}/{x}/{y}.mvt", dependencies=[allow(*READERS)])
async def tile(request: Request, db: Db, who: Who, layer: str, z: int, x: int, y: int) -> Response:
    """One vector tile; 204 where nothing is drawn."""
    known = getattr(request.app.state, "tile_layers", tiles.LAYERS)
    wanted: tiles.Layer | None = known.get(layer)
    if wanted is None:
        raise NotFound("Lapisan peta ini tidak ada.")
    if not tiles.exists(z, x, y):
        raise BadInput("Tidak ada petak peta {z}/{x}/{y}.", z=z, x=x, y=y)
    if who.role not in wanted.roles:
        raise Forbidden("Akun Anda tidak berwenang untuk ini.")
    if z < wanted.min_zoom:
        return Response(status_code=204)
    asked = request.headers.get("if-none-match")
    tag = ""
    rows: list[Any] = []
    if wanted.revised:
        async with db.read() as tx:
            tag = f'"{layer}-{await tx.fetchval(tiles.REVISION)}"'
        if asked == tag:
            return Response(status_code=304, headers={"ETag": tag})
    if wanted.given is not None:
        rows = list(await wanted.given(request.app.state, tiles.bounds(z, x, y)))
    async with db.tx(who) as tx:
        drawn = await tiles.draw(tx, layer, wanted, z, x, y, rows)
    tag = tag or tiles.etag(drawn)
    if asked == tag:
        return Response(status_code=304, headers={"ETag": tag})
    if not drawn:
        return Response(status_code=204, headers=_cached(tag))
    return Response(drawn, media_type=tiles.TYPE, headers=_cached(tag))


def _cached(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Cookie"}


def _folded(text: str) -> str:
    """The typed words in their usual spelling; the text itself when it has no words."""
    return plain(text.replace("\x00", " "))[:200] or "-"


def _match(row: Row, city: Geography) -> dict[str, Any]:
    codes = list(row["area_codes"])
    return {
        "name": row["name"],
        "kind": row["kind"],
        "ref": row["ref"],
        "lon": row["lon"],
        "lat": row["lat"],
        "uncertainty_m": row["uncertainty_m"],
        "areas": [_area(code, city) for code in codes],
        "source": row["source"],
        "score": row["score"],
    }


def _area(code: str | None, city: Geography) -> dict[str, str] | None:
    return None if code is None else {"code": code, "name": city.name(code)}


def _feature(row: Row) -> dict[str, Any]:
    properties = {
        key: row[key] for key in ("code", "level", "name", "parent_code", "bps_code", "postcode")
    }
    properties |= {key: row[key] for key in ("approximate", "source", "lon", "lat")}
    shape = row["geometry"]
    return {
        "type": "Feature",
        "id": row["code"],
        "properties": properties,
        "geometry": None if shape is None else msgspec.Raw(shape.encode()),
    }
