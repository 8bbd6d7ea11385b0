"""Passwords, the cost of guessing, and the log-ins of a demo."""

from __future__ import annotations

import httpx
import pytest
from argon2 import PasswordHasher, Type
from fastapi import FastAPI, Request

from core.accounts import accounts, passwords, patience
from core.accounts.demo import make_demo_accounts
from core.accounts.passwords import check_new
from core.context import Context
from core.errors import BadInput, TooMany
from core.limits import Limiter
from core.web.cookies import device_key
from tests.core.conftest import HASHER_IN_USE, browser, make_account, password_step


@pytest.mark.parametrize(
    "weak", ["pendek", "a" * 12, "password1234", "operator-1123", "indonesia1234", "x" * 129]
)
def test_weak_passwords_are_refused(weak: str) -> None:
    with pytest.raises(BadInput):
        check_new(weak, login="operator-1")


def test_passwords_are_hashed_with_argon2id_at_full_strength() -> None:
    assert HASHER_IN_USE.type is Type.ID
    assert HASHER_IN_USE.memory_cost >= 64 * 1024
    assert HASHER_IN_USE.time_cost >= 3
    assert passwords._NOBODY.startswith("$argon2id$v=19$m=65536,t=3,p=1$")


async def test_a_weaker_hash_is_renewed_at_sign_in(
    client: httpx.AsyncClient, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    account_id, login = await make_account(context, "operator")
    stronger = PasswordHasher(time_cost=2, memory_cost=128, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", stronger)
    await password_step(client, login)
    async with context.db.read() as tx:
        stored = (await accounts.get(tx, account_id))["password_hash"]
    assert "m=128,t=2" in stored


async def test_guesses_wait_in_line_and_a_known_device_has_its_own() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    lines = patience.Patience(Limiter(), sleep)
    for _ in range(6):
        async with lines.turn("login:x"):
            await lines.wrong("login:x")
    assert slept == [0, 0, 0, 0.5, 1.0, 2.0]
    async with lines.turn("device:y"):
        assert slept[-1] == 0
    await lines.right("login:x")
    async with lines.turn("login:x"):
        assert slept[-1] == 0


async def test_only_a_real_device_cookie_opens_the_devices_line(
    app: FastAPI, context: Context
) -> None:
    _, login = await make_account(context, "operator")
    async with browser(app) as one:
        await password_step(one, login)
        cookie = one.cookies["siponcega-perangkat"]

    def key(value: str, name: str) -> str:
        headers = [(b"cookie", f"siponcega-perangkat={value}".encode())]
        return device_key(Request({"type": "http", "app": app, "headers": headers}), name)

    assert key(cookie, login).startswith("device:")
    for value, name in (
        (cookie, "lain"),
        (cookie[:-1], login),
        ("x" + cookie[1:], login),
        ("", login),
    ):
        assert key(value, name).startswith("login:")


async def test_a_full_line_is_told_to_come_back() -> None:
    lines = patience.Patience(Limiter())
    async with lines.turn("k"):
        lines._waiting["k"] = patience.LINE_LENGTH
        with pytest.raises(TooMany):
            async with lines.turn("k"):
                pass
        lines._waiting["k"] = 1


async def test_demo_accounts_are_made_once_with_private_random_passwords(
    context: Context, app: FastAPI
) -> None:
    home = context.settings.home
    async with context.db.tx() as tx:
        first = await make_demo_accounts(tx, home)
    async with context.db.tx() as tx:
        assert await make_demo_accounts(tx, home) == first
    assert len({password for _, password, _ in first}) == len(first)
    assert (home / "demo-logins.json").stat().st_mode & 0o777 == 0o600
    login, password, role = first[0]
    async with browser(app) as one:
        answer = await one.post("/masuk", data={"login": login, "password": password})
        assert answer.headers["location"] == "/konsol"
        assert (await one.get("/api/v1/me")).json()["role"] == role
    (home / "demo-logins.json").unlink()
    async with context.db.tx() as tx:
        again = await make_demo_accounts(tx, home)
    assert again[0][1] != password
