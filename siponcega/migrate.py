"""Bringing a database to the newest shape, and telling whether it has it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

ROOT = Path(__file__).resolve().parent.parent


def config(database_url: str) -> Config:
    chosen = Config(str(ROOT / "alembic.ini"))
    chosen.attributes["database_url"] = database_url
    return chosen


def upgrade(database_url: str, to: str = "head") -> None:
    """Run every missing migration. Not to be called inside a running event loop."""
    command.upgrade(config(database_url), to)


def upgrade_if_needed(database_url: str, say: Callable[[str], None]) -> None:
    """The cheap look first: a second start finds nothing to do in a moment."""
    if asyncio.run(present(database_url)) != newest():
        say("migrating the database")
        upgrade(database_url)


def newest() -> str | None:
    """The revision the code wants."""
    return ScriptDirectory.from_config(config("")).get_current_head()


def known() -> set[str]:
    """Every revision this version has."""
    return {script.revision for script in ScriptDirectory.from_config(config("")).walk_revisions()}


async def present(database_url: str) -> str | None:
    """The revision the database has; None before the first migration."""
    connection = await asyncpg.connect(database_url)
    try:
        return await revision(connection)
    finally:
        await connection.close()


async def revision(connection: asyncpg.Connection) -> str | None:
    """The revision seen through an open connection."""
    if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
        return None
    found = await connection.fetchval("SELECT version_num FROM alembic_version")
    return None if found is None else str(found)
