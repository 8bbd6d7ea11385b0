"""Readiness names what is degraded and since when."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI
from redis.asyncio import Redis

from core import heartbeat
from core.context import Context
from core.db import Database
from core.events import append
from core.events.kinds import ContactRef
from core.events.sequencer import seal
from core.web import health
from tests.core.conftest import browser


async def ready(
    client: httpx.AsyncClient,
) -> tuple[int, dict[str, object], dict[str, dict[str, str]]]:
    answer = await client.get("/readyz")
    document = answer.json()
    return answer.status_code, document, document["parts"]


async def test_all_well(client: httpx.AsyncClient, context: Context) -> None:
    async with context.db.tx() as tx:
        await heartbeat.beat(tx, "worker")
        while await seal(tx):
            pass
    status, document, parts = await ready(client)
    assert (status, document["status"], document["degraded"]) == (200, "ok", [])
    assert {part["status"] for part in parts.values()} == {"ok"}
    assert (await client.get("/healthz")).json() == {"status": "ok"}


async def test_a_silent_worker_and_waiting_events_are_named(
    client: httpx.AsyncClient, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "UNSEALED_S", -1.0)
    async with context.db.tx() as tx:
        await heartbeat.beat(tx, "worker")
        await tx.execute("UPDATE heartbeat SET at = at - interval '1 minute'")
        await append(tx, "contact.received", ContactRef(contact_id=1))
    status, document, parts = await ready(client)
    assert (status, document["degraded"]) == (200, ["sequencer", "worker"])
    assert "silent for 60 s" in parts["worker"]["detail"]
    since = parts["worker"]["since"]
    assert (await ready(client))[2]["worker"]["since"] == since
    async with context.db.tx() as tx:
        await heartbeat.beat(tx, "worker")
    assert "since" not in (await ready(client))[2]["worker"]


async def test_reports_still_come_in_without_redis_but_not_without_database(
    app: FastAPI, context: Context
) -> None:
    context.redis = Redis.from_url("unix:///tmp/tidak-ada.sock")
    async with browser(app) as one:
        status, document, parts = await ready(one)
        assert status == 200
        assert "redis" in document["degraded"]  # type: ignore[operator]
        assert parts["redis"]["detail"].startswith("not answering")
        assert (await one.post("/masuk", data={"login": "x", "password": "y"})).status_code == 401

        pool = context.db.pool
        closed = await Database.open(context.settings)
        await closed.close()
        context.db.pool = closed.pool
        try:
            assert (await ready(one))[0] == 503
            answer = await one.get("/api/v1/t/read")
            assert answer.status_code == 503
            assert answer.headers["retry-after"] == "2"
        finally:
            context.db.pool = pool
    await context.redis.aclose()
