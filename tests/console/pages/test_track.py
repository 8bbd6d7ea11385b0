"""The tracking link: live by ETag, honest, covert where it must be, and gone when it is over."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
from PIL import Image

from tests.console import world
from tests.console.pages.conftest import Site

DEMO_BANNER = "Laporan di sini tidak sampai ke petugas sungguhan"
HERE = {"lat": 3.33194, "lon": 99.15194, "accuracy_m": 20}


async def fire(site: Site, **more: Any) -> str:
    """A fire in Bandar Sakti; its token."""
    path = await site.report(
        type="fire", kelurahan_code=world.KELURAHAN, text="kebakaran rumah",
        client_key=uuid.uuid4(), **more,
    )  # fmt: skip
    return path.removeprefix("/l/")


async def track(site: Site, token: str) -> dict[str, Any]:
    answer = await site.web.get(f"/api/v1/track/{token}")
    assert answer.status_code == 200
    shown: dict[str, Any] = answer.json()
    return shown


async def row_of(site: Site, shown: dict[str, Any]) -> Any:
    async with site.db.read() as tx:
        return await tx.fetchrow("SELECT * FROM report WHERE code = $1", shown["code"])


async def on_it(site: Site, shown: dict[str, Any], state: str, **stamps: str) -> None:
    """Put a new unit on the report's incident in `state`; stamps are SQL times."""
    report = await row_of(site, shown)
    async with site.db.tx() as tx:
        agency = await world.agency(tx, uuid.uuid4().hex[:6])
        unit = await world.unit(tx, f"U{uuid.uuid4().hex[:5]}", agency)
        made = await world.assignment(tx, report["incident_id"], unit, "offered")
        sets = "".join(f", {name} = {value}" for name, value in stamps.items())
        await tx.execute(f"UPDATE assignment SET state = $2{sets} WHERE id = $1", made, state)


async def test_polling_costs_nothing_until_something_happens(site: Site) -> None:
    token = await fire(site)
    first = await site.web.get(f"/api/v1/track/{token}")
    etag = first.headers["etag"]
    same = await site.web.get(f"/api/v1/track/{token}", headers={"If-None-Match": etag})
    assert (same.status_code, same.content) == (304, b"")
    await on_it(
        site, first.json(), "en_route", accepted_at="now()", en_route_at="now()", eta_s="600"
    )
    later = await site.web.get(f"/api/v1/track/{token}", headers={"If-None-Match": etag})
    assert later.status_code == 200
    shown = later.json()
    assert shown["status"] == "en_route" and shown["eta_min"] == [7, 15]
    assert "berangkat" in (await site.web.get(f"/l/{token}")).text


async def test_words_kept_as_a_contact_never_call_help_off(site: Site) -> None:
    token = await fire(site)
    before = await track(site, token)
    await on_it(site, before, "en_route", accepted_at="now()", en_route_at="now()")
    before = await track(site, token)
    body = {"text": "sudah aman, batal saja", "client_key": str(uuid.uuid4())}
    for _ in range(2):  # a retry is the same message
        answer = await site.web.post(f"/api/v1/track/{token}/messages", json=body)
        assert answer.status_code == 201
    after = await track(site, token)
    assert after["status"] == before["status"] == "en_route"
    async with site.db.read() as tx:
        texts = await tx.fetch(
            """SELECT m.text_enc FROM report_message m JOIN report r ON r.id = m.report_id
               WHERE r.code = $1""",
            after["code"],
        )
    assert [site.context.vault.decrypt_text(t["text_enc"]) for t in texts] == [body["text"]]


async def test_a_position_that_comes_after_sos_places_the_report(site: Site) -> None:
    token = (await site.report(sos=1, client_key=uuid.uuid4())).removeprefix("/l/")
    assert (await track(site, token))["needs_place"]
    answer = await site.web.post(f"/api/v1/track/{token}/messages", json=HERE)
    assert answer.status_code == 201
    shown = await track(site, token)
    assert not shown["needs_place"]
    row = await row_of(site, shown)
    assert (row["place"], row["kelurahan_code"]) == ("located", world.KELURAHAN)


