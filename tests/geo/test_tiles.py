"""Each layer of the map: from its zoom on, known again by its tag, true to closures and the net."""

from __future__ import annotations

from math import asinh, pi, radians, tan
from typing import Any

import pytest
from shapely.geometry import box

from core.db import Database
from core.settings import Settings
from geo import tiles
from geo.roads.closures import end_closure, open_closure
from geo.roads.live import Roads
from tests.fixtures.web import Served

LON, LAT = 99.1553, 3.3240


def tile_at(z: int, lon: float = LON, lat: float = LAT) -> tuple[int, int, int]:
    across = 2**z
    row = (1 - asinh(tan(radians(lat))) / pi) / 2
    return z, int((lon + 180) / 360 * across), int(row * across)


def path(layer: str, z: int) -> str:
    return "/api/v1/tiles/{}/{}/{}/{}.mvt".format(layer, *tile_at(z))


@pytest.fixture
async def on_roads(served: Served, settings: Settings) -> Served:
    """With the process's roads, as the whole app has them."""
    async with served.context.db.tx() as tx:
        await tx.execute("DELETE FROM closure")
        await tx.execute("DELETE FROM road_edge")
    served.app.state.roads = await Roads.load(served.context.db, settings)
    return served


@pytest.mark.parametrize("z", [0, 8, 14, 20])
async def test_the_outline_is_the_one_that_the_database_cuts_to(db: Database, z: int) -> None:
    at = tile_at(z)
    margin = tiles.BUFFER / tiles.EXTENT
    async with db.read() as tx:
        row = await tx.fetchrow(
            "SELECT ST_XMin(b), ST_YMin(b), ST_XMax(b), ST_YMax(b) FROM "
            f"ST_Transform(ST_TileEnvelope($1, $2, $3, margin => {margin}), 4326) AS b",
            *at,
        )
    assert row is not None
    found = tiles.bounds(*at)
    # The world's own edges wrap round in the database.
    if z:
        assert found == pytest.approx(tuple(row.values()), abs=1e-9)
    assert found[0] < LON < found[2] and found[1] < LAT < found[3]


@pytest.mark.parametrize("layer", list(tiles.LAYERS))
async def test_every_layer_begins_at_its_zoom_and_is_known_again(
    on_roads: Served, layer: str
) -> None:
    first = tiles.LAYERS[layer].min_zoom
    async with on_roads.role("operator") as client, on_roads.as_() as nobody:
        assert (await nobody.get(path(layer, 14))).status_code == 401
        below = await client.get(path(layer, first - 1))
        assert (below.status_code, below.headers.get("etag")) == (204, None)
        for z in (first, 14, 18):
            answer = await client.get(path(layer, z))
            assert answer.status_code in (200, 204)
            again = await client.get(
                path(layer, z), headers={"If-None-Match": answer.headers["etag"]}
            )
            assert again.status_code == 304


async def test_without_a_map_the_streets_of_the_example_are_drawn(on_roads: Served) -> None:
    async with on_roads.role("operator") as client:
        near = await client.get(path("roads", 14))
        assert b"Jalan Contoh" in near.content and b"residential" in near.content
        # Main streets from afar, small ones only near by.
        wide = await client.get(path("roads", 11))
        assert b"secondary" in wide.content and b"residential" not in wide.content
        assert (await client.get(path("roads", 10))).status_code == 204


async def test_an_imported_street_ends_the_example(on_roads: Served) -> None:
    async with on_roads.role("operator") as client:
        before = (await client.get(path("roads", 14))).headers["etag"]
        async with on_roads.context.db.tx() as tx:
            await tx.execute(
                "INSERT INTO road_edge (id, source_node, target_node, way_id, class, name, length_m,"
                " geom) SELECT 1, 1, 2, 1, 'residential', 'Jalan Sungguhan', 500, ST_SetSRID("
                "ST_MakeLine(ST_MakePoint($1 - 0.002, $2), ST_MakePoint($1 + 0.002, $2)), 4326)",
                LON, LAT,
            )  # fmt: skip
        after = await client.get(path("roads", 14), headers={"If-None-Match": before})
    assert after.status_code == 200
    assert b"Jalan Sungguhan" in after.content and b"Jalan Contoh" not in after.content


async def test_a_closure_is_drawn_while_it_stands(on_roads: Served) -> None:
    async def drawn() -> bytes:
        async with on_roads.role("petugas") as client:
            return (await client.get(path("closures", 14))).content

    ground = box(LON - 0.001, LAT - 0.001, LON + 0.001, LAT + 0.001)
    async with on_roads.context.db.tx() as tx:
        flood = await open_closure(tx, "flood", ground, depth_m=0.6, note="Sei Padang meluap")
    assert b"Sei Padang meluap" in await drawn()
    async with on_roads.context.db.tx() as tx:
        await end_closure(tx, flood)
    assert await drawn() == b""


async def test_rows_that_the_process_gives_are_drawn(served: Served) -> None:
    asked: list[tiles.Box] = []

    async def given(_state: Any, around: tiles.Box) -> list[dict[str, Any]]:
        asked.append(around)
        return [{"name": "di sini", "shape": box(LON, LAT, LON + 0.001, LAT + 0.001).wkb_hex}]

    layer = tiles.Layer(
        ("name",),
        "SELECT name, ST_GeomFromWKB(decode(shape, 'hex'), 4326) AS shape "
        "FROM jsonb_to_recordset($6) AS made(name text, shape text)",
        10,
        frozenset({"operator"}),
        given=given,
    )
    served.app.state.tile_layers = {"sendiri": layer}
    async with served.role("operator") as client:
        assert b"di sini" in (await client.get(path("sendiri", 14))).content
    assert asked == [tiles.bounds(*tile_at(14))]
