"""The one-time link of a new account in a real browser: password, second factor, inside."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.server import ROOT, Server

pytestmark = pytest.mark.browser

PASSWORD = "empat kapal merah berlayar"


def invite(server: Server, login: str) -> str:
    """What `siponcega user add` prints: the path of the link."""
    settings = server.settings
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("SIPONCEGA_")},
        "SIPONCEGA_HOME": str(settings.home),
        "SIPONCEGA_DATABASE_URL": settings.database_url,
        "SIPONCEGA_REDIS_URL": settings.redis_url,
        "SIPONCEGA_PUBLIC_URL": settings.public_url,
    }
    command = [sys.executable, "-m", "siponcega", "user", "add", login, "--name", "Siti"]
    made = subprocess.run(
        [*command, "--role", "admin"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return urlsplit(made.stdout.strip()).path


def test_a_new_administrator_comes_in_by_the_link(server: Server, page: Page) -> None:
    page.goto(invite(server, "siti"))
    page.fill("input[name=password]", PASSWORD)
    page.fill("input[name=again]", PASSWORD)
    page.get_by_role("button", name="Simpan").click()
    expect(page).to_have_url(f"{server.base_url}/masuk")
    page.fill("input[name=login]", "siti")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page).to_have_url(f"{server.base_url}/masuk/kode")
    secret = page.locator("code").first.inner_text().replace(" ", "")
    page.fill("input[name=code]", pyotp.TOTP(secret).now())
    page.locator("form button[type=submit], form button").first.click()
    expect(page).to_have_url(f"{server.base_url}/konsol")
