"""Consumers: each event once, in order; a poison one set aside; a failing database repeats all."""

from __future__ import annotations

import asyncio

import pytest

from core.db import Database, Tx
from core.errors import Unavailable
from core.events import Event, append
from core.events.consume import Consumer, step
from core.events.kinds import IncidentRef
from core.events.sequencer import seal


async def happen(db: Database, *incidents: int, kind: str = "incident.changed") -> None:
    async with db.tx() as tx:
        for incident_id in incidents:
            await append(tx, kind, IncidentRef(incident_id=incident_id))
        await seal(tx)
    async with db.tx() as tx:
        await seal(tx)


class Notes:
    """A consumer that writes what it heard into the database, and fails where told."""

    def __init__(self, name: str, *poison: int, error: type[Exception] = ValueError) -> None:
        self.poison, self.error = set(poison), error
        self.consumer = Consumer(name, self.hear, ("incident.",))

    async def hear(self, tx: Tx, event: Event) -> None:
        incident = event.payload["incident_id"]
        await tx.execute("INSERT INTO heard VALUES ($1, $2)", self.consumer.name, incident)
        if incident in self.poison:
            raise self.error("told to")

    async def heard(self, db: Database) -> list[int]:
        async with db.read() as tx:
            rows = await tx.fetch(
                "SELECT incident FROM heard WHERE name = $1 ORDER BY n", self.consumer.name
            )
        return [row["incident"] for row in rows]


@pytest.fixture
async def log(fresh_db: Database) -> Database:
    async with fresh_db.tx() as tx:
        await tx.execute(
            "CREATE TABLE heard (name text, incident bigint, n bigint GENERATED ALWAYS AS IDENTITY)"
        )
    return fresh_db


async def all_of(db: Database, consumer: Consumer) -> None:
    await step(db, consumer)  # makes the cursor on first use
    while await step(db, consumer, limit=2):
        pass


async def test_each_event_once_in_order_over_many_steps(log: Database) -> None:
    notes = Notes("notes")
    await happen(log, 1, 2, 3, 4, 5)
    await all_of(log, notes.consumer)
    await all_of(log, notes.consumer)
    assert await notes.heard(log) == [1, 2, 3, 4, 5]


async def test_kinds_that_are_not_wanted_are_passed(log: Database) -> None:
    notes = Notes("notes")
    await happen(log, 1)
    async with log.tx() as tx:
        await tx.execute(
            "INSERT INTO event (kind, audience, actor_kind, payload) "
            "VALUES ('unit.created', 'staff', 'system', '{\"unit_id\": 1}')"
        )
    await happen(log, 2)
    await all_of(log, notes.consumer)
    assert await notes.heard(log) == [1, 2]


async def test_a_poison_event_is_set_aside_and_undone_alone(log: Database) -> None:
    notes = Notes("notes", 2)
    await happen(log, 1, 2, 3)
    await all_of(log, notes.consumer)
    assert await notes.heard(log) == [1, 3]
    async with log.read() as tx:
        failures = await tx.fetch(
            "SELECT f.consumer, f.error, e.payload FROM event_failure f JOIN event e ON e.id = f.event_id"
        )
    assert [(f["consumer"], f["error"], f["payload"]) for f in failures] == [
        ("notes", "ValueError", {"incident_id": 2})
    ]


async def test_a_database_that_is_away_is_no_fault_of_the_event(log: Database) -> None:
    notes = Notes("notes", 2, error=Unavailable)
    await happen(log, 1, 2, 3)
    await step(log, notes.consumer)
    with pytest.raises(Unavailable):
        await step(log, notes.consumer)
    assert await notes.heard(log) == []
    notes.poison.clear()
    await all_of(log, notes.consumer)
    assert await notes.heard(log) == [1, 2, 3]
    async with log.read() as tx:
        assert await tx.fetchval("SELECT count(*) FROM event_failure") == 0


async def test_two_workers_share_one_cursor(log: Database) -> None:
    notes = Notes("notes")
    await step(log, notes.consumer)
    await happen(log, *range(1, 41))

    async def worker() -> None:
        idle = 0
        while idle < 3:
            idle = 0 if await step(log, notes.consumer, limit=3) else idle + 1

    await asyncio.gather(worker(), worker(), worker())
    await all_of(log, notes.consumer)
    assert await notes.heard(log) == list(range(1, 41))
