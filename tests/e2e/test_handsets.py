"""/hp in a browser: the visitor's own handsets stand first, whoever else rings."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.server import Server

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)


def typed(web: httpx.Client, number: str, text: str) -> None:
    sent = web.post("/api/v1/simulator/messages", json={"number": number, "text": text})
    assert sent.status_code == 201, sent.text


def test_the_handsets_with_a_log_in_are_first_in_the_list_and_on_the_desk(
    page: Page, server: Server
) -> None:
    with server.client() as web:
        staff = web.get("/api/v1/simulator/handsets").json()["handsets"]
        own = [h["name"] for h in staff if h["login"] and h["unit"]]
        assert sorted(name.split()[1] for name in own) == ["AMB1", "DMK1"]
        for number in ("+6281100000501", "+6281100000502", "+6281100000503"):
            typed(web, number, "kapan kantor camat buka")

        page.set_viewport_size({"width": 1366, "height": 768})
        page.goto("/hp")
        listed = page.locator("#daftar li")
        expect(listed.nth(3)).to_be_visible()
        for row, name in zip((listed.nth(0), listed.nth(1)), own, strict=True):
            expect(row).to_contain_text(name)
        phones = page.locator(".ponsel header b")
        expect(phones).to_have_count(3)
        assert phones.all_inner_texts()[:2] == own
        expect(listed.nth(2)).to_contain_text("Warga (contoh)")

        # Seven more ring: those two stay.
        for last in range(504, 511):
            typed(web, f"+6281100000{last}", "tolong rumah terbakar di lk 2 bulian")
        expect(page.locator(".ponsel", has_text="510")).to_be_visible(timeout=20_000)
        assert phones.all_inner_texts()[:2] == own
