"""The log: order under late commits, a chain that shows every change, a table nobody can edit."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

from core.db import Database, Tx
from core.events import append, head, read, timeline
from core.events.chain import verify
from core.events.kinds import IncidentRef
from core.events.sequencer import seal

ALTER = "ALTER TABLE event {} TRIGGER event_guard"


@pytest.fixture
async def log(fresh_db: Database) -> AsyncIterator[Database]:
    yield fresh_db


async def say(tx: Tx, incident_id: int, kind: str = "incident.changed") -> int:
    return await append(tx, kind, IncidentRef(incident_id=incident_id), incident_id=incident_id)


async def sealed(db: Database, batch: int = 100) -> int:
    async with db.tx() as tx:
        return await seal(tx, batch)


async def seen(db: Database, after: int = 0) -> list[tuple[int | None, int]]:
    async with db.read() as tx:
        return [(event.position, event.id) for event in await read(tx, after)]


async def test_two_that_commit_in_the_reverse_order_of_their_ids_are_both_read(
    log: Database,
) -> None:
    """The reader looks between the two commits, where a cursor over ids would lose the first."""
    async with log.tx() as slow:
        first = await say(slow, 1)
        async with log.tx() as quick:
            second = await say(quick, 2)
        assert second > first
        assert await sealed(log) == 1
        assert await seen(log) == [(1, second)]
        cursor = 1
    assert await sealed(log) == 1
    assert await seen(log, cursor) == [(2, first)]
    assert await seen(log) == [(1, second), (2, first)]
    async with log.read() as tx:
        assert (await verify(tx)).ok


async def test_what_rolls_back_leaves_no_hole(log: Database) -> None:
    async with log.tx() as tx:
        await say(tx, 1)
    with pytest.raises(RuntimeError):
        async with log.tx() as tx:
            await say(tx, 1)
            raise RuntimeError
    async with log.tx() as tx:
        await say(tx, 1)
    await sealed(log)
    assert [position for position, _ in await seen(log)] == [1, 2]


async def test_one_sequencer_at_a_time(log: Database) -> None:
    async with log.tx() as tx:
        await say(tx, 1)
    async with log.tx() as mine:
        assert await seal(mine) == 1
        assert await sealed(log) == 0  # the other process waits for nobody and takes nothing
    assert [position for position, _ in await seen(log)] == [1]


async def test_a_batch_is_sealed_in_the_order_of_ids_and_goes_on_where_it_stopped(
    log: Database,
) -> None:
    async with log.tx() as tx:
        ids = [await say(tx, 1) for _ in range(7)]
    assert [await sealed(log, batch=3) for _ in range(4)] == [3, 3, 1, 0]
    assert await seen(log) == list(enumerate(ids, start=1))
    async with log.read() as tx:
        assert await head(tx) == 7
        assert [e.id for e in await timeline(tx, 1, after_id=ids[2])] == ids[3:]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET kind = 'incident.closed'",
        "UPDATE event SET payload = '{}'",
        "UPDATE event SET position = NULL, hash = NULL WHERE position = 1",
        "UPDATE event SET hash = '\\x00' WHERE position = 1",
        "DELETE FROM event",
        "TRUNCATE event",
    ],
)
async def test_the_table_refuses_to_be_edited(log: Database, statement: str) -> None:
    async with log.tx() as tx:
        await say(tx, 1)
    await sealed(log)
    with pytest.raises(asyncpg.PostgresError):
        async with log.tx() as tx:
            await tx.execute(statement)
    async with log.read() as tx:
        assert (await verify(tx)).ok


async def three(log: Database) -> list[int]:
    async with log.tx() as tx:
        ids = [await say(tx, n) for n in (1, 2, 3)]
    await sealed(log)
    return ids


async def tamper(log: Database, statement: str) -> None:
    """As somebody with the database's own rights could."""
    async with log.tx() as tx:
        await tx.execute(ALTER.format("DISABLE"))
        await tx.execute(statement)
        await tx.execute(ALTER.format("ENABLE"))


