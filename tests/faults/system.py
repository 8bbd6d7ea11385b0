"""The whole system on durable servers of its own, every part of which a test may hurt.

Tests here are plain functions: the main thread starts and kills processes (a child dies with the
thread that started it), clients and consoles live in threads beside it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
import psutil

from core.db import Database, Tx
from core.events.chain import Verdict, verify
from core.privacy import Vault
from siponcega.cluster import ClusterError, PrivateCluster
from tests.fixtures.server import Server

WITHIN_S = 40.0
LOOK_EVERY_S = 0.02

T = TypeVar("T")


def until(look: Callable[[], T | None], what: str, within_s: float = WITHIN_S) -> T:
    """What `look` returns once it is something true; a fault that lasts longer fails the test."""
    end = time.monotonic() + within_s
    while True:
        if found := look():
            return found
        if time.monotonic() > end:
            raise AssertionError(f"not within {within_s:.0f} s: {what}")
        time.sleep(LOOK_EVERY_S)


@dataclass(frozen=True, slots=True)
class Ground:
    """Durable servers, and a seeded database in them that every test module gets a copy of."""

    cluster: PrivateCluster
    template: str
    home: Path

    def mend(self) -> None:
        """Start again what a failed test left dead."""
        if self.cluster.redis is None or self.cluster.redis.poll() is not None:
            self.cluster.start_redis()
        if self.cluster.postgres is None or self.cluster.postgres.poll() is not None:
            self.cluster.start_postgres()

    def kill_redis(self) -> None:
        assert self.cluster.redis is not None
        self.cluster.redis.kill()
        self.cluster.redis.wait(10)

    def kill_postgres(self) -> None:
        """kill -9 of the postmaster and of every backend, in no order they could agree upon."""
        assert self.cluster.postgres is not None
        postmaster = psutil.Process(self.cluster.postgres.pid)
        everybody = [postmaster, *postmaster.children(recursive=True)]
        for one in everybody:
            with_signal(one.pid, signal.SIGKILL)
        self.cluster.postgres.wait(10)

    def kill_backend(self) -> None:
        """kill -9 of one busy backend: the postmaster throws everybody out and recovers by itself.

        Returns when it has.
        """
        pid = int(self.cluster.sql(ONE_BACKEND))
        os.kill(pid, signal.SIGKILL)

        def recovered() -> bool:
            try:
                found = self.cluster.sql(f"SELECT pid FROM pg_stat_activity WHERE pid = {pid}")
            except ClusterError:
                return False
            return found == ""

        until(recovered, "PostgreSQL recovered from a killed backend")


ONE_BACKEND = """
SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND usename = 'siponcega'
ORDER BY (state = 'active') DESC LIMIT 1
"""


def with_signal(pid: int, signum: signal.Signals) -> None:
    try:
        os.kill(pid, signum)
    except ProcessLookupError:
        return  # it went by itself, as the others were killed


@dataclass(slots=True)
class System(Server):
    """A `Server` whose database can be asked, frozen parts included. `facts` are for the report."""

    facts: dict[str, float] = field(default_factory=dict)

    def mend(self) -> None:
        """API and worker as they were, after a test that failed half-way, too."""
        for name in [name for name in self.processes if name not in ("serve", "worker")]:
            self.kill(name)
            del self.processes[name]
        for name in ("worker", "serve"):
            if self.processes[name].poll() is None:
                self.thaw(name)
            else:
                self.start(name)

    def clean(self) -> None:
        """As after a quiet week: every unit free, no incident to join, nothing to send."""
        self.sql(CLEAN_SLATE)
        until(lambda: self.value(NOTHING_TO_SEND), "every message has gone out")

    def freeze(self, name: str) -> None:
        """SIGSTOP, as a hypervisor that lends the processor to others."""
        self.processes[name].send_signal(signal.SIGSTOP)
        wanted = psutil.STATUS_STOPPED
        process = psutil.Process(self.processes[name].pid)
        until(lambda: process.status() == wanted, f"{name} is frozen")

    def thaw(self, name: str) -> None:
        self.processes[name].send_signal(signal.SIGCONT)

    def sql(self, statement: str, *args: Any) -> list[asyncpg.Record]:
        """One statement on a connection of its own, outside the application's pool."""

        async def ask() -> list[asyncpg.Record]:
            connection = await asyncpg.connect(self.settings.database_url, timeout=10)
            try:
                return await connection.fetch(statement, *args)  # type: ignore[no-any-return]
            finally:
                await connection.close()

        return asyncio.run(ask())

    def value(self, statement: str, *args: Any) -> Any:
        rows = self.sql(statement, *args)
        return rows[0][0] if rows else None

    def vault(self) -> Vault:
        return Vault.open(self.settings.keys_dir)

    def waits(self, task: str) -> int:
        """How often this task of the worker has found no database so far."""
        log = (self.settings.home / "worker.log").read_text()
        return sum("task_waits" in line and f'"{task}"' in line for line in log.splitlines())

    def audit(self) -> Verdict:
        """As `siponcega audit verify`."""

        async def look(tx: Tx) -> Verdict:
            return await verify(tx)

        async def run() -> Verdict:
            db = await Database.open(self.settings)
            try:
                async with db.read() as tx:
                    return await look(tx)
            finally:
                await db.close()

        return asyncio.run(run())

    def settle(self) -> None:
        """Until every event has its place, every consumer is at the head, no report is pending."""
        until(lambda: self.value(SETTLED), "the worker has caught up")


