"""Change one row of the registry by hand: only the version the editor read, with one event."""

from __future__ import annotations

import re
from typing import Any

from fastapi import Request, Response
from sqlalchemy import Table, select, update

from core import sql
from core.db import Row, Tx
from core.errors import BadInput, NotFound, PreconditionFailed, Problem
from core.events import append
from core.models import Base
from registry.events import RegistryChange

TAG = re.compile(r'(?:W/)?"?v([0-9]{1,18})"?')


def wanted_version(request: Request) -> int:
    """The version in `If-Match: "v3"`. Raises 428 without one, BadInput when it is malformed."""
    header = request.headers.get("if-match", "").strip()
    if not header:
        raise Problem(
            "Sertakan If-Match dengan ETag dari data yang Anda baca.",
            status=428,
            slug="if-match-required",
        )
    tag = TAG.fullmatch(header)
    if tag is None:
        raise BadInput('If-Match harus seperti "v3".')
    return int(tag[1])


def tag(response: Response, version: int) -> None:
    """Give the answer its ETag."""
    response.headers["ETag"] = f'"v{version}"'


async def edit(tx: Tx, model: type[Base], row_id: int, version: int, values: dict[str, Any]) -> int:
    """Write `values` when the row still has `version`; returns the new version.

    Raises NotFound, or PreconditionFailed when somebody else was faster.
    """
    table = model.__table__
    assert isinstance(table, Table)
    if not values:
        raise BadInput("Tidak ada yang diubah.")
    written = await sql.fetchval(
        tx,
        update(table)
        .where(table.c.id == row_id, table.c.version == version)
        .values(values | {"version": table.c.version + 1})
        .returning(table.c.version),
    )
    if written is None:
        await row_of(tx, model, row_id)
        raise PreconditionFailed("Data ini baru saja diubah orang lain. Muat ulang, lalu ulangi.")
    # str(): SQLAlchemy's own kind of string does not encode as JSON.
    await changed(tx, "registry.changed", str(table.name), row_id, sorted(values))
    return int(written)


async def row_of(tx: Tx, model: type[Base], row_id: int) -> Row:
    """The row's id, version and agency where it has one. Raises NotFound."""
    table = model.__table__
    assert isinstance(table, Table)
    columns = [table.c[name] for name in ("id", "version", "agency_id") if name in table.c]
    row = await sql.fetchrow(tx, select(*columns).where(table.c.id == row_id))
    if row is None:
        raise NotFound
    return row


async def changed(
    tx: Tx, kind: str, subject: str, subject_id: int, fields: list[str] | None = None
) -> None:
    """Tell the log that a row was made or changed by hand."""
    await append(
        tx,
        kind,
        RegistryChange(subject=subject, subject_id=subject_id, fields=fields),
        subject=(subject, subject_id),
    )
