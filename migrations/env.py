"""How alembic reaches our database: asyncpg, one transaction a migration, one migrator at a time."""

from __future__ import annotations

import asyncio

from alembic import context
from geoalchemy2 import alembic_helpers
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from core.settings import get_settings
from siponcega.tables import metadata

MIGRATION_LOCK = 0x51C09CE6A  # any number, ours: two processes starting at once migrate in turn


def database_url() -> str:
    url = context.config.attributes.get("database_url") or get_settings().database_url
    return str(url).replace("postgresql://", "postgresql+asyncpg://", 1)


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata(),
        compare_type=True,
        transaction_per_migration=True,
        include_object=alembic_helpers.include_object,
        process_revision_directives=alembic_helpers.writer,
        render_item=alembic_helpers.render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


async def run() -> None:
    engine = create_async_engine(database_url(), poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
        await connection.commit()
        await connection.run_sync(migrate)
        await connection.commit()
    await engine.dispose()


asyncio.run(run())
