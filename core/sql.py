"""Run SQLAlchemy Core statements on a `Tx`.

Lists with filters and plain CRUD are written over the models; the hot statements are strings in the
rooms' `queries.py`. Both meet on one asyncpg connection and thus in one transaction.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy.dialects.postgresql import asyncpg as dialect
from sqlalchemy.sql import ClauseElement, Executable

from core.db import Row, Tx


@lru_cache(maxsize=1)
def _dialect() -> Any:
    made = dialect.dialect()  # type: ignore[no-untyped-call]
    # asyncpg encodes by the server's parameter types; casts rendered by SQLAlchemy only get in
    # the way of types it does not know (geometry).
    made.supports_statement_cache = False
    return made


def compile_statement(statement: Executable) -> tuple[str, list[Any]]:
    """A Core statement as `$1` SQL and its parameters in order."""
    assert isinstance(statement, ClauseElement)
    compiled = statement.compile(dialect=_dialect(), compile_kwargs={"render_postcompile": True})
    params = compiled.params
    processors = compiled._bind_processors  # type: ignore[attr-defined]
    order = compiled.positiontup or []  # type: ignore[attr-defined]
    values = []
    for name in order:
        value = params[name]
        # jsonb is encoded by the connection's codec, not twice.
        bound = compiled.binds[name].type  # type: ignore[attr-defined]
        process = None if bound.__visit_name__ in {"JSONB", "JSON"} else processors.get(name)
        values.append(process(value) if process else value)
    return str(compiled), values


async def fetch(tx: Tx, statement: Executable) -> list[Row]:
    """All rows."""
    text, values = compile_statement(statement)
    return await tx.fetch(text, *values)


async def fetchrow(tx: Tx, statement: Executable) -> Row | None:
    """The first row, or None."""
    text, values = compile_statement(statement)
    return await tx.fetchrow(text, *values)


async def fetchval(tx: Tx, statement: Executable) -> Any:
    """The first column of the first row, or None."""
    text, values = compile_statement(statement)
    return await tx.fetchval(text, *values)


async def execute(tx: Tx, statement: Executable) -> str:
    """The status tag, e.g. 'UPDATE 3'."""
    text, values = compile_statement(statement)
    return await tx.execute(text, *values)
