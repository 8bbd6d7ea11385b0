"""The database: one asyncpg pool, one kind of transaction (`Tx`), commits only at the edge.

Every statement of the application runs on a `Tx`: hand-written SQL through its methods, SQLAlchemy
Core statements through `core.sql`. A transaction commits when its `async with` ends, so a response
built inside it never claims what a failing commit would take back (invariant 12).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import msgspec

from core.actor import SYSTEM, Actor
from core.errors import Unavailable
from core.settings import Settings

Row = asyncpg.Record

# What a dead, restarting or overfull server looks like from here.
DOWN = (
    ConnectionError,
    TimeoutError,
    asyncpg.InterfaceError,
    # A statement on a connection whose server has said farewell and not hung up yet.
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    # The server chose this transaction to give way; nothing of it stands, so it may be repeated.
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
)
# A statement that ran out of its time, mostly waiting for a lock: for a caller the same as down. Not
# in DOWN: who repeats its work for ever when the server is down must not repeat this.
PUT_OFF = (*DOWN, asyncpg.QueryCanceledError)
ACQUIRE_TIMEOUT_S = 5.0
CLAIM_IDLE_S = 5.0
"""`idle_s` of transactions that hold a claim on work: another worker waits for no longer."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class Tx:
    """A connection inside a transaction (or reading outside one), with its actor.

    Methods mirror asyncpg's: `$1` parameters, `asyncpg.Record` rows.
    """

    __slots__ = ("_callbacks", "_savepoints", "actor", "conn", "events")

    def __init__(self, conn: Any, actor: Actor = SYSTEM) -> None:
        self.conn = conn
        self.actor = actor
        self.events = 0
        self._callbacks: list[Callable[[], None]] = []
        self._savepoints = 0

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        return await self.conn.fetch(sql, *args)  # type: ignore[no-any-return]

    async def fetchrow(self, sql: str, *args: Any) -> Row | None:
        return await self.conn.fetchrow(sql, *args)  # type: ignore[no-any-return]

    async def fetchval(self, sql: str, *args: Any) -> Any:
        return await self.conn.fetchval(sql, *args)

    async def execute(self, sql: str, *args: Any) -> str:
        return await self.conn.execute(sql, *args)  # type: ignore[no-any-return]

    async def executemany(self, sql: str, args: Iterable[Sequence[Any]]) -> None:
        await self.conn.executemany(sql, args)

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Run `callback` once, after a successful commit; it must not block nor raise."""
        self._callbacks.append(callback)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """What fails inside is undone alone; the exception still propagates."""
        self._savepoints += 1
        name = f"s{self._savepoints}"
        await self.conn.execute(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            await self.conn.execute(f"ROLLBACK TO {name}; RELEASE {name}")
            raise
        await self.conn.execute(f"RELEASE {name}")


class Database:
    """The pool of this process. `on_events` is called after each commit that wrote events."""

    def __init__(self, pool: Any) -> None:
        self.pool = pool
        self.on_events: Callable[[], None] | None = None

    @classmethod
    async def open(cls, settings: Settings) -> Database:
        """Connect to `settings.database_url`. Raises what asyncpg raises when it cannot."""
        pool = await asyncpg.create_pool(
            settings.database_url,
            min_size=settings.pool_min,
            max_size=settings.pool_max,
            init=prepare_connection,
            reset=_no_reset,
            timeout=ACQUIRE_TIMEOUT_S,
            command_timeout=settings.statement_timeout_ms / 1000 + 5,
            max_inactive_connection_lifetime=0,
            server_settings={
                "application_name": "siponcega",
                "jit": "off",
                # The hot statements are many CTEs over tiny index look-ups: planning them anew
                # each time costs more than running them.
                "plan_cache_mode": "force_generic_plan",
                "statement_timeout": str(settings.statement_timeout_ms),
                "idle_in_transaction_session_timeout": "30000",
            },
        )
        return cls(pool)

    async def close(self) -> None:
        try:
            await asyncio.wait_for(self.pool.close(), 5)
        except TimeoutError:
            self.pool.terminate()

    @asynccontextmanager
    async def tx(
        self, actor: Actor = SYSTEM, locks: Sequence[int] = (), idle_s: float | None = None
    ) -> AsyncIterator[Tx]:
        """A transaction: commits at the end, rolls back on an exception.

        locks: advisory locks to hold until its end, ascending; taken in the same round trip as
        BEGIN, and before any statement's snapshot. idle_s: after so long without a statement the
        server ends it and frees what it holds, should this process be frozen or cut off. Raises
        `Unavailable` when the server is down.
        """
        begin = "BEGIN"
        if idle_s is not None:
            begin += f"; SET LOCAL idle_in_transaction_session_timeout = {round(idle_s * 1000)}"
        if locks:
            begin += "; SELECT " + ", ".join(f"pg_advisory_xact_lock({int(key)})" for key in locks)
        conn = await self._acquire()
        tx = Tx(conn, actor)
        try:
            await conn.execute(begin)
            try:
                yield tx
            except BaseException:
                if not conn.is_closed():
                    await conn.execute("ROLLBACK")
                raise
            await conn.execute("COMMIT")
        except PUT_OFF as error:
            if isinstance(error, ValueError):  # asyncpg's own complaint about an argument
                raise
            raise Unavailable from error
        finally:
            await self._release(conn)
        self.committed(tx)

    @asynccontextmanager
    async def read(self, actor: Actor = SYSTEM) -> AsyncIterator[Tx]:
        """A connection without a transaction: each statement stands (and commits) alone."""
        conn = await self._acquire()
        try:
            tx = Tx(conn, actor)
            yield tx
        except PUT_OFF as error:
            if isinstance(error, ValueError):  # asyncpg's own complaint about an argument
                raise
            raise Unavailable from error
        finally:
            await self._release(conn)
        self.committed(tx)

    def committed(self, tx: Tx) -> None:
        """Tell who waits: run the callbacks, ring for new events."""
        if tx.events and self.on_events is not None:
            self.on_events()
        for callback in tx._callbacks:
            callback()

    async def _acquire(self) -> Any:
        try:
            return await self.pool.acquire(timeout=ACQUIRE_TIMEOUT_S)
        except (*DOWN, FileNotFoundError) as error:  # a unix socket that is not there yet
            raise Unavailable from error

    async def _release(self, conn: Any) -> None:
        with contextlib.suppress(asyncpg.InterfaceError):  # lost: the pool has taken it back
            if not conn.is_closed() and conn.is_in_transaction():
                conn.terminate()  # its rollback failed or was cancelled: never hand it on
        await self.pool.release(conn)


async def prepare_connection(conn: Any) -> None:
    """Teach a new connection JSON, as every statement of the application expects it."""
    await conn.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        format="binary",
        encoder=lambda value: b"\x01" + _encode(value),
        decoder=lambda data: _decode(data[1:]),
    )


async def _no_reset(conn: Any) -> None:
    """asyncpg's own reset is a hidden round trip; nothing here leaves session state behind."""
