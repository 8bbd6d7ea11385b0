"""Save a row by its natural key, writing only what differs: the same file twice changes nothing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, and_, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import insert

from core import sql
from core.db import Tx
from core.models import Base
from core.privacy import Vault
from registry.sheet import Outcome

HASHED = {"phone": "phone_hash", "nik": "nik_hash"}


def with_place(values: dict[str, Any]) -> dict[str, Any]:
    """`lat` and `lon` become `geom`; a place that is only half given is left out."""
    rest = {name: value for name, value in values.items() if name not in ("lat", "lon")}
    lat, lon = values.get("lat"), values.get("lon")
    if lat is not None and lon is not None:
        rest["geom"] = func.ST_SetSRID(func.ST_MakePoint(lon, lat), 4326)
    return rest


async def upsert(
    tx: Tx, model: type[Base], key: tuple[str, ...], values: dict[str, Any]
) -> tuple[int, Outcome]:
    """Insert, or update the columns that differ; returns the id. Columns not given stay as they are.

    An update raises `version` by one, so an editor's ETag notices.
    """
    table = model.__table__
    assert isinstance(table, Table)
    statement = insert(table).values(values)
    changing = [name for name in values if name not in key]
    if changing:
        fresh = statement.excluded
        statement = statement.on_conflict_do_update(
            index_elements=list(key),
            set_={name: fresh[name] for name in changing} | {"version": table.c.version + 1},
            where=or_(*(table.c[name].is_distinct_from(fresh[name]) for name in changing)),
        )
    else:
        statement = statement.on_conflict_do_nothing(index_elements=list(key))
    row = await sql.fetchrow(
        tx, statement.returning(table.c.id, literal_column("(xmax = 0)").label("created"))
    )
    if row is not None:
        return row["id"], "created" if row["created"] else "updated"
    found = await sql.fetchval(
        tx, select(table.c.id).where(and_(*(table.c[name] == values[name] for name in key)))
    )
    return int(found), "unchanged"


async def upsert_private(
    tx: Tx,
    vault: Vault,
    model: type[Base],
    owner: str,
    owner_id: int,
    fields: dict[str, str | None],
) -> Outcome:
    """Encrypt `fields` (e.g. {'phone': '+62…'}) into `<field>_enc` and `<field>_hash` of the side row.

    Compared by what they say, because the same text never encrypts to the same bytes.
    """
    if not fields:
        return "unchanged"
    table = model.__table__
    assert isinstance(table, Table)
    known = await sql.fetchrow(tx, select(table).where(table.c[owner] == owner_id))
    changes: dict[str, Any] = {}
    for name, value in fields.items():
        if known is not None and vault.decrypt_text(known[f"{name}_enc"]) == (value or ""):
            continue
        changes[f"{name}_enc"] = vault.encrypt(value) if value else None
        if name in HASHED:
            changes[HASHED[name]] = look_up_hash(vault, name, value) if value else None
    if not changes:
        return "unchanged"
    statement = insert(table).values({owner: owner_id} | changes)
    await sql.execute(tx, statement.on_conflict_do_update(index_elements=[owner], set_=changes))
    return "updated" if known is not None else "created"


def look_up_hash(vault: Vault, name: str, value: str) -> bytes:
    """The keyed hash under which a phone or an identity number is found."""
    return vault.phone_hash(value) if name == "phone" else vault.value_hash(name, value)
