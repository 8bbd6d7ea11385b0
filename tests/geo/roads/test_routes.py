"""The routes: time and way, closures, isochrones; who may, and what wrong input is told."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from shapely.geometry import Point, shape

from geo.roads.vehicles import VEHICLES
from tests.fixtures.web import Served
from tests.geo.roads.conftest import WriteWays
from tests.geo.roads.nets import Metres, degrees

BASE = "/api/v1/geo"
# Two streets and a bridge between them; 3 - 4 is the long way round.
WAYS: list[Any] = [
    (1, 2, (0.0, 0.0), (0.0, 500.0), {"name": "Jalan Utara"}),
    (2, 3, (0.0, 500.0), (600.0, 500.0), {"name": "Jalan Timur"}),
    (3, 4, (600.0, 500.0), (600.0, 0.0), {"name": "Jalan Selatan"}),
    (4, 1, (600.0, 0.0), (0.0, 0.0), {"name": "Jembatan Uji", "bridge": True}),
]


def asked(a: Metres, b: Metres, vehicle_class: str = "car") -> str:
    (x, y), (x2, y2) = degrees(a), degrees(b)
    return f"{BASE}/eta?from={y:.7f},{x:.7f}&to={y2:.7f},{x2:.7f}&class={vehicle_class}"


def square(a: Metres, b: Metres) -> dict[str, Any]:
    (w, s), (e, n) = degrees(a), degrees(b)
    return {"type": "Polygon", "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]]}


ON_BRIDGE = {"kind": "closed", "geometry": square((250, -30), (350, 30))}


async def test_the_way_and_its_turns(served: Served, drive_on: WriteWays) -> None:
    await drive_on(WAYS)
    async with served.role("petugas") as client:
        answer = (await client.get(asked((0, 100), (500, 500)))).json()
        english = (
            await client.get(asked((0, 100), (500, 500)), headers={"Accept-Language": "en"})
        ).json()
    assert answer["basis"] == "road"
    assert answer["distance_m"] == pytest.approx(900, rel=0.01)
    assert answer["eta_s"] == pytest.approx(60 + 900 / (25 / 3.6), rel=0.45)  # the hour's factor
    assert answer["eta_s"] == answer["drive_s"] + 60
    assert [s["text"] for s in answer["steps"]] == [
        "Mulai di Jalan Utara", "Belok kanan ke Jalan Timur", "Tiba di lokasi",
    ]  # fmt: skip
    assert [s["distance_m"] for s in answer["steps"]] == pytest.approx([400, 500, 0], rel=0.01)
    assert english["steps"][1]["text"] == "Turn right into Jalan Timur"
    line = shape(answer["line"])
    assert line.length * 111_195 == pytest.approx(900, rel=0.01)
    assert line.coords[0] == pytest.approx(degrees((0, 100)), abs=1e-6)
    assert line.coords[-1] == pytest.approx(degrees((500, 500)), abs=1e-6)


async def test_on_one_street_both_directions(served: Served, drive_on: WriteWays) -> None:
    await drive_on(WAYS)
    async with served.role("operator") as client:
        for a, b in (((0, 100), (0, 400)), ((0, 400), (0, 100))):
            answer = (await client.get(asked(a, b))).json()
            assert answer["distance_m"] == pytest.approx(300, rel=0.01)
            assert [s["turn"] for s in answer["steps"]] == ["depart", "arrive"]


async def test_a_closed_bridge_and_a_flood_on_the_way(served: Served, drive_on: WriteWays) -> None:
    await drive_on(WAYS)
    across = asked((0, 100), (600, 100))
    async with served.role("operator") as client:
        before = (await client.get(across)).json()
        drawn = await client.post(f"{BASE}/closures", json=ON_BRIDGE)
        assert drawn.status_code == 201 and drawn.json()["streets_touched"] == 1
        assert drawn.json()["streets"] == ["Jembatan Uji"] and drawn.json()["in_force"]
        around = (await client.get(across)).json()
        assert before["distance_m"] == pytest.approx(800, rel=0.01)
        assert around["distance_m"] == pytest.approx(1400, rel=0.01)
        flood = {
            "kind": "flood", "depth_m": 0.7, "radius_m": 60,
            "geometry": {"type": "Point", "coordinates": degrees((300, 500))},
        }  # fmt: skip
        assert (await client.post(f"{BASE}/closures", json=flood)).status_code == 201
        car = (await client.get(across)).json()
        truck = (await client.get(asked((0, 100), (600, 100), "truck"))).json()
        assert car["basis"] == "cut_off" and car["line"] is None and car["steps"] == []
        assert truck["basis"] == "road"
        listed = (await client.get(f"{BASE}/closures")).json()["closures"]
        assert [c["kind"] for c in listed] == ["flood", "closed"]
        assert listed[1]["geometry"]["type"] == "Polygon" and listed[1]["in_force"]
        assert [c["streets"] for c in listed] == [["Jalan Timur"], ["Jembatan Uji"]]
        gone = await client.delete(f"{BASE}/closures/{drawn.json()['id']}")
        assert gone.status_code == 204
        assert (await client.delete(f"{BASE}/closures/{drawn.json()['id']}")).status_code == 204
        assert (await client.get(across)).json()["distance_m"] == before["distance_m"]
        assert len((await client.get(f"{BASE}/closures?all=true")).json()["closures"]) >= 2


async def test_the_same_key_and_body_close_a_road_once(served: Served, drive_on: WriteWays) -> None:
    await drive_on(WAYS)
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    async with served.role("operator") as client:
        first = await client.post(f"{BASE}/closures", json=ON_BRIDGE, headers=headers)
        again = await client.post(f"{BASE}/closures", json=ON_BRIDGE, headers=headers)
        ended = await client.delete(f"{BASE}/closures/{first.json()['id']}")
        listed = (await client.get(f"{BASE}/closures")).json()["closures"]
    assert (first.status_code, again.status_code, ended.status_code) == (201, 201, 204)
    assert first.json() == again.json()
    assert listed == []


async def test_closures_are_in_the_log(served: Served, drive_on: WriteWays) -> None:
    await drive_on(WAYS)
    async with served.role("supervisor") as client:
        drawn = (await client.post(f"{BASE}/closures", json=ON_BRIDGE)).json()
        await client.delete(f"{BASE}/closures/{drawn['id']}")
    async with served.context.db.read() as tx:
        rows = await tx.fetch(
            "SELECT kind, payload, audience, actor_kind FROM event WHERE subject_type = 'closure' "
            "AND subject_id = $1 ORDER BY id",
            drawn["id"],
        )
    assert [r["kind"] for r in rows] == ["closure.opened", "closure.closed"]
    assert rows[0]["payload"] == {"closure_id": drawn["id"], "kind": "closed"}
    assert {(r["audience"], r["actor_kind"]) for r in rows} == {("staff", "account")}


async def test_isochrones_grow_and_hold_what_they_say(served: Served, drive_on: WriteWays) -> None:
    long = [
        (n, n + 1, (n * 500.0, 0.0), ((n + 1) * 500.0, 0.0), {"class": "primary"})
        for n in range(40)
    ]
    roads = await drive_on(long)
    x, y = degrees((10_000, 0))
    async with served.role("operator") as client:
        answer = (await client.get(f"{BASE}/isochrones?at={y},{x}&class=engine")).json()
    found = {f["properties"]["minutes"]: shape(f["geometry"]) for f in answer["features"]}
    assert list(found) == [15, 10, 5]
    assert found[5].area < found[10].area < found[15].area
    assert found[15].contains(found[10].buffer(-1e-4))
    speed = 50 / 3.6 * 28 / 35 / roads.factor()
    for minutes, ground in found.items():
        reach_m = (minutes * 60 - 60) * speed
        assert ground.contains(Point(degrees((10_000 + reach_m - 150, 0)))) or reach_m > 10_000
        assert not ground.contains(Point(degrees((10_000 + reach_m + 200, 0))))


async def test_without_a_net_it_is_said(served: Served, drive_on: WriteWays) -> None:
    await drive_on([])
    async with served.context.db.tx() as tx:
        await tx.execute("DELETE FROM area")
    await drive_on([])
    async with served.role("operator") as client:
        answer = (await client.get(asked((0, 0), (1000, 0)))).json()
        assert answer["basis"] == "distance" and answer["line"] is None
        reach = await client.get(f"{BASE}/isochrones?at=3.3,99.1")
        assert reach.status_code == 503 and "siponcega geo import" in reach.json()["detail"]


@pytest.mark.parametrize("role", ["petugas", "opd", "auditor"])
async def test_only_the_desk_draws(served: Served, drive_on: WriteWays, role: str) -> None:
    await drive_on(WAYS)
    async with served.role(role) as client:
        assert (await client.post(f"{BASE}/closures", json=ON_BRIDGE)).status_code == 403
        assert (await client.delete(f"{BASE}/closures/1")).status_code == 403
        assert (await client.get(f"{BASE}/closures")).status_code == 200
    async with served.as_() as nobody:
        assert (await nobody.get(asked((0, 0), (1, 1)))).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "flood", "geometry": square((0, 0), (1, 1))},
        {"kind": "closed", "depth_m": 1, "geometry": square((0, 0), (1, 1))},
        {"kind": "closed", "geometry": {"type": "Polygon"}},
        {"kind": "closed", "geometry": {"type": "MultiPoint", "coordinates": [[99, 3]]}},
        {"kind": "closed", "geometry": {"type": "Point", "coordinates": [299, 3]}},
        {"kind": "closed", "geometry": {"type": "Point", "coordinates": [None, 3]}},
        {"kind": "closed", "geometry": {"type": "Polygon", "coordinates": [
            [[99, 3], [99.1, 3.1], [99.1, 3], [99, 3.1], [99, 3]]]}},
        {"kind": "closed", "geometry": square((-200_000, 0), (200_000, 10))},
        {**ON_BRIDGE, "ends_at": "2020-01-01T00:00:00+07:00"},
        {**ON_BRIDGE, "ends_at": "2090-01-01T00:00:00"},
        {**ON_BRIDGE, "kind": "landslide"},
        {**ON_BRIDGE, "note": "x" * 201},
    ],
)  # fmt: skip
async def test_what_cannot_be_drawn(
    served: Served, drive_on: WriteWays, body: dict[str, Any]
) -> None:
    roads = await drive_on(WAYS)
    async with served.role("operator") as client:
        answer = await client.post(f"{BASE}/closures", json=body)
        assert answer.status_code == 422, answer.text
    assert roads.net is not None and roads.net.cuts == []


@pytest.mark.parametrize(
    "path",
    [
        "/eta?from=3.3,99.1&to=3.3,99.1&class=ufo", "/eta?from=3.3&to=3.3,99.1",
        "/eta?from=99,300&to=3.3,99.1", "/eta?from=nan,3&to=3.3,99.1", "/eta?to=3.3,99.1",
        "/isochrones?at=3.3,99.1&minutes=0", "/isochrones?at=3.3,99.1&minutes=61",
        "/isochrones?at=x",
    ],
)  # fmt: skip
async def test_what_cannot_be_asked(served: Served, drive_on: WriteWays, path: str) -> None:
    await drive_on(WAYS)
    async with served.role("operator") as client:
        assert (await client.get(BASE + path)).status_code == 422
        assert (await client.delete(f"{BASE}/closures/999999")).status_code == 404
    assert set(VEHICLES) >= {"motorbike", "car", "ambulance", "engine", "truck", "boat"}
