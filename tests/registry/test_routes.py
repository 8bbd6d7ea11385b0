"""Who sees and changes what of the registry, over HTTP."""

import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from core.db import Tx
from core.settings import Settings
from registry.models import (
    Agency,
    House,
    HousePrivate,
    Resident,
    ResidentPrivate,
    Shelter,
    Staff,
    StaffPrivate,
)
from registry.routes import router
from registry.upsert import upsert, upsert_private
from tests.fixtures.web import Served, serving

API = "/api/v1/registry"
PHONE = "+6281200000001"
NAME = "Nama Contoh Warga"


@pytest.fixture
async def served(fresh_settings: Settings) -> AsyncIterator[Served]:
    async with serving(fresh_settings, [router]) as app:
        async with app.context.db.tx() as tx:
            await rows(tx, app)
        yield app


async def rows(tx: Tx, app: Served) -> None:
    """Two agencies, one member of staff each, a shelter, a house with a resident: ids are all 1."""
    vault = app.context.vault
    for code, kind in (("DAMKAR", "fire"), ("PSC", "medical")):
        values = {"code": code, "name": f"{code} (contoh)", "kind": kind}
        agency_id, _ = await upsert(tx, Agency, ("code",), values)
        person = {"agency_id": agency_id, "code": "P1", "name": "Petugas", "role": "petugas"}
        staff_id, _ = await upsert(tx, Staff, ("agency_id", "code"), person)
        await upsert_private(tx, vault, StaffPrivate, "staff_id", staff_id, {"phone": PHONE})
    shelter = {"code": "S1", "name": "Posko (contoh)", "capacity": 50}
    await upsert(tx, Shelter, ("code",), shelter)
    house = {"code": "R1", "kelurahan_code": "12.76.01.1007"}
    house_id, _ = await upsert(tx, House, ("code",), house)
    words: dict[str, str | None] = {"address": "Jl. Contoh 1", "access": "kunci di warung"}
    await upsert_private(tx, vault, HousePrivate, "house_id", house_id, words)
    person = {"code": "W1", "kelurahan_code": "12.76.01.1007", "house_id": house_id}
    resident_id, _ = await upsert(tx, Resident, ("code",), person | {"vulnerability": ["oxygen"]})
    private: dict[str, str | None] = {"name": NAME, "phone": PHONE}
    await upsert_private(tx, vault, ResidentPrivate, "resident_id", resident_id, private)


async def test_lists_mask_and_hold_no_name(served: Served) -> None:
    operator = served.role("operator")
    for path in ("agencies", "stations", "shelters", "hospitals", "staff", "duty"):
        answer = await operator.get(f"{API}/{path}")
        assert answer.status_code == 200
        assert PHONE not in answer.text
    people = (await operator.get(f"{API}/residents?vulnerable=true")).json()["residents"]
    assert people[0]["phone_masked"] == "+6281******001"
    houses = (await operator.get(f"{API}/houses")).json()["houses"]
    assert houses[0]["vulnerability"] == ["oxygen"]
    text = (await operator.get(f"{API}/residents")).text + (
        await operator.get(f"{API}/houses")
    ).text
    assert NAME not in text
    assert "kunci" not in text


async def test_unmasking_takes_a_reason_and_leaves_a_trace(served: Served) -> None:
    operator = served.role("operator")
    assert (await operator.post(f"{API}/residents/1/unmask", json={})).status_code == 422
    nosy = {"reason": "ingin tahu"}
    assert (await operator.post(f"{API}/residents/1/unmask", json=nosy)).status_code == 422
    because = {"reason": "call_back"}
    seen = await operator.post(f"{API}/residents/1/unmask", json=because)
    assert seen.json() == {"name": NAME, "phone": PHONE, "birth_date": None}
    house = await operator.post(f"{API}/houses/1/unmask", json=because)
    assert house.json() == {"address": "Jl. Contoh 1", "access": "kunci di warung"}
    assert (await operator.post(f"{API}/staff/1/unmask", json=because)).json() == {"phone": PHONE}
    async with served.context.db.read() as tx:
        traces = await tx.fetch("SELECT payload, actor_id FROM event WHERE kind = 'access.read'")
    assert [(row["payload"]["subject"], row["actor_id"]) for row in traces] == [
        ("resident", 1),
        ("house", 1),
        ("staff", 1),
    ]


async def test_another_agencys_staff_does_not_exist_for_an_office(served: Served) -> None:
    office = served.role("opd", agency_id=1)
    listed = (await office.get(f"{API}/staff?agency_id=2")).json()["staff"]
    assert {row["agency_id"] for row in listed} == {1}
    other = await office.post(f"{API}/staff/2/unmask", json={"reason": "audit"})
    none = await office.post(f"{API}/staff/999/unmask", json={"reason": "audit"})
    assert other.status_code == none.status_code == 404
    assert other.json()["detail"] == none.json()["detail"]
    change = await office.patch(f"{API}/staff/2", json={"name": "X"}, headers={"If-Match": '"v1"'})
    assert change.status_code == 404
    for path in ("residents", "houses"):
        assert (await office.get(f"{API}/{path}")).status_code == 403
        assert (await served.as_().get(f"{API}/{path}")).status_code == 401


