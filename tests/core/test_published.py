"""The worker's numbers on the page of the process that has one."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client import Counter
from prometheus_client.parser import text_string_to_metric_families

from core import published
from core.context import Context

SENT = Counter("siponcega_uji_sent_total", "Contoh", ["lane"])


async def test_the_workers_numbers_stand_beside_our_own(
    app: FastAPI, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    SENT.labels("life").inc(3)
    monkeypatch.setattr(published.os, "getpid", lambda: 4711)
    async with context.db.tx() as tx:
        await published.publish(tx, "worker")
    SENT.labels("life").inc()
    here = httpx.ASGITransport(app, client=("127.0.0.1", 50_000))
    async with httpx.AsyncClient(transport=here, base_url="http://127.0.0.1:8000") as scraper:
        page = await scraper.get("/metrics")
    assert page.status_code == 200
    families = list(text_string_to_metric_families(page.text))
    names = [family.name for family in families]
    assert len(names) == len(set(names)), "each family once"
    (ours,) = [family for family in families if family.name == "siponcega_uji_sent"]
    found = {
        sample.labels.get("process", "").partition(":")[0]: sample.value
        for sample in ours.samples
        if sample.name.endswith("_total")
    }
    assert found == {"": 4.0, "worker": 3.0}
    assert "python_info" in names and page.text.count("# TYPE python_info") == 1


async def test_a_worker_that_is_gone_is_not_shown_and_is_forgotten(context: Context) -> None:
    async with context.db.tx() as tx:
        await tx.execute("DELETE FROM heartbeat")
        await published.publish(tx, "worker")
        await tx.execute("UPDATE heartbeat SET at = at - interval '2 minutes'")
        assert await published.published(tx) == []
        await tx.execute("UPDATE heartbeat SET at = at - interval '2 days', name = name || 'x'")
        await published.publish(tx, "worker")
        assert await tx.fetchval("SELECT count(*) FROM heartbeat") == 1