@pytest.mark.parametrize(
    "change",
    [
        "payload = jsonb_set(payload, '{incident_id}', '9')",
        "kind = 'incident.closed'",
        "at = at + interval '1 microsecond'",
        "audience = 'desk'",
        "agencies = '{7}'",
        "actor_id = 1",
        "incident_id = 9",
        "device_at = at",
        "subject_id = 4",
    ],
)
async def test_one_changed_value_is_named(log: Database, change: str) -> None:
    ids = await three(log)
    await tamper(log, f"UPDATE event SET {change} WHERE position = 2")
    async with log.read() as tx:
        verdict = await verify(tx)
    assert not verdict.ok
    assert (verdict.broken_at, verdict.event_id, verdict.checked) == (2, ids[1], 1)


async def test_a_removed_row_is_named(log: Database) -> None:
    await three(log)
    await tamper(log, "DELETE FROM event WHERE position = 2")
    async with log.read() as tx:
        verdict = await verify(tx)
    assert (verdict.ok, verdict.broken_at, verdict.problem) == (
        False,
        2,
        "position 2 is missing",
    )


async def test_a_removed_end_is_named(log: Database) -> None:
    await three(log)
    await tamper(log, "DELETE FROM event WHERE position = 3")
    async with log.read() as tx:
        verdict = await verify(tx)
    assert (verdict.ok, verdict.broken_at) == (False, 3)


async def test_a_chain_rewritten_whole_is_caught_by_the_anchor(log: Database) -> None:
    await three(log)
    async with log.read() as tx:
        noted = await verify(tx)
    anchor = (noted.checked, noted.head)
    await tamper(
        log,
        "UPDATE event SET position = NULL, hash = NULL; "
        "UPDATE event SET actor_id = 1 WHERE incident_id = 2; "
        "UPDATE event_head SET position = 0, hash = decode(repeat('00', 32), 'hex')",
    )
    await sealed(log)
    async with log.read() as tx:
        assert (await verify(tx)).ok
        caught = await verify(tx, anchor=anchor)
        assert (caught.ok, caught.broken_at, caught.problem) == (
            False,
            3,
            "differs from the anchor",
        )
    async with log.tx() as tx:
        await say(tx, 4)
    await sealed(log)
    async with log.read() as tx:
        assert (await verify(tx, anchor=(5, noted.head))).problem == "shorter than the anchor"


async def test_an_undeclared_kind_or_another_payload_is_refused(log: Database) -> None:
    async with log.tx() as tx:
        with pytest.raises(KeyError):
            await append(tx, "incident.invented", IncidentRef(incident_id=1))
        with pytest.raises(TypeError):
            await append(tx, "report.created", IncidentRef(incident_id=1))


async def test_a_log_that_grows_while_it_is_verified_is_intact(log: Database) -> None:
    await three(log)

    class WhileOthersWrite(Tx):
        async def fetch(self, sql: str, *args: object) -> list[asyncpg.Record]:
            found = await super().fetch(sql, *args)
            if not found:
                async with log.tx() as other:
                    await say(other, 4)
                await sealed(log)
            return found

    async with log.read() as tx:
        verdict = await verify(WhileOthersWrite(tx.conn))
    assert (verdict.ok, verdict.checked, verdict.problem) == (True, 3, None)


async def test_a_row_beyond_the_head_is_named(log: Database) -> None:
    await three(log)
    await tamper(
        log,
        "INSERT INTO event (kind, audience, actor_kind, payload, position, hash) "
        "VALUES ('incident.changed', 'staff', 'system', '{}', 4, '\\x00')",
    )
    async with log.read() as tx:
        verdict = await verify(tx)
    assert (verdict.ok, verdict.broken_at, verdict.problem) == (False, 4, "events beyond the head")
