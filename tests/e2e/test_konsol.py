"""The operator's page in a real Chromium, on the running system, by keyboard alone."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.desk import MANDAILING, PELITA, RANTAU_LABAN, at, go_to, report, sign_in
from tests.fixtures.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("in_a_window")]
expect.set_options(timeout=15_000)


def test_j_enter_enter_sends_and_a_spoken_yes_is_taken_by_keyboard(
    konsol: Page, server: Server
) -> None:
    sent_at = time.monotonic()
    report(server, type="fire", text="rumah terbakar di gang mawar", **at(MANDAILING))
    row = konsol.locator(".queue .row.incident", has_text="Kebakaran")
    expect(row).to_be_visible()
    # A second on a quiet machine (the bench says how long exactly); tests share theirs.
    assert time.monotonic() - sent_at < 5, "an accepted report must stand on the board at once"
    expect(konsol.locator("html")).to_have_attribute("data-tone", "p1")

    konsol.keyboard.press("j")
    expect(row).to_be_focused()
    konsol.keyboard.press("Enter")
    expect(konsol.locator(".send")).to_be_focused()
    konsol.keyboard.press("Enter")
    offered = konsol.locator(".assignment.offered")
    expect(offered.first).to_contain_text("ditawarkan pukul")
    expect(konsol.locator(".panel blockquote").first).to_contain_text("gang mawar")

    konsol.keyboard.press("c")
    konsol.keyboard.press("1")
    expect(konsol.locator(".assignment.accepted")).to_contain_text("diterima secara lisan pukul")
    konsol.keyboard.press("Escape")
    expect(row).to_be_focused()


def test_priority_one_sounds_until_somebody_takes_it_by_name(konsol: Page, server: Server) -> None:
    report(server, type="drowning", text="anak hanyut di sungai", **at(RANTAU_LABAN))
    row = konsol.locator(".queue .row.incident", has_text="Tenggelam")
    expect(row).to_contain_text("belum diambil")
    konsol.evaluate("delete document.documentElement.dataset.tone")
    expect(konsol.locator("html")).to_have_attribute("data-tone", "p1")
    go_to(konsol, "Tenggelam")
    konsol.keyboard.press("t")
    expect(row).to_contain_text("Operator (contoh)")
    konsol.evaluate("delete document.documentElement.dataset.tone")
    konsol.wait_for_timeout(4_500)  # longer than the pause between two tones
    assert konsol.evaluate("document.documentElement.dataset.tone") is None


def test_what_is_open_nearby_is_shown_before_a_second_incident_is_made(
    konsol: Page, server: Server
) -> None:
    report(server, type="fallen_tree", text="pohon tumbang", **at(PELITA))
    expect(konsol.locator(".queue .row", has_text="Pohon tumbang")).to_be_visible()
    konsol.keyboard.press("n")
    konsol.keyboard.type("pelita")
    expect(konsol.get_by_role("option").first).to_be_visible()
    konsol.keyboard.press("ArrowDown")
    konsol.keyboard.press("Enter")
    konsol.get_by_label("Jenis").select_option("fallen_tree")
    expect(konsol.locator(".twins")).to_contain_text("Pohon tumbang")
    konsol.keyboard.press("Escape")
    expect(konsol.locator("dialog")).to_have_count(0)


def test_a_report_without_a_place_gets_one_and_becomes_an_incident(
    konsol: Page, server: Server
) -> None:
    code = report(server, text="tolong, ada kecelakaan motor", phone="081100000777")["code"]
    expect(konsol.locator(".queue .row.report", has_text=code)).to_contain_text("tanpa tempat")
    go_to(konsol, code)
    konsol.keyboard.press("Enter")
    expect(konsol.locator("#nc-tempat")).to_be_focused()
    konsol.keyboard.type("bagelen")
    expect(konsol.get_by_role("option").first).to_contain_text("Bagelen")
    konsol.keyboard.press("ArrowDown")
    konsol.keyboard.press("Enter")
    konsol.get_by_label("Jenis").select_option("traffic_accident")
    konsol.locator(".open-report .primary").focus()
    konsol.keyboard.press("Enter")
    expect(konsol.locator(".panel h2")).to_contain_text("Kecelakaan lalu lintas")
    expect(konsol.locator(".facts")).to_contain_text("Bagelen")
    expect(konsol.locator(".queue .row.report", has_text=code)).to_have_count(0)


def test_the_keyboard_stays_with_a_report_that_becomes_part_of_an_incident(
    konsol: Page, server: Server
) -> None:
    report(server, type="gas_leak", text="tabung gas bocor", **at(RANTAU_LABAN))
    gas = konsol.locator(".queue .row.incident", has_text="Gas bocor")
    expect(gas).to_be_visible()
    told = report(server, text="bau menyengat sekali pak tolong", phone="081200000042")
    go_to(konsol, "bau menyengat")
    attached = konsol.evaluate(
        """async (code) => {
            const { board } = await import("/static/konsol/store.js");
            const { post } = await import("/static/konsol/api.js");
            const gas = [...board.incidents.values()].find((one) => one.type === "gas_leak");
            const told = [...board.reports.values()].find((one) => one.code === code);
            await post(`/incidents/${gas.id}/reports`, { report_id: told.id });
            return gas.code;
        }""",
        told["code"],
    )
    expect(konsol.locator(".queue .row.report", has_text="bau menyengat")).to_have_count(0)
    expect(gas).to_have_attribute("aria-current", "true")
    expect(gas).to_be_focused()
    konsol.keyboard.press("Enter")
    expect(konsol.locator(".panel-head")).to_contain_text(attached)


def test_the_command_line_sends_a_named_unit(konsol: Page, server: Server) -> None:
    report(server, type="animal", text="ular masuk rumah", **at(PELITA))
    row = konsol.locator(".queue .row.incident", has_text="Hewan")
    code = row.locator(".code").inner_text()
    konsol.keyboard.press(":")
    konsol.keyboard.type(f"d spp1 {code[1:]}")
    expect(konsol.locator("#perintah-arti")).to_contain_text(f"Kirim SPP1 ke {code}")
    konsol.keyboard.press("Enter")
    expect(row).to_contain_text("SPP1 ditawarkan")
    konsol.keyboard.press(":")
    konsol.keyboard.type("d xyz9 1")
    expect(konsol.locator("#perintah-arti")).to_contain_text("Tidak ada")
    konsol.keyboard.press("Enter")
    expect(konsol.locator("dialog")).to_be_visible()
    konsol.keyboard.press("Escape")


@pytest.fixture
def refused_konsol(browser: Browser, server: Server) -> Iterator[Page]:
    """A console whose browser may complain of refused requests."""
    context = browser.new_context(base_url=server.base_url, locale="id-ID")
    opened = context.new_page()
    sign_in(opened, server, "operator")
    yield opened
    context.close()


def test_two_people_changing_one_incident_are_told_of_each_other(
    refused_konsol: Page, server: Server
) -> None:
    konsol = refused_konsol
    report(server, type="utility_hazard", text="kabel putus", **at(RANTAU_LABAN))
    row = konsol.locator(".queue .row.incident", has_text="Bahaya listrik")
    expect(row).to_be_visible()
    incident_id = row.get_attribute("data-key").split(":")[1]  # type: ignore[union-attr]
    go_to(konsol, "Bahaya listrik")
    konsol.keyboard.press("e")
    expect(konsol.locator(".dialog h2")).to_contain_text("Ubah")
    konsol.evaluate(
        """async (id) => {
            const { patch } = await import("/static/konsol/api.js");
            const { board } = await import("/static/konsol/store.js");
            await patch(`/incidents/${id}`, { casualties: 3 }, board.incidents.get(Number(id)).version);
        }""",
        incident_id,
    )
    konsol.get_by_label("Prioritas").select_option("P3")
    konsol.locator(".dialog button.primary").click()
    expect(konsol.locator(".note-line")).to_contain_text("Operator (contoh)")
    expect(konsol.locator("dialog")).to_be_visible()
    konsol.keyboard.press("Escape")


def test_a_silent_stream_is_said_within_five_seconds_and_comes_back(
    konsol: Page, server: Server
) -> None:
    process = server.processes["serve"]
    process.send_signal(signal.SIGSTOP)
    try:
        konsol.wait_for_selector(".banner", timeout=5_500)
        assert "grayscale" in konsol.evaluate(
            "getComputedStyle(document.querySelector('main')).filter"
        )
        assert "⚠" in konsol.title()
    finally:
        process.send_signal(signal.SIGCONT)
    expect(konsol.locator(".banner")).to_have_count(0, timeout=15_000)
    report(server, type="gas_leak", text="bau gas", **at(MANDAILING))
    expect(konsol.locator(".queue .row", has_text="Gas bocor")).to_be_visible()


def test_more_than_ten_alike_in_ten_minutes_become_one_row_that_opens(konsol: Page) -> None:
    shown = konsol.evaluate(
        """async () => {
            const { queue, grouped } = await import("/static/konsol/order.js");
            const now = new Date().toISOString();
            const reports = new Map(Array.from({ length: 12 }, (_, i) => [i + 1, {
                id: i + 1, class: "emergency", type: "flood", priority: "P2", candidates: [],
                kelurahan_code: "12.76.04.1004", created_at: now }]));
            const board = { incidents: new Map(), reports, calls: new Map() };
            const kinds = (expanded) => grouped(queue(board), expanded).map((item) => item.kind);
            return [kinds(new Set()), kinds(new Set(["flood|12.76.04.1004"])).length];
        }"""
    )
    assert shown == [["massa"], 13]


def test_an_agency_sees_its_board_and_cannot_act_from_it(page: Page, server: Server) -> None:
    sign_in(page, server, "damkar")
    page.keyboard.press("n")
    expect(page.locator("dialog")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740)])
def test_nothing_runs_over_the_edge(konsol: Page, server: Server, width: int, height: int) -> None:
    report(server, type="fire", text="kios terbakar", **at(PELITA))
    konsol.set_viewport_size({"width": width, "height": height})
    go_to(konsol, "Kebakaran")
    konsol.keyboard.press("Enter")
    expect(konsol.locator(".panel-head")).to_be_visible()
    over = konsol.evaluate(
        """() => [...document.querySelectorAll(".pane, .topbar, .foot-line, .panel *")]
            .filter((one) => !one.closest(".map") && one.getBoundingClientRect().right > innerWidth + 1)
            .map((one) => one.className || one.tagName)"""
    )
    assert over == [], json.dumps(over)
