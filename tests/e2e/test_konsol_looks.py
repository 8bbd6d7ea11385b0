"""What the operator sees on a screen of 1366×768: nothing cut, nothing dead that looks alive."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import asyncpg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.desk import PELITA, SCREEN, at, go_to, report, sign_in
from tests.fixtures.server import Server

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)


@pytest.fixture(scope="module", autouse=True)
def nothing_by_itself(server: Server) -> None:
    """No unit is sent unless a test sends it."""

    async def once() -> None:
        connection = await asyncpg.connect(server.settings.database_url)
        try:
            await connection.execute("UPDATE run_card SET auto = false")
        finally:
            await connection.close()

    # In a thread of its own: the browser keeps a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, once()).result()


@pytest.fixture
def konsol(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(base_url=server.base_url, locale="id-ID", viewport=SCREEN)
    opened = context.new_page()
    sign_in(opened, server, "operator")
    expect(opened.locator(".stream")).to_contain_text("langsung")
    yield opened
    context.close()


def asked(konsol: Page, module: str, script: str) -> Any:
    """What `script`, a function of the console's module and its board, answers."""
    return konsol.evaluate(
        f"""async () => {{
            const {{ board }} = await import("/static/konsol/store.js");
            return ({script})(await import("/static/konsol/{module}.js"), board);
        }}"""
    )


def test_units_on_a_job_stand_first_then_the_free_by_agency(konsol: Page) -> None:
    rows = """[
        { code: "AMB9", agency_code: "PSC", state: "available" },
        { code: "DMK2", agency_code: "DAMKAR", state: "available" },
        { code: "DMK1", agency_code: "DAMKAR", state: "available" },
        { code: "OFF1", agency_code: "A", state: "off_duty" },
        { code: "OUT1", agency_code: "A", state: "out_of_service" },
        { code: "T1", agency_code: "A", state: "available", assignment_id: 1, assignment_state: "on_scene" },
        { code: "Z1", agency_code: "Z", state: "available", assignment_id: 2, assignment_state: "offered" },
        { code: "B1", agency_code: "B", state: "available", assignment_id: 3, assignment_state: "en_route" },
    ]"""
    order = asked(konsol, "units", f"(units) => units.arranged({rows}).map((unit) => unit.code)")
    assert order == ["Z1", "B1", "T1", "DMK1", "DMK2", "AMB9", "OUT1", "OFF1"]


def test_no_column_of_the_units_is_cut(konsol: Page) -> None:
    """With the longest words a unit can have, and an old, guessed position."""
    asked(
        konsol,
        "store",
        """(store, board) => {
            const [unit, other] = [...board.units.values()];
            const day = new Date(Date.now() - 8_400_000).toISOString();
            board.units.set(unit.id, { ...unit, assignment_id: 1, assignment_state: "transporting",
                capabilities: ["ambulance_advanced", "rescue"], position_at: day, position_source: "post" });
            board.units.set(other.id, { ...other, state: "out_of_service", out_reason: "breakdown" });
            store.changed();
        }""",
    )
    expect(konsol.locator(".units tbody tr").first).to_contain_text("mengantar pasien")
    expect(konsol.locator(".units")).to_contain_text("mogok")
    cut = konsol.evaluate(
        """() => [...document.querySelectorAll(".units th, .units td, .units .scroll")]
            .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.innerText)"""
    )
    assert cut == []


def test_with_no_unit_to_send_there_is_no_button_that_looks_alive(
    konsol: Page, server: Server
) -> None:
    report(server, type="animal", text="ular masuk rumah", **at(PELITA))
    go_to(konsol, "Hewan")
    konsol.keyboard.press("Enter")
    send = konsol.locator(".send")
    expect(konsol.locator(".units-pick input:checked")).to_have_count(1)
    expect(send).to_contain_text("Enter")
    assert ground_of(konsol) != "rgba(0, 0, 0, 0)"
    konsol.locator(".units-pick input:checked").click()
    expect(send).to_have_attribute("aria-disabled", "true")
    expect(send).not_to_contain_text("Enter")
    assert ground_of(konsol) == "rgba(0, 0, 0, 0)"


def ground_of(konsol: Page) -> str:
    found: str = konsol.locator(".send").evaluate("(one) => getComputedStyle(one).backgroundColor")
    return found


