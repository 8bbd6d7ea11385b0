"""What failed is done again by its consumer, once; a failed message goes out as a new one, once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.db import Tx
from core.events import Event, failures, sequencer
from core.events.consume import Consumer
from core.settings import Settings
from dispatch.inbound import Inbound
from siponcega.worker import WorkerContext, opened
from tests.fixtures.cluster import Servers
from tests.fixtures.rooms import make_settings
from tests.fixtures.server import ROOT, Seeded

SET_ASIDE = """
INSERT INTO event_failure (consumer, event_id, error)
SELECT $1, max(id), 'ValueError' FROM event WHERE kind = 'report.created' RETURNING event_id
"""


@pytest.fixture
async def context(
    cluster: Servers, seeded: Seeded, seeded_database_url: str, tmp_path: Path
) -> AsyncIterator[WorkerContext]:
    settings = make_settings(seeded_database_url, cluster.redis_url, tmp_path)
    async with opened(settings) as made:
        yield made


async def set_aside(context: WorkerContext, consumer: str) -> int:
    """A report whose event this consumer could not handle; the event's id."""
    await context.intake.take(
        Inbound(
            channel="sms", raw=b"contoh", text="ular masuk rumah di kelurahan bulian",
            phone="+6284000770789",
        )
    )  # fmt: skip
    async with context.db.tx() as tx:
        await sequencer.seal(tx)
        event_id: int = await tx.fetchval(SET_ASIDE, consumer)
    return event_id


def siponcega(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "siponcega", *arguments],
        cwd=ROOT,
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith("SIPONCEGA_")},
            "SIPONCEGA_HOME": str(settings.home),
            "SIPONCEGA_DATABASE_URL": settings.database_url,
            "SIPONCEGA_REDIS_URL": settings.redis_url,
        },
        capture_output=True,
        text=True,
        check=False,
    )


async def test_events_and_messages_are_done_again_once(context: WorkerContext) -> None:
    event_id = await set_aside(context, "notifier.outbox")
    settings = context.settings
    listed = siponcega(settings, "replay", "list", "--json")
    assert listed.returncode == 3
    assert [one["event_id"] for one in json.loads(listed.stdout)] == [event_id]

    again = siponcega(settings, "replay", "events", "--consumer", "notifier.outbox", "--json")
    assert again.returncode == 0, again.stderr
    assert [one["resolved"] for one in json.loads(again.stdout)] == [True]
    async with context.db.read() as tx:
        made = await tx.fetch("SELECT id, template FROM delivery WHERE event_id = $1", event_id)
    assert [row["template"] for row in made] == ["receipt"]
    async with context.db.read() as tx:
        assert await failures.unresolved(tx) == []

    receipt = made[0]["id"]
    async with context.db.tx() as tx:
        await tx.execute("UPDATE delivery SET state = 'failed' WHERE id = $1", receipt)
    sent = siponcega(settings, "replay", "delivery", str(receipt), "--json")
    assert sent.returncode == 0, sent.stderr
    async with context.db.read() as tx:
        new = await tx.fetchrow(
            "SELECT * FROM delivery WHERE id = $1", json.loads(sent.stdout)["delivery_id"]
        )
    assert new is not None
    assert (new["replay_of"], new["state"], new["template"]) == (receipt, "queued", "receipt")
    twice = siponcega(settings, "replay", "delivery", str(receipt))
    assert twice.returncode == 1
    assert "already" in twice.stderr


async def test_what_fails_again_stays_and_is_undone(context: WorkerContext) -> None:
    await set_aside(context, "contoh")
    heard: list[int] = []

    async def handle(tx: Tx, event: Event) -> None:
        await tx.execute("UPDATE gateway_state SET last_error = 'x'")
        heard.append(event.id)
        if len(heard) == 1:
            raise KeyError("poison")

    consumer = Consumer("contoh", handle)
    async with context.db.read() as tx:
        (failure,) = await failures.unresolved(tx, "contoh")
    assert await failures.handle_again(context.db, consumer, failure["id"]) == "KeyError"
    async with context.db.read() as tx:
        (still,) = await failures.unresolved(tx, "contoh")
    assert still["error"] == "KeyError"
    assert await failures.handle_again(context.db, consumer, failure["id"]) is None
    assert await failures.handle_again(context.db, consumer, failure["id"]) is None
    assert heard == [failure["event_id"]] * 2, "resolved: not handled a third time"
    async with context.db.read() as tx:
        assert await failures.unresolved(tx, "contoh") == []
