"""Signing in: password, second factor once, sessions that end at once, links used once."""

from __future__ import annotations

import re
import time

import httpx
import pyotp
import pytest
from fastapi import FastAPI

from core.accounts import accounts, patience, sessions, totp
from core.accounts.tokens import token_hash
from core.context import Context
from core.errors import NotFound
from tests.core.conftest import (
    BASE,
    PASSWORD,
    SignIn,
    browser,
    make_account,
    password_step,
    secret_of,
)


async def test_wrong_password_and_unknown_login_look_the_same(
    client: httpx.AsyncClient, context: Context
) -> None:
    _, login = await make_account(context, "operator")
    answers = [
        await client.post("/masuk", data={"login": name, "password": "bukan kata sandinya"})
        for name in (login, "tidak-ada-orangnya")
    ]
    texts = [
        re.sub(r"[0-9a-f]{16}|operator-\d+|tidak-ada-orangnya", "", answer.text)
        for answer in answers
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert texts[0] == texts[1]
    assert "siponcega" not in client.cookies


async def test_disabled_account_cannot_enter(client: httpx.AsyncClient, context: Context) -> None:
    account_id, login = await make_account(context, "operator")
    async with context.db.tx() as tx:
        await accounts.disable(tx, account_id)
    assert (await password_step(client, login)).status_code == 401


async def test_session_cookie_is_hardened_and_stored_hashed(
    client: httpx.AsyncClient, context: Context
) -> None:
    _, login = await make_account(context, "operator")
    answer = await password_step(client, login)
    cookie = answer.headers.get_list("set-cookie")[0]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    token = client.cookies["siponcega"]
    async with context.db.read() as tx:
        row = await tx.fetchrow("SELECT * FROM session WHERE token_hash = $1", token_hash(token))
    assert row is not None
    assert token.encode() not in b"".join(v for v in row.values() if isinstance(v, bytes))


async def test_revoked_session_ends_with_the_next_request(
    context: Context, sign_in: SignIn
) -> None:
    one = await sign_in("operator")
    me = (await one.get("/api/v1/me")).json()
    async with context.db.tx() as tx:
        assert await sessions.revoke(tx, me["account_id"], reason="uji") == 1
    assert (await one.get("/api/v1/me")).status_code == 401
    async with context.db.read() as tx:
        kinds = [
            row["kind"]
            for row in await tx.fetch(
                "SELECT kind FROM event WHERE subject_id = $1 AND subject_type = 'account' "
                "ORDER BY id",
                me["account_id"],
            )
        ]
    assert kinds == ["account.created", "account.login", "account.revoked"]


async def test_disabling_an_account_ends_its_sessions(context: Context, sign_in: SignIn) -> None:
    one = await sign_in("operator")
    account_id = (await one.get("/api/v1/me")).json()["account_id"]
    async with context.db.tx() as tx:
        await accounts.disable(tx, account_id)
    assert (await one.get("/api/v1/me")).status_code == 401


async def test_session_ends_when_idle_or_old(context: Context, sign_in: SignIn) -> None:
    for change in (
        "seen_at = seen_at - interval '13 hours'",
        "expires_at = clock_timestamp() - interval '1 second'",
    ):
        one = await sign_in("operator")
        assert (await one.get("/api/v1/me")).status_code == 200
        async with context.db.tx() as tx:
            await tx.execute(
                f"UPDATE session SET {change} WHERE token_hash = $1",
                token_hash(one.cookies["siponcega"]),
            )
        assert (await one.get("/api/v1/me")).status_code == 401, change


async def test_logout_ends_the_session_on_the_server(sign_in: SignIn, app: FastAPI) -> None:
    one = await sign_in("operator")
    token = one.cookies["siponcega"]
    assert (await one.post("/keluar")).status_code == 303
    async with browser(app) as thief:
        thief.cookies.set("siponcega", token)
        assert (await thief.get("/api/v1/me")).status_code == 401


async def test_staff_enrols_a_second_factor_and_a_code_works_once(
    app: FastAPI, context: Context
) -> None:
    account_id, login = await make_account(context, "operator", demo=False)
    async with browser(app) as one, browser(app) as other:
        answer = await password_step(one, login, "/api/v1/me")
        assert answer.headers["location"] == "/masuk/kode?ke=%2Fapi%2Fv1%2Fme"
        half = one.cookies["siponcega"]
        assert (await one.get("/api/v1/me")).status_code == 401, "a password alone opens nothing"

        page = await one.get("/masuk/kode")
        secret = await secret_of(context, account_id)
        assert secret in page.text
        code = pyotp.TOTP(secret).now()
        done = await one.post("/masuk/kode", data={"code": code, "ke": "/api/v1/me"})
        assert done.headers["location"] == "/api/v1/me"
        assert one.cookies["siponcega"] != half, "the token changes with the rights"
        assert (await one.get("/api/v1/me")).status_code == 200

        async with browser(app) as thief:
            thief.cookies.set("siponcega", half)
            assert (await thief.get("/masuk/kode")).status_code == 401

        await password_step(other, login)
        assert secret not in (await other.get("/masuk/kode")).text
        replay = await other.post("/masuk/kode", data={"code": code})
        assert replay.status_code == 401
        assert (await other.get("/api/v1/me")).status_code == 401


async def test_totp_steps_cannot_go_backwards(context: Context) -> None:
    account_id, _ = await make_account(context, "auditor", demo=False)
    now = time.time()
    async with context.db.tx() as tx:
        secret = await totp.begin(tx, context.vault, account_id)
        codes = pyotp.TOTP(secret)
        earlier, later = codes.at(now - 30), codes.at(now)
        assert not await totp.use(tx, context.vault, account_id, codes.at(now - 90), at=now)
        assert await totp.use(tx, context.vault, account_id, later, at=now)
        assert not await totp.use(tx, context.vault, account_id, later, at=now)
        assert not await totp.use(tx, context.vault, account_id, earlier, at=now)
        assert not await totp.use(tx, context.vault, account_id, "١٢٣٤٥٦", at=now)
    async with context.db.read() as tx:
        blob = await tx.fetchval(
            "SELECT secret_enc FROM account_totp WHERE account_id = $1", account_id
        )
    assert secret.encode() not in blob


async def test_five_wrong_codes_end_the_half_session(
    app: FastAPI, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "LONGEST_DELAY_S", 0.0)
    _, login = await make_account(context, "operator", demo=False)
    async with browser(app) as one:
        await password_step(one, login)
        await one.get("/masuk/kode")
        answers = [await one.post("/masuk/kode", data={"code": "000000"}) for _ in range(5)]
        assert [a.status_code for a in answers] == [401, 401, 401, 401, 303]
        assert (await one.get("/masuk/kode")).status_code == 401


async def test_only_our_own_pages_may_sign_in_or_act(app: FastAPI, sign_in: SignIn) -> None:
    async with browser(app) as one:
        for headers in (
            {"Origin": "https://jahat.example"},
            {"Origin": BASE, "Sec-Fetch-Site": "cross-site"},
            {"Origin": ""},
        ):
            answer = await one.post("/masuk", data={"login": "x"}, headers=headers)
            assert answer.status_code == 403, headers
    one = await sign_in("operator")
    assert (await one.post("/api/v1/t/desk")).status_code == 200
    for foreign in ("https://jahat.example", "null", ""):
        answer = await one.post("/api/v1/t/desk", headers={"Origin": foreign})
        assert answer.status_code == 403, foreign
    ours = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}  # a form on a no-referrer page
    assert (await one.post("/api/v1/t/desk", headers=ours)).is_success
    assert (await one.get("/api/v1/t/desk", headers={"Origin": "https://x.example"})).is_success


