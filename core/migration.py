"""Run a script of several SQL statements inside alembic's transaction."""

from __future__ import annotations

from typing import Any

from alembic import op
from sqlalchemy import text


def run_sql(script: str) -> None:
    """asyncpg prepares what SQLAlchemy sends, and prepares one statement at a time; a script with
    several (functions and triggers among them) goes to the driver whole.
    """
    bind = op.get_bind()
    bind.execute(text("SELECT 1"))  # makes SQLAlchemy's adapter begin its transaction first

    async def send(driver: Any) -> None:
        await driver.execute(script)

    adapter: Any = bind.connection.dbapi_connection
    adapter.run_async(send)
