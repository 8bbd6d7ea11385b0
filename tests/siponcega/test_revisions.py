"""The line of migrations, read without alembic, is the one alembic sees."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from geoalchemy2 import alembic_helpers
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from siponcega import migrate, revisions
from siponcega.revisions import BrokenRevisions
from siponcega.tables import metadata


def test_alembic_sees_the_same_line() -> None:
    scripts = ScriptDirectory.from_config(migrate.config("")).walk_revisions()
    assert revisions.known() == tuple(script.revision for script in reversed(list(scripts)))


async def test_a_migrated_database_is_at_the_newest(database_url: str) -> None:
    assert await revisions.present(database_url) == revisions.newest()


async def test_an_empty_database_has_none(fresh_database_url: str) -> None:
    connection = await asyncpg.connect(fresh_database_url)
    await connection.execute("DROP TABLE alembic_version")
    await connection.close()
    assert await revisions.present(fresh_database_url) is None


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": 'revision = "a"\ndown_revision = None\n', "b.py": "x = 1\n"},
        {
            "a.py": 'revision = "a"\ndown_revision = None\n',
            "b.py": 'revision = "b"\ndown_revision = "a"\n',
            "c.py": 'revision = "c"\ndown_revision = "a"\n',
        },
        {"b.py": 'revision = "b"\ndown_revision = "a"\n'},
    ],
    ids=["no revision", "a fork", "a gap"],
)
def test_a_broken_line_is_told(files: dict[str, str], tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(BrokenRevisions):
        revisions.known(tmp_path)


async def test_the_migrated_schema_is_what_the_models_say(database_url: str) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "include_object": alembic_helpers.include_object},
        )
        return list(compare_metadata(context, metadata()))

    engine = create_async_engine(database_url.replace("postgresql://", "postgresql+asyncpg://", 1))
    try:
        async with engine.connect() as connection:
            found = await connection.run_sync(differences)
    finally:
        await engine.dispose()
    assert not found, found