def test_only_a_small_uncertainty_is_an_area_and_a_wide_one_an_edge_when_looked_at(
    konsol: Page,
) -> None:
    reach = asked(
        konsol,
        "map",
        """({ reachOf }) => [30, 499, 500, 2263, null].map((m) =>
            [reachOf({ id: 7, uncertainty_m: m }, null), reachOf({ id: 7, uncertainty_m: m }, "incident:7"),
             reachOf({ id: 7, uncertainty_m: m }, "incident:8")])""",
    )
    assert reach == [
        ["area", "area", "area"],
        ["area", "area", "area"],
        [None, "edge", None],
        [None, "edge", None],
        [None, None, None],
    ]


def test_the_buttons_of_the_map_do_not_lie_over_it(konsol: Page) -> None:
    if konsol.locator(".map").count() == 0:  # it opens by itself where there is a graphics card
        konsol.keyboard.press("p")
    expect(konsol.locator(".map canvas")).to_be_visible()
    expect(konsol.get_by_role("button", name="Perbesar")).to_be_visible()
    assert konsol.locator(".map .holder button").count() == 0
    holder = konsol.locator(".map .holder").bounding_box()
    assert holder is not None
    for name in ("Perbesar", "Perkecil"):
        box = konsol.get_by_role("button", name=name).bounding_box()
        assert box and box["y"] + box["height"] <= holder["y"]
        assert box["x"] + box["width"] <= SCREEN["width"]


def test_the_number_of_reports_and_who_took_it_are_kept_apart(konsol: Page, server: Server) -> None:
    for text in ("pohon tumbang menutup jalan", "pohon tumbang di jalan kami"):
        report(server, type="fallen_tree", text=text, **at(PELITA))
    row = konsol.locator(".queue .row.incident", has_text="Pohon tumbang")
    expect(row.locator(".tail")).to_have_text("2 laporan · belum diambil")
    go_to(konsol, "Pohon tumbang")
    konsol.keyboard.press("t")
    expect(row.locator(".tail")).to_have_text("2 laporan · diambil Operator (contoh)")


def test_the_steps_of_one_message_are_one_line_of_the_history(konsol: Page) -> None:
    events = """[
        [1, "incident.opened", {}],
        [2, "delivery.queued", { delivery_id: 5, report_id: 3, channel: "sms", template: "receipt" }],
        [3, "delivery.queued", { delivery_id: 6, assignment_id: 9, channel: "chat" }],
        [4, "delivery.sending", { delivery_id: 5, report_id: 3, channel: "sms" }],
        [5, "delivery.sent", { delivery_id: 5, report_id: 3, channel: "sms" }],
        [6, "assignment.accepted", { assignment_id: 9, unit_code: "DMK1" }],
        [7, "delivery.delivered", { delivery_id: 5, report_id: 3 }],
        [8, "delivery.failed", { delivery_id: 6, assignment_id: 9 }],
        [9, "delivery.queued", { delivery_id: 7, staff_id: 1, channel: "sms", template: "on_call" }],
        [10, "delivery.queued", { delivery_id: 8, staff_id: 2, channel: "sms", template: "on_call" }],
        [11, "assignment.delivered", { assignment_id: 9, unit_code: "DMK1" }],
    ].map(([id, kind, payload]) => ({ id, kind, payload, at: "2026-11-24T07:00:00Z" }))"""
    lines = asked(
        konsol,
        "history",
        f"(one) => one.history({events}, new Map([[9, 'DMK1']])).map((line) => line.text)",
    )
    assert lines == [
        "DMK1: pesan sampai",
        "SMS ke petugas piket: disiapkan (2×)",
        "WhatsApp ke awak DMK1: GAGAL",
        "SMS ke pelapor: sampai",
        "DMK1: diterima",
        "kejadian dibuka",
    ]


def test_an_offer_is_one_line_on_the_running_system(konsol: Page, server: Server) -> None:
    report(server, type="gas_leak", text="bau gas", **at((3.3350, 99.1700)))
    go_to(konsol, "Gas bocor")
    konsol.keyboard.press("Enter")
    expect(konsol.locator(".send")).to_contain_text("Kirim DMK")
    konsol.keyboard.press("Enter")
    history = konsol.locator(".timeline")
    expect(history).to_contain_text(re.compile(r"SMS ke awak DMK\d: sampai"))
    expect(history.locator("li", has_text="disiapkan")).to_have_count(1)  # the unit, not the SMS
    for step in ("sedang dikirim", "terkirim", "pesan"):
        expect(history).not_to_contain_text(step)
