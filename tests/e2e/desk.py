"""What a person at the desk does in a browser: sign in, walk the queue; and what residents send."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.fixtures.server import Server

SCREEN = {"width": 1366, "height": 768}
"""The size of a common operator's screen, px."""

MANDAILING = (3.3240, 99.1553)
PELITA = (3.3213, 99.1432)
RANTAU_LABAN = (3.3685, 99.1638)


def sign_in(page: Page, server: Server, login: str) -> None:
    page.goto("/masuk?ke=/konsol")
    page.fill("input[name=login]", login)
    page.fill("input[type=password]", server.logins[login])
    page.keyboard.press("Enter")
    page.wait_for_url("**/konsol")
    expect(page.locator(".units tbody tr").first).to_be_visible()


def report(server: Server, **fields: Any) -> dict[str, Any]:
    with server.client() as web:
        answer = web.post("/api/v1/reports", json=fields)
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


def at(place: tuple[float, float], accuracy_m: int = 20) -> dict[str, float]:
    return {"lat": place[0], "lon": place[1], "accuracy_m": accuracy_m}


def go_to(konsol: Page, words: str) -> None:
    """J until the row that holds these words is the selected one, once it has come in."""
    expect(konsol.locator(".queue").get_by_text(words).first).to_be_visible(timeout=10_000)
    for _ in range(30):
        konsol.keyboard.press("j")
        selected = konsol.locator(".queue [aria-current=true]")
        expect(selected).to_be_focused()
        if words in selected.inner_text():
            return
    raise AssertionError(f"no row with {words!r}")
