"""Which revisions this version has and which one a database has, without loading alembic.

Every start asks this; alembic and the models are loaded only when there is something to do.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import asyncpg

from siponcega.environment import ROOT

VERSIONS = ROOT / "migrations" / "versions"
LINE = re.compile(r'^(revision|down_revision)\b[^=]*=\s*(?:"([^"]+)"|None)', re.MULTILINE)


class BrokenRevisions(RuntimeError):
    """The files in migrations/versions are not one line from first to last."""


@lru_cache(maxsize=1)
def known(folder: Path = VERSIONS) -> tuple[str, ...]:
    """Every revision of this version, oldest first."""
    after: dict[str | None, str] = {}
    for file in sorted(folder.glob("*.py")):
        found = {name: value or None for name, value in LINE.findall(file.read_text("utf-8"))}
        revision, before = found.get("revision"), found.get("down_revision")
        if revision is None or before in after:
            raise BrokenRevisions(f"{file.name} has no revision, or two follow {before}")
        after[before] = revision
    ordered: list[str] = []
    step = after.get(None)
    while step is not None:
        ordered.append(step)
        step = after.get(step)
    if len(ordered) != len(after):
        raise BrokenRevisions("some migration follows one that does not exist")
    return tuple(ordered)


def newest() -> str | None:
    """The revision the code wants."""
    return known()[-1] if known() else None


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
