"""A spoken call, from `N` to an offered unit, in a real Chromium and by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("in_a_window")]
expect.set_options(timeout=15_000)


def test_a_call_opens_an_incident_with_place_and_type_and_the_rest_follows(
    konsol: Page, server: Server
) -> None:
    konsol.keyboard.press("n")
    expect(konsol.locator("#nc-tempat")).to_be_focused()
    konsol.keyboard.type("pelita")
    expect(konsol.get_by_role("option").first).to_contain_text("Pelita")
    konsol.keyboard.press("ArrowDown")
    konsol.keyboard.press("Enter")
    expect(konsol.locator(".dialog .hint")).to_contain_text("Titik ±")
    konsol.keyboard.press("Tab")
    expect(konsol.get_by_label("Jenis")).to_be_focused()
    konsol.keyboard.type("Med")
    konsol.keyboard.press("Enter")
    konsol.locator(".dialog button.primary").focus()
    konsol.keyboard.press("Enter")
    expect(konsol.locator(".dialog h2")).to_contain_text("terbuka")
    expect(konsol.locator(".queue .row.incident", has_text="Medis")).to_be_visible()
    konsol.get_by_label("Keterangan").focus()
    konsol.keyboard.type("sesak napas, lantai dua")
    konsol.locator(".dialog button.primary").focus()
    konsol.keyboard.press("Enter")
    expect(konsol.locator("dialog")).to_have_count(0)
    expect(konsol.locator(".panel blockquote", has_text="sesak napas").first).to_be_visible()
    expect(konsol.locator(".queue .row.call")).to_have_count(0)  # the call is over


@pytest.mark.parametrize("again", [False, True], ids=["at once", "after the focus was lost"])
def test_a_spoken_call_reaches_an_offered_unit_by_keyboard_only(
    konsol: Page, server: Server, again: bool
) -> None:
    konsol.keyboard.press("n")
    konsol.keyboard.type("rantau laban" if again else "mandailing")
    expect(konsol.get_by_role("option").first).to_be_visible()
    konsol.keyboard.press("ArrowDown")
    konsol.keyboard.press("Enter")
    expect(konsol.locator(".dialog .hint")).to_contain_text("Titik ±")
    konsol.keyboard.press("Tab")
    konsol.keyboard.type("Med")
    konsol.keyboard.press("Enter")
    while not konsol.locator(".dialog button.primary").evaluate(
        "b => b === document.activeElement"
    ):
        konsol.keyboard.press("Tab")
    konsol.keyboard.press("Enter")
    expect(konsol.locator(".dialog h2")).to_contain_text("terbuka")
    konsol.keyboard.press("Escape")
    expect(konsol.locator("dialog")).to_have_count(0)
    send = konsol.locator(".panel .send")
    expect(send).to_be_focused()
    if again:
        send.evaluate("button => button.blur()")
        konsol.keyboard.press("Enter")
        expect(send).to_be_focused()
    konsol.keyboard.press("Enter")
    expect(konsol.locator(".assignment.offered").first).to_contain_text("ditawarkan pukul")
