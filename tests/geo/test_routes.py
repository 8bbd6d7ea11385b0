"""Search, suggest, reverse, areas and tiles over HTTP."""

from __future__ import annotations

import pytest

from core.db import Database
from core.errors import Unavailable
from geo import tiles
from tests.fixtures.web import Served


async def test_search_names_candidates_and_matches(served: Served) -> None:
    async with served.role("operator") as client:
        answer = (await client.get("/api/v1/geo/search", params={"q": "tmbngan hulu lk 3"})).json()
    assert answer["verdict"] == "found"
    best = answer["candidates"][0]
    assert best["kelurahan_codes"] == ["12.76.03.1008"]
    assert best["lingkungan"] == "3"
    assert best["uncertainty_m"] > 0 and best["reason"]


async def test_search_is_for_staff_suggest_for_anybody(served: Served) -> None:
    async with served.as_() as client:
        assert (await client.get("/api/v1/geo/search", params={"q": "bulian"})).status_code == 401
        answer = await client.get("/api/v1/geo/suggest", params={"q": "museum"})
    assert answer.status_code == 200
    assert "Museum Kota" in [match["name"] for match in answer.json()["matches"]]


async def test_suggest_shows_published_places_only(served: Served) -> None:
    async with served.context.db.tx() as tx:
        await tx.execute("UPDATE place SET published = false WHERE slug = 'museum-kota'")
    params = {"q": "museum"}
    async with served.as_() as client, served.role("operator") as desk:
        hidden = (await client.get("/api/v1/geo/suggest", params=params)).json()["matches"]
        seen = (await desk.get("/api/v1/geo/search", params=params)).json()["matches"]
    assert "museum-kota" not in [match["ref"] for match in hidden]
    assert "museum-kota" in [match["ref"] for match in seen]


async def test_suggest_is_limited(served: Served) -> None:
    async with served.as_() as client:
        statuses = [
            (await client.get("/api/v1/geo/suggest", params={"q": "bu"})).status_code
            for _ in range(70)
        ]
    assert statuses[0] == 200
    assert statuses[-1] == 429


async def test_reverse_inside_and_outside(served: Served) -> None:
    async with served.role("petugas") as client:
        inside = (await client.get("/api/v1/geo/reverse?lat=3.32663&lon=99.1375")).json()
        outside = (await client.get("/api/v1/geo/reverse?lat=3.59&lon=98.67")).json()
    assert inside["kelurahan"] == {"code": "12.76.04.1003", "name": "Bulian"}
    assert inside["kecamatan"]["name"] == "Bajenis"
    assert inside["approximate"]
    assert (outside["inside"], outside["kelurahan"]) == (False, None)


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/geo/reverse?lat=91&lon=99",
        "/api/v1/geo/reverse?lat=nan&lon=99",
        "/api/v1/geo/reverse?lat=x&lon=99",
        "/api/v1/geo/search?q=",
        f"/api/v1/geo/search?q={'a' * 501}",
        "/api/v1/geo/areas?level=provinsi",
        "/api/v1/tiles/areas/23/0/0.mvt",
        "/api/v1/tiles/areas/3/8/0.mvt",
        "/api/v1/tiles/areas/-1/0/0.mvt",
        "/api/v1/tiles/areas/a/0/0.mvt",
    ],
)
async def test_bad_input_is_a_problem(served: Served, path: str) -> None:
    async with served.role("operator") as client:
        answer = await client.get(path)
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_search_takes_any_text(served: Served) -> None:
    async with served.role("operator") as client:
        for text in ("\x00", "🆘", "%", "' OR 1=1 --", "\\", "_%_%"):
            answer = await client.get("/api/v1/geo/search", params={"q": text})
            assert answer.status_code == 200, text


async def test_areas_are_geojson_with_a_tag_of_their_revision(served: Served) -> None:
    async with served.role("operator") as client:
        first = await client.get("/api/v1/geo/areas?level=kelurahan")
        body = first.json()
        assert len(body["features"]) == 35
        assert body["features"][0]["geometry"]["type"] == "MultiPolygon"
        tag = first.headers["etag"]
        again = await client.get(
            "/api/v1/geo/areas?level=kelurahan", headers={"If-None-Match": tag}
        )
        assert again.status_code == 304
        async with served.context.db.tx() as tx:
            await tx.execute(
                "UPDATE area SET aliases = aliases || ARRAY['X'] WHERE code = '12.76.04'"
            )
        changed = await client.get(
            "/api/v1/geo/areas?level=kelurahan", headers={"If-None-Match": tag}
        )
        assert changed.status_code == 200


async def test_tiles_draw_cache_and_end(served: Served) -> None:
    async with served.role("operator") as client:
        first = await client.get("/api/v1/tiles/areas/12/3176/2010.mvt")
        assert first.status_code == 200
        assert first.headers["content-type"] == tiles.TYPE
        assert b"Bulian" in first.content
        tag = first.headers["etag"]
        again = await client.get(
            "/api/v1/tiles/areas/12/3176/2010.mvt", headers={"If-None-Match": tag}
        )
        assert again.status_code == 304
        far = await client.get("/api/v1/tiles/areas/12/0/0.mvt")
        assert (far.status_code, far.content) == (204, b"")
        wide = await client.get("/api/v1/tiles/places/5/24/15.mvt")
        assert wide.status_code == 204
        assert (await client.get("/api/v1/tiles/rahasia/12/0/0.mvt")).status_code == 404


async def test_a_room_above_adds_its_layer(served: Served) -> None:
    mine = tiles.Layer(
        ("code",), "SELECT code, centroid AS shape FROM area WHERE centroid && {box}", 0,
        frozenset({"operator"}),
    )  # fmt: skip
    served.app.state.tile_layers = {**tiles.LAYERS, "titik": mine}
    async with served.role("operator") as client, served.role("petugas") as other:
        assert (await client.get("/api/v1/tiles/titik/12/3176/2010.mvt")).status_code == 200
        assert (await other.get("/api/v1/tiles/titik/12/3176/2010.mvt")).status_code == 403


async def test_a_slow_tile_is_cut_off(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiles, "TIMEOUT_MS", 50)
    slow = tiles.Layer(("n",), "SELECT 1 AS n, {box} AS shape FROM pg_sleep(5)", 0, frozenset())
    with pytest.raises(Unavailable, match="terlalu berat"):
        async with db.tx() as tx:
            await tiles.draw(tx, "slow", slow, 12, 3176, 2010)
