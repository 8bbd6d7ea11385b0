"""/lapor without script: a plain form that loses nothing and answers with the tracking page."""

from __future__ import annotations

import re
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.datastructures import FormData

from console.pages.report_form import read
from tests.console.pages.conftest import Site

BULIAN = "12.76.04.1003"


async def test_the_form_offers_every_kelurahan_and_needs_no_script(site: Site) -> None:
    page = (await site.web.get("/lapor")).text
    assert page.count("<option value=") == 36
    assert f'<option value="{BULIAN}">Bulian' in page
    key = re.search(r'name="client_key" value="([^"]+)"', page)
    assert key and uuid.UUID(key[1])
    assert 'method="post" action="/lapor"' in page
    # Strict CSP: no inline script, style or handler anywhere.
    assert not re.search(r"<style|style=|\son\w+=|<script(?![^>]*(src=|application/json))", page)


async def test_a_report_is_kept_opens_an_incident_and_shows_its_code(site: Site) -> None:
    path = await site.report(
        type="fire", kelurahan_code=BULIAN, place_text="dekat pasar", text="rumah terbakar",
        phone="0812 0000 0001", client_key=uuid.uuid4(),
    )  # fmt: skip
    answer = await site.web.get(path + "?baru=1")
    assert answer.status_code == 200
    async with site.db.read() as tx:
        row = await tx.fetchrow(
            """SELECT r.code, r.type, r.handling, i.kelurahan_code, p.raw_enc, p.phone_hash
               FROM report r JOIN incident i ON i.id = r.incident_id
               JOIN contact_private p ON p.contact_id = r.contact_id ORDER BY r.id DESC LIMIT 1"""
        )
    assert row is not None
    assert (row["type"], row["handling"], row["kelurahan_code"]) == ("fire", "linked", BULIAN)
    assert row["phone_hash"] == site.context.vault.phone_hash("+6281200000001")
    assert b"rumah+terbakar" in site.context.vault.decrypt(row["raw_enc"])
    assert row["code"] in answer.text and "Laporan diterima." in answer.text
    assert "Keluar sekarang" in answer.text  # what to do now, for a fire


async def test_pressing_twice_leads_to_the_same_link(site: Site) -> None:
    fields = {"text": "pohon tumbang di jalan", "client_key": uuid.uuid4()}
    first, again = await site.report(**fields), await site.report(**fields)
    assert first == again
    other = await site.report(**fields | {"text": "pohon tumbang, ada korban"})
    assert other != first
    async with site.db.read() as tx:
        kept = await tx.fetchval(
            "SELECT count(*) FROM contact WHERE client_key = $1", fields["client_key"]
        )
    assert kept == 2


async def test_sos_alone_is_taken_and_asks_for_a_place(site: Site) -> None:
    path = await site.report(sos=1, client_key=uuid.uuid4())
    page = (await site.web.get(path)).text
    assert "Tempatnya belum jelas" in page


async def test_an_empty_form_comes_back_with_what_was_chosen(site: Site) -> None:
    answer = await site.web.post("/lapor", data={"type": "fire", "silent": "1"})
    assert answer.status_code == 422
    assert "Tulis apa yang terjadi" in answer.text
    assert 'value="fire" checked' in answer.text and 'value="1" checked' in answer.text


async def test_english_for_those_who_ask(site: Site) -> None:
    answer = await site.web.post("/bahasa", data={"lang": "en", "kembali": "/lapor"})
    assert answer.headers["location"] == "/lapor"
    page = (await site.web.get("/lapor")).text
    assert '<html lang="en"' in page and "What is happening?" in page
    site.web.cookies.clear()


@pytest.mark.parametrize("back", ["https://example.com/", "//example.com", "/\\example.com", ""])
async def test_the_language_switch_leads_nowhere_else(site: Site, back: str) -> None:
    answer = await site.web.post("/bahasa", data={"lang": "id", "kembali": back})
    assert answer.headers["location"] == "/"
    site.web.cookies.clear()


def fields(**values: str) -> FormData:
    return FormData(list(values.items()))


def test_gps_of_somebody_who_stands_elsewhere_is_the_reporters_place() -> None:
    here = {"lat": "3.32", "lon": "99.15", "accuracy_m": "35.4"}
    at = read(fields(**here), b"")
    assert at and (at.lat, at.lon, at.accuracy_m, at.reporter_lat) == (3.32, 99.15, 35, None)
    away = read(fields(**here, elsewhere="1", text="api"), b"")
    assert away and (away.lat, away.reporter_lat, away.reporter_lon) == (None, 3.32, 99.15)


@pytest.mark.parametrize(
    "odd", [{"lat": "x"}, {"lat": "91", "lon": "0"}, {"lat": "nan", "lon": "1"},
            {"lat": "0", "lon": "0"}, {"type": "dragon"}, {"phone": "abc"},
            {"client_key": "not-a-uuid"}, {"accuracy_m": "inf"}],
)  # fmt: skip
def test_odd_values_never_refuse_the_words(odd: dict[str, str]) -> None:
    inbound = read(fields(text="tolong", **odd), b"raw")
    assert inbound and inbound.text == "tolong" and inbound.raw == b"raw"
    assert (inbound.lat, inbound.declared_type, inbound.phone, inbound.client_key) == (None,) * 4


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(
    st.sampled_from(["text", "lat", "lon", "phone", "type", "place_text", "accuracy_m", "silent",
                     "client_key", "kelurahan_code", "sos", "elsewhere"]),
    st.text(max_size=60)))  # fmt: skip
def test_no_form_is_too_odd_to_read(values: dict[str, str]) -> None:
    inbound = read(fields(**values), b"")
    said = any(values.get(k, "").replace("\x00", "").strip() for k in ("text", "place_text", "sos"))
    assert inbound is not None or not said or "sos" not in values
    if inbound is not None:
        assert "\x00" not in inbound.text


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"tolong kebakaran"),
        ("multipart/form-data; boundary=x", b"--y\r\ntolong kebakaran"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: tolong kebakaran"),
        ("text/plain", b"tolong kebakaran"),
    ],
)
async def test_a_form_that_cannot_be_read_is_kept_for_people(
    site: Site, kind: str, body: bytes
) -> None:
    answer = await site.web.post("/lapor", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 422 and "disimpan untuk petugas" in answer.text
    async with site.db.read() as tx:
        row = await tx.fetchrow(
            "SELECT c.state, p.raw_enc FROM contact c JOIN contact_private p ON p.contact_id = c.id "
            "ORDER BY c.id DESC LIMIT 1"
        )
    assert row is not None and row["state"] == "unreadable"
    assert site.context.vault.decrypt(row["raw_enc"]) == body
