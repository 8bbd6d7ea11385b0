"""The operator at the console; files that want another window or person say so themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.desk import SCREEN, sign_in
from tests.fixtures.server import Server


@pytest.fixture(scope="module")
def in_a_window(browser: Browser) -> Iterator[None]:
    """The size of a common operator's screen."""
    made = browser.new_context

    def sized(**options: Any) -> Any:
        return made(**{"viewport": SCREEN, **options})

    browser.new_context = sized  # type: ignore[method-assign]
    yield
    browser.new_context = made  # type: ignore[method-assign]


@pytest.fixture
def konsol(page: Page, server: Server) -> Page:
    """Signed in as the operator, the board live."""
    sign_in(page, server, "operator")
    expect(page.locator(".stream")).to_contain_text("langsung")
    return page
