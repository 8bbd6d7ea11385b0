"""Residents and responders in a real browser, on the running system."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import asyncpg
import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.fixtures.server import Server

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
BULIAN = "12.76.04.1003"
AT_BULIAN = {"latitude": 3.32663, "longitude": 99.13750, "accuracy": 25}
SLOW_MS = 20_000


def sql(server: Server, statement: str, *args: object) -> list[Any]:
    """One statement on the running system's database."""

    async def once() -> list[Any]:
        connection = await asyncpg.connect(server.settings.database_url)
        try:
            return list(await connection.fetch(statement, *args))
        finally:
            await connection.close()

    # In a thread of its own: the browser keeps a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, once()).result()


@pytest.fixture(scope="module", autouse=True)
def nothing_by_itself(server: Server) -> None:
    """No unit is sent unless a test sends it."""
    sql(server, "UPDATE run_card SET auto = false")


@pytest.fixture(scope="module")
def desk(server: Server) -> Iterator[httpx.Client]:
    """An operator's API client."""
    with server.client() as client:
        answer = client.post(
            "/masuk", data={"login": "operator", "password": server.logins["operator"]}
        )
        assert answer.status_code == 303, answer.text
        yield client


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """A cheap phone without a position."""
    context = browser.new_context(base_url=server.base_url, locale="id-ID", viewport=PHONE)
    context.set_default_timeout(10_000)
    yield context
    context.close()


def choose(page: Page, type_: str, kelurahan: str, text: str) -> None:
    page.check(f'input[name="type"][value="{type_}"]', force=True)
    page.select_option('[name="kelurahan_code"]', kelurahan)
    page.fill('[name="text"]', text)


def code_on(page: Page) -> str:
    expect(page.locator("#kode")).to_have_text(re.compile(r"^[2-9A-Z]{7}$"), timeout=SLOW_MS)
    return page.inner_text("#kode")


def send_unit(server: Server, desk: httpx.Client, report_code: str, unit_code: str) -> int:
    """The operator sends this unit to the report's incident; the assignment's id."""
    (row,) = sql(server, "SELECT incident_id FROM report WHERE code = $1", report_code)
    (unit,) = sql(server, "SELECT id FROM unit WHERE code = $1", unit_code)
    answer = desk.post(
        f"/api/v1/incidents/{row['incident_id']}/assignments", json={"units": [unit["id"]]}
    )
    assert answer.status_code == 201, answer.text
    (made,) = sql(
        server,
        "SELECT id FROM assignment WHERE incident_id = $1 AND unit_id = $2",
        row["incident_id"],
        unit["id"],
    )
    return int(made["id"])


def sign_in(page: Page, server: Server, login: str, to: str) -> None:
    page.goto(f"/masuk?ke={to}")
    page.fill('[name="login"]', login)
    page.fill('[name="password"]', server.logins[login])
    page.click("main button")
    page.wait_for_url(f"**{to}")


def test_a_report_with_script_shows_code_advice_and_link(page: Page, server: Server) -> None:
    page.goto("/lapor")
    choose(page, "flood", BULIAN, "air masuk rumah setinggi lutut")
    page.click(".kirim button")
    code = code_on(page)
    expect(page.locator("#saran li").first).to_contain_text("tempat yang lebih tinggi")
    page.click("#pantau")
    expect(page.locator("#lacak")).to_contain_text(code)
    expect(page.locator("#status")).to_contain_text("meja operator")
    photo = io.BytesIO()
    Image.new("RGB", (64, 48), "blue").save(photo, "PNG")
    page.set_input_files(
        '[name="photo"]', {"name": "a.png", "mimeType": "image/png", "buffer": photo.getvalue()}
    )
    page.click("#form-tambah .btn-primary")
    expect(page.locator("#hasil")).to_have_text("Terkirim.")
    kept = sql(
        server,
        """SELECT u.kind FROM upload u JOIN report_message m ON m.contact_id = u.contact_id
           JOIN report r ON r.id = m.report_id WHERE r.code = $1""",
        code,
    )
    assert [row["kind"] for row in kept] == ["photo"]
    page.goto("/lacak")
    expect(page.locator("#laporan-saya a")).to_have_text(code)