def open_offer(system: System, after: int) -> asyncpg.Record:
    """The first assignment with a higher id that is offered."""
    wanted = "SELECT * FROM assignment WHERE state = 'offered' AND id > $1 ORDER BY id LIMIT 1"
    return until(lambda: system.sql(wanted, after), "an offer is open")[0]


def last_assignment(system: System) -> int:
    last: int = system.value("SELECT coalesce(max(id), 0) FROM assignment")
    return last


@contextmanager
def dispatching(system: System, *, veto_s: int, offer_timeout_s: int) -> Iterator[None]:
    """Run cards dispatch by themselves, with these clocks."""
    before = system.sql("SELECT id, auto, veto_s, offer_timeout_s FROM run_card")
    system.sql(
        "UPDATE run_card SET auto = true, veto_s = $1, offer_timeout_s = $2",
        veto_s,
        offer_timeout_s,
    )
    try:
        yield
    finally:
        for card in before:
            system.sql(RESTORE_CARD, *card.values())


RESTORE_CARD = "UPDATE run_card SET auto = $2, veto_s = $3, offer_timeout_s = $4 WHERE id = $1"
NOTHING_TO_SEND = "SELECT NOT EXISTS (SELECT FROM delivery WHERE state IN ('queued', 'sending'))"
CLEAN_SLATE = """
WITH clocks AS (
    UPDATE timer SET done_at = now() WHERE done_at IS NULL
), units AS (
    UPDATE assignment SET state = 'cleared', ended_at = now() WHERE assignment_is_live(state)
)
UPDATE incident SET state = 'closed', opened_at = now() - interval '9 days',
    closed_at = now() - interval '8 days'
WHERE state <> 'closed'
"""


@contextmanager
def holding(system: System, lock: str) -> Iterator[None]:
    """`lock` is held by a transaction of ours, until the end or until the servers are gone."""
    with asyncio.Runner() as runner:

        async def take() -> asyncpg.Connection[asyncpg.Record]:
            connection = await asyncpg.connect(system.settings.database_url, timeout=10)
            await connection.execute(f"BEGIN; {lock}")
            return connection

        connection = runner.run(take())
        try:
            yield
        finally:
            runner.run(connection.close())


SETTLED = """
SELECT NOT EXISTS (SELECT FROM event WHERE position IS NULL)
   AND NOT EXISTS (SELECT FROM report WHERE intake = 'pending')
   AND (SELECT min(position) FROM event_cursor) = (SELECT position FROM event_head)
"""
