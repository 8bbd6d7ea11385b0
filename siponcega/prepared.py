"""Making a database ready for this version, and knowing cheaply that it is.

A second start must be quick: what was done is noted in the home folder under a fingerprint of the
code and of the database. Same fingerprint, nothing to do; any doubt, everything is done again, for
both steps change nothing that is right already.
"""

from __future__ import annotations

import asyncio
import hashlib
import inspect
from collections.abc import Callable, Iterator
from importlib import import_module

import asyncpg

from core.settings import Settings
from siponcega import revisions
from siponcega.environment import ROOT

NOTE = "prepared"
CODE = ("core", "geo", "registry", "dispatch", "notifier", "console", "programs", "siponcega")
COUNTED = {".py", ".json", ".csv", ".geojson", ".sql"}

Say = Callable[[str], None]


class NewerDatabase(RuntimeError):
    """This version does not know the shape that the database has."""


class RealInstance(RuntimeError):
    """A demo was to be played in the database of a real instance."""


def migrate(database_url: str, say: Say) -> None:
    """Run the missing migrations, if any. Raises NewerDatabase."""
    present = asyncio.run(revisions.present(database_url))
    if present is not None and present not in revisions.known():
        raise NewerDatabase(
            f"the database was migrated by a newer siponcega ({present}): check that version out, "
            "or restore the backup from before the upgrade into a new home"
        )
    if present != revisions.newest():
        say("migrating the database")
        import_module("siponcega.migrate").upgrade(database_url)


def seed(settings: Settings, say: Say, *, again: bool = False) -> None:
    """City facts and the demo shift, unless this very code has written them into this database.

    `again` does it in any case.
    """
    if settings.demo:
        refuse_real(settings)
    note = settings.home / NOTE
    now = fingerprint(settings)
    if not again and note.exists() and note.read_text() == now:
        return
    say("city and demo shift")
    done = import_module("siponcega.seed").seed(settings)
    if inspect.iscoroutine(done):
        asyncio.run(done)
    note.write_text(now)


def refuse_real(settings: Settings) -> None:
    """Raise RealInstance when people have accounts here and none of them came with a demo.

    So does a restored home whose .env was forgotten: without it the mode is demo.
    """
    if asyncio.run(_is_real(settings.database_url)):
        raise RealInstance(
            "this database is a real instance's, but the settings say demo: put its .env "
            f"(SIPONCEGA_MODE=production) into {settings.home}, or give the demo another "
            "SIPONCEGA_HOME"
        )


async def _is_real(database_url: str) -> bool:
    connection = await asyncpg.connect(database_url)
    try:
        return bool(
            await connection.fetchval("SELECT count(*) > 0 AND NOT bool_or(demo) FROM account")
        )
    finally:
        await connection.close()


def fingerprint(settings: Settings) -> str:
    """Changes with any file of the code, the city, the mode, and the database itself."""
    found = hashlib.sha256()
    for line in sorted(_files()):
        found.update(line.encode())
    parts = (settings.city, settings.mode, asyncio.run(_identity(settings.database_url)))
    found.update("|".join(parts).encode())
    return found.hexdigest()


def _files() -> Iterator[str]:
    for folder in CODE:
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in COUNTED:
                seen = file.stat()
                yield f"{file.relative_to(ROOT)} {seen.st_size} {seen.st_mtime_ns}\n"


async def _identity(database_url: str) -> str:
    """A database dropped and made anew under its old name is another one."""
    connection = await asyncpg.connect(database_url)
    try:
        return str(
            await connection.fetchval(
                "SELECT system_identifier::text || '/' || (SELECT oid FROM pg_database "
                "WHERE datname = current_database()) FROM pg_control_system()"
            )
        )
    finally:
        await connection.close()