@pytest.mark.parametrize("target", ["//jahat.example", "/\\jahat.example", "https://jahat.example"])
async def test_sign_in_never_sends_elsewhere(
    client: httpx.AsyncClient, context: Context, target: str
) -> None:
    _, login = await make_account(context, "operator")
    assert (await password_step(client, login, target)).headers["location"] == "/konsol"


async def test_one_time_link_works_once_and_forgets_the_second_factor(
    app: FastAPI, context: Context, sign_in: SignIn
) -> None:
    signed_in = await sign_in("admin")
    account_id = (await signed_in.get("/api/v1/me")).json()["account_id"]
    async with context.db.tx() as tx:
        await totp.begin(tx, context.vault, account_id)
        old = await accounts.make_link(tx, account_id, "reset")
        token = await accounts.make_link(tx, account_id, "reset")
    async with browser(app) as one:
        assert (await one.get(f"/tautan/{old}")).status_code == 404, "a newer link replaces it"
        page = await one.get(f"/tautan/{token}")
        assert page.headers["referrer-policy"] == "same-origin", "sent to nobody else"
        weak = {"password": "pendek", "again": "pendek"}
        assert (await one.post(f"/tautan/{token}", data=weak)).status_code == 422
        unequal = {"password": "empat kapal merah", "again": "empat kapal biru"}
        assert (await one.post(f"/tautan/{token}", data=unequal)).status_code == 422
        new = {"password": "empat kapal merah", "again": "empat kapal merah"}
        assert (await one.post(f"/tautan/{token}", data=new)).status_code == 303
        assert (await one.post(f"/tautan/{token}", data=new)).status_code == 404
    assert (await signed_in.get("/api/v1/me")).status_code == 401
    async with context.db.read() as tx:
        assert await tx.fetchval(
            "SELECT count(*) = 0 FROM account_totp WHERE account_id = $1", account_id
        )
        with pytest.raises(NotFound):
            await accounts.redeem_link(tx, token, "empat kapal merah")


async def test_changing_the_password_ends_the_other_sessions(
    app: FastAPI, context: Context
) -> None:
    _, login = await make_account(context, "supervisor")
    async with browser(app) as one, browser(app) as other:
        for each in (one, other):
            await password_step(each, login)
        assert "/akun/sesi/akhiri" in (await one.get("/akun")).text
        new = {"password": "lima perahu hijau", "again": "lima perahu hijau"}
        wrong = await one.post("/akun/sandi", data={"current": "salah salah salah", **new})
        assert wrong.status_code == 422
        done = await one.post("/akun/sandi", data={"current": PASSWORD, **new})
        assert done.status_code == 200
        assert (await one.get("/api/v1/me")).status_code == 200
        assert (await other.get("/api/v1/me")).status_code == 401


async def test_a_session_of_somebody_else_cannot_be_ended(sign_in: SignIn) -> None:
    mine, theirs = await sign_in("operator"), await sign_in("operator")
    page = (await theirs.get("/akun")).text
    assert "sesi ini" in page
    for guess in range(1, 200):
        if (await mine.post("/akun/sesi/akhiri", data={"id": guess})).status_code == 303:
            break
    assert (await theirs.get("/api/v1/me")).status_code == 200
