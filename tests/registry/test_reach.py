"""The ground a station covers by road."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from shapely.geometry import Point, shape

from core.settings import Settings
from geo import seed
from geo.roads.live import Roads
from registry.models import Agency, Station
from registry.routes import router
from registry.upsert import upsert
from tests.fixtures.web import Served, serving

API = "/api/v1/registry/stations"
LON, LAT = 99.156, 3.3283


@pytest.fixture
async def served(settings: Settings) -> AsyncIterator[Served]:
    """A city without an imported map: the example net."""
    async with serving(settings, [router]) as app:
        async with app.context.db.tx() as tx:
            await seed.seed(tx, "tebing_tinggi")
        app.app.state.roads = await Roads.load(app.context.db, settings)
        yield app


async def station(served: Served, code: str, *, placed: bool = True) -> int:
    async with served.context.db.tx() as tx:
        agency, _ = await upsert(
            tx, Agency, ("code",), {"code": "DAMKAR", "name": "DAMKAR (contoh)", "kind": "fire"}
        )
        made, _ = await upsert(
            tx, Station, ("code",),
            {"agency_id": agency, "code": code, "name": code, "example": True},
        )  # fmt: skip
        if placed:
            await tx.execute(
                "UPDATE station SET geom = ST_SetSRID(ST_MakePoint($2, $3), 4326) WHERE id = $1",
                made, LON, LAT,
            )  # fmt: skip
    return int(made)


async def test_ground_by_minutes_and_class(served: Served) -> None:
    made = await station(served, "POS1")
    async with served.role("operator") as desk:
        engine = (await desk.get(f"{API}/{made}/isochrones")).json()
        bike = (await desk.get(f"{API}/{made}/isochrones?class=motorbike&minutes=5")).json()
    by_minutes = {f["properties"]["minutes"]: shape(f["geometry"]) for f in engine["features"]}
    assert list(by_minutes) == [15, 10, 5]
    assert by_minutes[5].contains(Point(LON, LAT))
    assert by_minutes[5].area < by_minutes[10].area
    (quick,) = bike["features"]
    assert shape(quick["geometry"]).area > by_minutes[5].area
    said = {"minutes": 5, "class": "motorbike", "basis": "road_example", "station": "POS1"}
    assert quick["properties"] == said


async def test_no_station_no_point_no_class(served: Served) -> None:
    nowhere = await station(served, "POS2", placed=False)
    async with served.role("operator") as desk:
        assert (await desk.get(f"{API}/99999/isochrones")).status_code == 404
        answer = await desk.get(f"{API}/{nowhere}/isochrones")
        assert answer.status_code == 422 and "titik" in answer.json()["detail"]
        assert (await desk.get(f"{API}/{nowhere}/isochrones?class=ufo")).status_code == 422
    async with served.as_() as nobody:
        assert (await nobody.get(f"{API}/{nowhere}/isochrones")).status_code == 401
