"""Headers on every answer, and bodies that are too large."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import Message

from core.context import Context
from core.settings import Mode, Settings
from core.web.identity import cookie_name
from core.web.protect import POLICY, TEXT_LIMIT_BYTES

RAW = "/api/v1/t/raw"


@pytest.mark.parametrize("path", ["/api/v1/t/public", "/masuk", "/tidak-ada", "/api/v1/t/boom"])
async def test_every_answer_carries_the_headers(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"
    assert len(headers["x-request-id"]) == 16


def test_the_policy_lets_nothing_inline_run() -> None:
    assert "unsafe" not in POLICY
    assert "default-src 'none'" in POLICY


@pytest.mark.parametrize("path", ["/masuk", "/docs"])
async def test_pages_have_no_inline_script_or_style(client: httpx.AsyncClient, path: str) -> None:
    page = (await client.get(path)).text
    assert "<script" not in page.replace("<script src", "").replace('<script type="module" src', "")
    assert " style=" not in page
    assert "<style" not in page


async def chunks(total: int) -> AsyncIterator[bytes]:
    for _ in range(total // 4_096):
        yield b"x" * 4_096


async def test_64_kib_reach_the_route_and_more_is_413(client: httpx.AsyncClient) -> None:
    fits = await client.post(RAW, content=b"x" * TEXT_LIMIT_BYTES)
    assert fits.json() == {"bytes": TEXT_LIMIT_BYTES}
    for body in (b"x" * (TEXT_LIMIT_BYTES + 1), b"x" * 1_000_000):
        answer = await client.post(RAW, content=body)
        assert answer.status_code == 413
        assert "64 kB" in answer.json()["detail"]


async def test_undeclared_length_is_counted(client: httpx.AsyncClient) -> None:
    assert (await client.post(RAW, content=chunks(65_536))).json() == {"bytes": 65_536}
    assert (await client.post(RAW, content=chunks(131_072))).status_code == 413


async def test_a_body_that_comes_slowly_holds_no_connection(app: FastAPI, context: Context) -> None:
    """Its handler opens a transaction first and reads then: it must not begin before all is here."""
    arrived, halfway = asyncio.Event(), asyncio.Event()
    sent: list[Message] = []

    async def receive() -> Message:
        if not halfway.is_set():
            halfway.set()
            return {"type": "http.request", "body": b"tol", "more_body": True}
        await arrived.wait()
        return {"type": "http.request", "body": b"ong", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/api/v1/t/slow", "query_string": b"",
        "headers": [(b"host", b"127.0.0.1:8000"), (b"content-length", b"6")],
        "client": ("203.0.113.7", 1), "server": ("127.0.0.1", 8000), "scheme": "http",
        "http_version": "1.1", "raw_path": b"/api/v1/t/slow", "root_path": "",
    }  # fmt: skip
    before = context.db.pool.get_size() - context.db.pool.get_idle_size()
    task = asyncio.create_task(app(scope, receive, send))
    await halfway.wait()
    await asyncio.wait({task}, timeout=0.2)  # time enough to take one
    assert context.db.pool.get_size() - context.db.pool.get_idle_size() == before
    arrived.set()
    await task
    assert b"".join(m.get("body", b"") for m in sent) == b'{"bytes":6}'


async def test_the_content_length_must_be_a_number(client: httpx.AsyncClient) -> None:
    answer = await client.post(RAW, content=chunks(4_096), headers={"Content-Length": "-1"})
    assert answer.status_code == 413


def test_the_cookie_is_bound_to_the_host_in_production() -> None:
    assert cookie_name(Settings(mode=Mode.production)).startswith("__Host-")


async def test_static_files_by_digest_are_kept_for_ever(client: httpx.AsyncClient) -> None:
    page = (await client.get("/masuk")).text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    kept = await client.get(address)
    assert kept.status_code == 200
    assert "immutable" in kept.headers["cache-control"]
    plain = await client.get(address.split("?")[0])
    assert plain.headers["cache-control"] == "public, no-cache"
    vendor = await client.get("/static/vendor/preact/package.json")
    assert vendor.status_code == 200
    assert (await client.get("/static/vendor/pbf/package.json")).status_code == 404
    assert (await client.get("/static/core/../problems.py")).status_code == 404