async def test_a_place_given_later_opens_the_incident(site: Site) -> None:
    token = (
        await site.report(type="fire", text="kebakaran rumah", client_key=uuid.uuid4())
    ).removeprefix("/l/")
    assert (await row_of(site, await track(site, token)))["incident_id"] is None
    await site.web.post(f"/api/v1/track/{token}/messages", json=HERE)
    assert (await row_of(site, await track(site, token)))["incident_id"] is not None


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 422), ({"text": "   "}, 422), ({"text": "\x00"}, 422), ({"lat": 91, "lon": 0}, 422),
     ({"lat": 3}, 422), ({"text": "x" * 2001}, 422), ({"phone": "abc"}, 422),
     ({"text": "\U0001f525"}, 201)],
)  # fmt: skip
async def test_odd_messages(site: Site, body: dict[str, Any], status: int) -> None:
    token = await fire(site)
    answer = await site.web.post(f"/api/v1/track/{token}/messages", json=body)
    assert answer.status_code == status, answer.text


async def test_without_script_words_and_a_photo_go_by_form(site: Site) -> None:
    token = await fire(site)
    page = (await site.web.get(f"/l/{token}")).text
    assert '<noscript><meta http-equiv="refresh" content="20"></noscript>' in page
    page = (await site.web.get(f"/l/{token}?tambah=1")).text
    assert 'http-equiv="refresh"' not in page and 'enctype="multipart/form-data"' in page
    photo = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(photo, "JPEG")
    answer = await site.web.post(
        f"/l/{token}",
        data={"text": "api sudah ke atap", "client_key": str(uuid.uuid4())},
        files={"photo": ("a.jpg", photo.getvalue(), "image/jpeg")},
    )
    assert answer.status_code == 303 and answer.headers["location"] == f"/l/{token}?masuk=1"
    shown = await track(site, token)
    async with site.db.read() as tx:
        kinds = await tx.fetch(
            """SELECT u.kind FROM upload u JOIN report_message m ON m.contact_id = u.contact_id
               JOIN report r ON r.id = m.report_id WHERE r.code = $1""",
            shown["code"],
        )
    assert [row["kind"] for row in kinds] == ["photo"]


async def test_a_file_that_is_no_photo_is_said_on_the_form(site: Site) -> None:
    token = await fire(site)
    answer = await site.web.post(
        f"/l/{token}", files={"photo": ("a.jpg", b"#!/bin/sh", "image/jpeg")}
    )
    assert answer.status_code == 422 and "tidak diterima" in answer.text


async def test_silent_reports_show_an_onlooker_nothing(site: Site) -> None:
    token = await fire(site, silent=1)
    shown = await track(site, token)
    await on_it(site, shown, "en_route", accepted_at="now()", en_route_at="now()")
    shown = await track(site, token)
    page = (await site.web.get(f"/l/{token}")).text
    assert shown["status"] == "received" and shown["unit_label"] is None and not shown["advice"]
    page = page.replace(DEMO_BANNER, "")
    for word in ("ebakaran", "etugas", "berangkat", "112", "operator", "arurat", "korban"):
        assert word not in page


async def test_the_link_dies_a_day_after_the_end(site: Site) -> None:
    token = await fire(site)
    report = await row_of(site, await track(site, token))
    closing = "UPDATE incident SET state = 'closed', closed_at = now() - $2::interval WHERE id = $1"
    async with site.db.tx() as tx:
        await tx.execute(closing.replace("$2", "'23 hours'"), report["incident_id"])
    shown = await track(site, token)
    assert shown["final"] and shown["status"] == "closed"
    async with site.db.tx() as tx:
        await tx.execute(closing.replace("$2", "'25 hours'"), report["incident_id"])
    for method, path in (("GET", ""), ("POST", "/messages")):
        answer = await site.web.request(method, f"/api/v1/track/{token}{path}", json={"text": "x"})
        assert answer.status_code == 404
    assert (await site.web.get(f"/l/{token}", headers={"Accept": "text/html"})).status_code == 404