def test_a_report_without_script_leads_to_the_tracking_page(
    browser: Browser, server: Server
) -> None:
    context = browser.new_context(base_url=server.base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/lapor")
    choose(page, "fire", BULIAN, "dapur terbakar")
    page.click(".kirim button")
    page.wait_for_url("**/l/*?baru=1")
    expect(page.locator("#status")).to_be_visible()
    page.click("text=/Tambah keterangan|Add information/")
    page.fill('[name="text"]', "api sudah padam sebagian")
    page.click("#form-tambah .btn-primary")
    page.wait_for_url("**/l/*?masuk=1")
    context.close()


def test_sos_goes_at_once_and_the_position_follows(
    browser: Browser, server: Server, phone: BrowserContext
) -> None:
    phone.grant_permissions(["geolocation"])
    page = phone.new_page()
    page.goto("/lapor")
    page.click(".sos")
    code = code_on(page)
    (row,) = sql(server, "SELECT place FROM report WHERE code = $1", code)
    assert row["place"] == "unlocated"
    with page.expect_response("**/messages") as sent:
        phone.set_geolocation(AT_BULIAN)
    assert sent.value.status == 201
    (row,) = sql(server, "SELECT place, kelurahan_code FROM report WHERE code = $1", code)
    assert (row["place"], row["kelurahan_code"]) == ("located", BULIAN)


def test_without_net_a_report_waits_offers_112_and_goes_by_itself(
    phone: BrowserContext, server: Server
) -> None:
    page = phone.new_page()
    page.goto("/lapor")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    choose(page, "drowning", BULIAN, "anak hanyut di sungai, tanpa jaringan")
    phone.set_offline(True)
    page.click(".kirim button")
    expect(page.locator("#kabar")).to_contain_text("tersimpan di HP ini")
    expect(page.locator("#bantuan-luring a[href='tel:112']")).to_be_visible()
    assert "anak%20hanyut" in (page.get_attribute("#sms", "href") or "")
    # Closed and opened again without net: page and report are still there.
    page.reload()
    expect(page.locator("#kabar")).to_contain_text("tersimpan di HP ini")
    phone.set_offline(False)
    expect(page.locator("#kabar")).to_contain_text("sudah terkirim", timeout=SLOW_MS)
    rows = sql(
        server,
        """SELECT count(*) AS n FROM report WHERE type = 'drowning'
           AND created_at > now() - interval '1 minute'""",
    )
    assert rows[0]["n"] == 1


def test_a_handset_answers_and_the_resident_sees_what_is_done(
    browser: Browser, server: Server, desk: httpx.Client, page: Page
) -> None:
    """/lapor → the desk sends → the handset on /hp rings → 1, 3 → the resident reads it."""
    page.goto("/lapor")
    choose(page, "fire", "12.76.02.1010", "rumah terbakar")
    page.click(".kirim button")
    code = code_on(page)
    page.click("#pantau")
    expect(page.locator("#status")).to_contain_text("meja operator")

    desk_page = browser.new_context(base_url=server.base_url, locale="id-ID").new_page()
    desk_page.goto("/hp")
    expect(desk_page.locator("#daftar li").first).to_be_visible()
    send_unit(server, desk, code, "DMK2")
    ringing = desk_page.locator(".ponsel.dering").filter(has_text="DMK2").first
    expect(ringing).to_be_visible(timeout=SLOW_MS)
    handset = desk_page.locator(f'.ponsel[data-number="{ringing.get_attribute("data-number")}"]')
    handset.locator('[data-digit="1"]').click()
    look(page, "sudah menerima tugas")
    handset.locator('[data-digit="3"]').click()
    look(page, "sudah berangkat")
    expect(page.locator("#langkah .sudah")).to_have_count(3)
    expect(page.locator("#eta")).to_contain_text("menit")
    desk_page.context.close()


def test_responder_steps_pressed_without_net_arrive_in_order(
    server: Server, desk: httpx.Client, phone: BrowserContext
) -> None:
    page = phone.new_page()
    sign_in(page, server, "amb1", "/petugas")
    page.wait_for_function("caches.match('/petugas')")  # the worker has kept the page
    expect(page.locator("#kosong")).to_be_visible()
    answer = desk.post(
        "/api/v1/reports",
        json={"type": "medical", "text": "orang pingsan di rumah", "kelurahan_code": BULIAN},
    )
    assignment = send_unit(server, desk, answer.json()["code"], "AMB1")
    accept = page.locator('[data-move="accept"]')
    expect(accept).to_be_visible(timeout=SLOW_MS)
    box = accept.bounding_box()
    assert box and box["height"] >= 56 and box["width"] >= 200
    expect(page.locator(".tugas")).to_contain_text("Bulian")
    accept.click()
    expect(accept).to_be_disabled()
    expect(page.locator("#sambungan")).to_have_text("Tersambung")

    phone.set_offline(True)
    page.click('[data-move="en-route"]')
    page.click('[data-move="arrive"]')
    expect(page.locator("#sambungan")).to_have_text("2 langkah menunggu")
    expect(page.locator('[data-move="arrive"]')).to_contain_text("antre")
    page.reload()  # the queue outlives the page
    expect(page.locator("#sambungan")).to_have_text("2 langkah menunggu")
    phone.set_offline(False)
    expect(page.locator("#sambungan")).to_have_text("Tersambung", timeout=SLOW_MS)
    stamps = sql(
        server,
        """SELECT state, source, device_at < server_at AS earlier FROM assignment_stamp
           WHERE assignment_id = $1 AND device_at IS NOT NULL ORDER BY id""",
        assignment,
    )
    assert [s["state"] for s in stamps] == ["accepted", "en_route", "on_scene"]
    assert all(s["source"] == "device" and s["earlier"] for s in stamps)

    page.click('[data-move="transport"]')
    page.click('[data-move="at-facility"]')
    page.click('[data-move="clear"]')  # the last step asks once more
    expect(page.locator('[data-move="clear"]')).to_contain_text("sekali lagi")
    page.click('[data-move="clear"]')
    expect(page.locator("#kosong")).to_be_visible()
    expect(page.locator("#sambungan")).to_have_text("Tersambung")
    (row,) = sql(server, "SELECT state FROM assignment WHERE id = $1", assignment)
    assert row["state"] == "cleared"


@pytest.mark.parametrize("path", ["/", "/lapor", "/lacak", "/hp", "/masuk"])
@pytest.mark.parametrize("width", [360, 1366])
def test_no_page_scrolls_sideways_or_has_targets_too_small(
    page: Page, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(path)
    page.wait_for_load_state("networkidle" if path != "/hp" else "load")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
            .filter((e) => e.offsetParent && !e.closest("p, .skip") && e.type !== "hidden")
            .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
            .filter(([, r]) => r.width < 24 || r.height < 24).map(([html]) => html)"""
    )
    assert small == []


def look(page: Page, words: str) -> None:
    """Wait until the tracking page says so; asked for anew instead of waiting for its clock."""
    for _ in range(40):
        page.evaluate("dispatchEvent(new Event('online'))")
        if words in page.inner_text("#status"):
            return
        page.wait_for_timeout(250)
    expect(page.locator("#status")).to_contain_text(words, timeout=1)