async def test_only_the_version_that_was_read_can_be_changed(served: Served) -> None:
    desk = served.role("operator")
    where = f"{API}/shelters/1"
    assert (await desk.patch(where, json={"open": True})).status_code == 428
    odd = await desk.patch(where, json={}, headers={"If-Match": '"v²"'.encode("latin-1")})
    assert odd.status_code == 422
    first = await desk.patch(where, json={"open": True}, headers={"If-Match": '"v1"'})
    assert (first.status_code, first.headers["etag"]) == (200, '"v2"')
    second = await desk.patch(where, json={"capacity": 9}, headers={"If-Match": '"v1"'})
    assert second.status_code == 412
    half = await desk.patch(where, json={"lat": 3.3}, headers={"If-Match": '"v2"'})
    assert half.status_code == 422
    moved = {"lat": 3.3, "lon": 99.1}
    assert (await desk.patch(where, json=moved, headers={"If-Match": '"v2"'})).status_code == 200
    shelter = (await desk.get(f"{API}/shelters?only_open=true")).json()["shelters"][0]
    assert (shelter["lat"], shelter["lon"], shelter["capacity"]) == (3.3, 99.1, 50)
    async with served.context.db.read() as tx:
        fields = await tx.fetch("SELECT payload FROM event WHERE kind = 'registry.changed'")
    assert [row["payload"]["fields"] for row in fields] == [["open"], ["geom"]]


async def test_staff_are_added_and_changed_by_their_office(served: Served) -> None:
    office = served.role("opd", agency_id=1)
    new = {"agency_id": 1, "code": "p9", "name": "Baru", "role": "petugas", "phone": "081200000009"}
    key = {"Idempotency-Key": str(uuid.uuid4())}
    made = await office.post(f"{API}/staff", json=new, headers=key)
    assert made.status_code == 201
    stranger = served.role("opd", agency_id=2)
    assert (await stranger.post(f"{API}/staff", json=new, headers=key)).status_code == 404
    assert (await office.post(f"{API}/staff", json=new | {"name": "Lain"})).status_code == 422
    assert (await office.post(f"{API}/staff", json=new | {"agency_id": 2})).status_code == 404
    assert (await office.post(f"{API}/staff", json=new | {"phone": "abc"})).status_code == 422
    where = f"{API}/staff/{made.json()['id']}"
    changed = await office.patch(
        where, json={"phone": "", "name": "Ganti"}, headers={"If-Match": '"v1"'}
    )
    assert changed.status_code == 200
    late = await office.post(f"{API}/staff", json=new, headers=key)  # sent twice, and late
    assert (late.status_code, late.json()) == (201, made.json())
    seen = await office.post(f"{where}/unmask", json={"reason": "audit"})
    assert seen.json() == {"phone": None}


async def test_duty_is_entered_once_and_ends_now(served: Served) -> None:
    desk = served.role("supervisor")
    now = datetime.now(UTC)
    shift = {
        "staff_id": 1,
        "kind": "crew",
        "unit_id": 5,
        "starts_at": (now - timedelta(hours=1)).isoformat(),
        "ends_at": (now + timedelta(hours=7)).isoformat(),
    }
    key = {"Idempotency-Key": str(uuid.uuid4())}
    made = await desk.post(f"{API}/duty", json=shift, headers=key)
    assert made.status_code == 201
    assert (await desk.post(f"{API}/duty", json=shift, headers=key)).json() == made.json()
    assert (await desk.post(f"{API}/duty", json=shift | {"unit_id": 6})).status_code == 409
    assert (await desk.post(f"{API}/duty", json=shift | {"unit_id": None})).status_code == 422
    assert len((await desk.get(f"{API}/duty")).json()["duty"]) == 1
    assert (await desk.delete(f"{API}/duty/{made.json()['id']}")).status_code == 200
    assert (await desk.get(f"{API}/duty")).json()["duty"] == []
    assert (
        await served.role("opd", agency_id=2).post(f"{API}/duty", json=shift)
    ).status_code == 404


async def test_consent_over_http_and_forgetting_a_person(served: Served) -> None:
    desk, admin = served.role("operator"), served.role("admin")
    where = f"{API}/residents/1"
    yes = {"purpose": "survey", "given": True}
    assert (await desk.post(f"{where}/consents", json=yes)).json()["changed"]
    assert not (await desk.post(f"{where}/consents", json=yes)).json()["changed"]
    assert len((await desk.get(f"{where}/consents")).json()["consents"]) == 1
    assert (await desk.delete(where)).status_code == 403
    assert (await admin.delete(where)).status_code == 200
    async with served.context.db.read() as tx:
        assert await tx.fetchval("SELECT count(*) FROM resident_private") == 0
        row = await tx.fetchrow("SELECT vulnerability, house_id, erased_at FROM resident")
        assert row is not None
        assert (row["vulnerability"], row["house_id"]) == ([], None)
        assert row["erased_at"] is not None
    assert (await admin.get(f"{API}/residents")).json()["residents"][0]["phone_masked"] == ""
