"""Forget a person by phone number: what is encrypted goes, rows, counts and the hash chain stay.

Rooms with rules of their own (consents, residents) hand in their `forget_number` and go first; then
every table with encrypted columns is searched for the number's hash, and what hangs below the rows
found (a contact's reports, their texts and messages, its photos) is blanked too.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path

from core.db import Tx
from core.events import append
from core.events.kinds import Access
from core.files import store
from core.private_columns import NOT_PERSONAL, PrivateTable, Reference, private_tables, references

Forget = Callable[[Tx, bytes], Awaitable[int]]


async def erase_phone(
    tx: Tx, phone_hash: bytes, uploads: Path, *, first: Sequence[Forget] = ()
) -> dict[str, int]:
    """Blank everything personal of one number; rows touched by table. Writes `access.erased`."""
    touched: dict[str, int] = {}
    for forget in first:
        room = forget.__module__.partition(".")[0]
        touched[room] = touched.get(room, 0) + await forget(tx, phone_hash)
    tables = {table.name: table for table in await private_tables(tx)}
    for name in NOT_PERSONAL:
        tables.pop(name, None)
    links = await references(tx)
    reached: dict[str, set[int]] = {}
    for table in tables.values():
        for column in table.phone_hashes:
            rows = await tx.fetch(
                f"SELECT {table.key} AS key FROM {table.quoted} WHERE {column} = $1", phone_hash
            )
            _reach(reached, table.name, (row["key"] for row in rows))
    _to_owners(reached, tables, links)
    await _down(tx, reached, links)
    for name, keys in reached.items():
        if name in tables and keys:
            touched[name] = await _blank(tx, tables[name], sorted(keys))
    for contact_id in sorted(reached.get("contact", ())):
        touched["upload"] = touched.get("upload", 0) + await store.remove(tx, uploads, contact_id)
        await append(
            tx,
            "access.erased",
            Access(subject="contact", subject_id=contact_id),
            subject=("contact", contact_id),
        )
    return {name: rows for name, rows in touched.items() if rows}


def _reach(reached: dict[str, set[int]], name: str, keys: Iterable[int]) -> None:
    reached.setdefault(name, set()).update(keys)


def _to_owners(
    reached: dict[str, set[int]], tables: dict[str, PrivateTable], links: Sequence[Reference]
) -> None:
    """A side row shares its key with the row it belongs to: contact_private → contact."""
    for link in links:
        if link.child in reached and link.key == link.column and link.child in tables:
            _reach(reached, link.parent, reached[link.child])


async def _down(tx: Tx, reached: dict[str, set[int]], links: Sequence[Reference]) -> None:
    """Follow foreign keys from each row found to the rows that hang below it."""
    fresh = {name: set(keys) for name, keys in reached.items()}
    while fresh:
        found: dict[str, set[int]] = {}
        for link in links:
            keys = fresh.get(link.parent)
            if not keys or link.key is None:
                continue
            rows = await tx.fetch(
                f'SELECT {link.key} AS key FROM "{link.child}" WHERE {link.column} = ANY($1)',
                sorted(keys),
            )
            new = {row["key"] for row in rows} - reached.get(link.child, set())
            if new:
                _reach(reached, link.child, new)
                _reach(found, link.child, new)
        fresh = found


async def _blank(tx: Tx, table: PrivateTable, keys: list[int]) -> int:
    """NULL where the column allows it, else nothing (encrypted) or noise (hashes)."""
    sets = [f"{column} = {_empty(required)}" for column, required in table.encrypted.items()]
    sets += [
        f"{column} = " + (f"sha256($2 || {table.key}::text::bytea)" if required else "NULL")
        for column, required in table.phone_hashes.items()
    ]
    noise = [os.urandom(16)] if any(table.phone_hashes.values()) else []
    tag = await tx.execute(
        f"UPDATE {table.quoted} SET {', '.join(sets)} WHERE {table.key} = ANY($1)", keys, *noise
    )
    return int(tag.rpartition(" ")[2])


def _empty(required: bool) -> str:
    return "''::bytea" if required else "NULL"
