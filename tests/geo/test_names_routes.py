"""What the desk adds during a call is heard at once, and stays."""

from __future__ import annotations

import uuid

import pytest

from tests.fixtures.web import Served

BULIAN = "12.76.04.1003"


async def test_an_alias_and_a_landmark_during_a_call(served: Served) -> None:
    async with served.role("operator") as client:
        made = await client.post(
            "/api/v1/geo/aliases", json={"alias": "Gg Sempit Uji", "target": BULIAN}
        )
        again = await client.post(
            "/api/v1/geo/aliases", json={"alias": "gg sempit uji", "target": BULIAN}
        )
        place = await client.post(
            "/api/v1/geo/places", json={"name": "Kedai Wak Uji", "lat": 3.32663, "lon": 99.1375}
        )
        assert (made.status_code, again.status_code, place.status_code) == (201, 409, 201)
        geography = served.app.state.geography
        async with served.context.db.read() as tx:
            await geography.refresh(tx, max_age_s=0)
        for text in ("kebakaran di gang sempit uji", "maling di kedai wak uji"):
            assert geography.locate(text).kelurahan_codes[:1] == (BULIAN,), text
        match = (await client.get("/api/v1/geo/search?q=sempit uji")).json()["matches"][0]
        assert (match["kind"], match["ref"]) == ("kelurahan", BULIAN)
        listed = (await client.get("/api/v1/geo/aliases")).json()["aliases"]
        assert [row["target"] for row in listed] == [BULIAN]
        gone = await client.delete(f"/api/v1/geo/aliases/{made.json()['id']}")
        missing = await client.delete(f"/api/v1/geo/aliases/{made.json()['id']}")
        assert (gone.status_code, missing.status_code) == (204, 404)


@pytest.mark.parametrize(
    ("path", "body", "other"),
    [
        ("aliases", {"alias": "Gg Ulang Uji", "target": BULIAN}, {"alias": "Gg Ulang Dua"}),
        ("places", {"name": "Kedai Ulang Uji", "lat": 3.32663, "lon": 99.1375}, {"name": "Lain"}),
    ],
)
async def test_the_same_key_and_body_add_one_name(
    served: Served, path: str, body: dict[str, object], other: dict[str, object]
) -> None:
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    where = f"/api/v1/geo/{path}"
    async with served.role("operator") as client:
        first = await client.post(where, json=body, headers=headers)
        again = await client.post(where, json=body, headers=headers)
        changed = await client.post(where, json=body | other, headers=headers)
        odd = await client.post(where, json=body, headers={"Idempotency-Key": "x"})
    assert (first.status_code, again.status_code, changed.status_code) == (201, 201, 201)
    assert first.json() == again.json() != changed.json()
    assert odd.status_code == 422


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("aliases", {"alias": "Uji", "target": "99.99"}, 404),
        ("aliases", {"alias": "…", "target": BULIAN}, 422),
        ("aliases", {"alias": "", "target": BULIAN}, 422),
        ("places", {"name": "Uji Kosong", "lat": 0, "lon": 0}, 422),
        ("places", {"name": "Uji Jauh", "lat": 91, "lon": 0}, 422),
        ("places", {"name": "a" * 121, "lat": 3, "lon": 99}, 422),
    ],
)
async def test_what_cannot_be_added(
    served: Served, path: str, body: dict[str, object], status: int
) -> None:
    async with served.role("operator") as client:
        answer = await client.post(f"/api/v1/geo/{path}", json=body)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_only_the_desk_adds(served: Served) -> None:
    for role in ("petugas", "opd", "lurah", "auditor"):
        async with served.role(role) as client:
            body = {"alias": "Uji Lain", "target": BULIAN}
            answer = await client.post("/api/v1/geo/aliases", json=body)
        assert answer.status_code == 403, role


async def test_roads_water_and_labels_by_zoom(served: Served) -> None:
    line = "ST_GeomFromText('LINESTRING(99.137 3.326, 99.139 3.327)', 4326)"
    async with served.context.db.tx() as tx:
        for number, road in enumerate(("trunk", "residential", "service"), start=1):
            await tx.execute(
                "INSERT INTO road_edge (id, source_node, target_node, way_id, class, name, length_m,"
                f" geom) VALUES ($1, 1, 2, $1, $2, $3, 250, {line})",
                number, road, f"jalan-{road}",
            )  # fmt: skip
        await tx.execute(
            f"INSERT INTO water (osm_id, kind, name, geom) VALUES (1, 'river', 'sungai-uji', {line})"
        )
    async with served.role("operator") as client:

        async def drawn(layer: str, zoom: int) -> bytes:
            x, y = int((99.1375 + 180) / 360 * 2**zoom), int(2 ** (zoom - 1) * (1 - 3.3266 / 180.0))
            rows = [
                await client.get(f"/api/v1/tiles/{layer}/{zoom}/{x}/{row}.mvt")
                for row in (y - 1, y, y + 1)
            ]
            return b"".join(answer.content for answer in rows)

        assert b"jalan-trunk" in await drawn("roads", 9)
        assert b"jalan-residential" not in await drawn("roads", 9)
        assert b"jalan-residential" in await drawn("roads", 13)
        assert b"jalan-service" not in await drawn("roads", 13)
        assert b"jalan-service" in await drawn("roads", 14)
        assert b"sungai-uji" in await drawn("water", 9)
        assert b"Bajenis" in await drawn("area_labels", 10)
        assert b"Bulian" not in await drawn("area_labels", 10)
        assert b"Bulian" in await drawn("area_labels", 13)
