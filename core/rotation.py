"""Change the encryption key and write everything anew under it, while the system runs.

Order: the new key goes into the key file first; every running process picks it up when it meets the
first new blob, or within half a minute. Then rows are rewritten in batches, each guarded by its old
value, so that a row somebody changes meanwhile is simply left to the next pass. The old key stays in
the file until `retire` finds nothing made with it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec

from core import keyring
from core.accounts import totp
from core.db import Database, Tx
from core.events import append
from core.events.kinds import KeyRef
from core.files import store
from core.privacy import Vault
from core.private_columns import PrivateTable, private_tables

BATCH = 500
# Columns whose blobs are bound to a purpose.
PURPOSES = {("account_totp", "secret_enc"): totp.AAD}


class Counted(msgspec.Struct):
    """Blobs of one column ('files' for uploads) by the key that made them."""

    where: str
    by_key: dict[int, int]


async def count(db: Database, folder: Path) -> list[Counted]:
    """How many blobs each key still holds, by table.column and for files."""
    counted = []
    async with db.read() as tx:
        for table in await private_tables(tx):
            for column in table.encrypted:
                rows = await tx.fetch(
                    f"SELECT get_byte({column}, 1) * 256 + get_byte({column}, 2) AS key, "
                    f"count(*) AS n FROM {table.quoted} "
                    f"WHERE length({column}) > 2 GROUP BY 1 ORDER BY 1"
                )
                by_key = {row["key"]: row["n"] for row in rows}
                counted.append(Counted(f"{table.name}.{column}", by_key))
    files: dict[int, int] = {}
    for path in _files(folder):
        with path.open("rb") as file:
            key = int.from_bytes(file.read(3)[1:], "big")
        files[key] = files.get(key, 0) + 1
    counted.append(Counted("files", files))
    return counted


async def rotate(
    db: Database, keys_dir: Path, folder: Path, tell: Callable[[str, int], None]
) -> int:
    """Make a new key and rewrite everything under it; returns the key's id.

    Calling it again after an interruption goes on with the newest key. `tell(where, rows so far)`.
    """
    ring = keyring.read(keys_dir)
    vault = Vault(ring)
    if not await _left_over(db, folder, ring.current.id):
        ring = ring.with_new_key()
        keyring.write(keys_dir, ring)
        vault = Vault(ring)
        async with db.tx() as tx:
            await append(tx, "key.made", KeyRef(key_id=str(vault.key_id)))
    async with db.read() as tx:
        tables = await private_tables(tx)
    for table in tables:
        for column in table.encrypted:
            done = 0
            async for rows in _rewrite(db, vault, table, column):
                done += rows
                tell(f"{table.name}.{column}", done)
    done = 0
    for path in _files(folder):
        done += store.reencrypt(vault, vault, folder, path.name)
    tell("files", done)
    async with db.tx() as tx:
        await append(tx, "key.rotated", KeyRef(key_id=str(vault.key_id)))
    return vault.key_id


async def retire(db: Database, keys_dir: Path, folder: Path) -> list[int]:
    """Take keys that hold nothing any more out of the key file; the ids taken out."""
    ring = keyring.read(keys_dir)
    used = {key for one in await count(db, folder) for key in one.by_key}
    unused = {key.id for key in ring.keys} - used - {ring.current.id}
    if unused:
        keyring.write(keys_dir, ring.without(unused))
    return sorted(unused)


async def _left_over(db: Database, folder: Path, current: int) -> bool:
    """Whether an earlier rotation to the current key did not finish."""
    return any(key != current for one in await count(db, folder) for key in one.by_key)


async def _rewrite(
    db: Database, vault: Vault, table: PrivateTable, column: str
) -> AsyncIterator[int]:
    """Rewrite the blobs of one column that other keys made; yields how many, batch by batch."""
    head = b"\x01" + vault.key_id.to_bytes(2, "big")
    aad = PURPOSES.get((table.name, column))
    select = (
        f"SELECT {table.key} AS key, {column} AS blob FROM {table.quoted} "
        f"WHERE length({column}) > 2 AND substring({column} FROM 1 FOR 3) <> $1 "
        f"AND {table.key} > $2 ORDER BY {table.key} LIMIT {BATCH}"
    )
    update = f"UPDATE {table.quoted} SET {column} = $3 WHERE {table.key} = $1 AND {column} = $2"
    after = -(2**63)
    while True:
        async with db.tx() as tx:
            rows = await tx.fetch(select, head, after)
            changed = [
                (row["key"], row["blob"], vault.encrypt(vault.decrypt(row["blob"], aad), aad))
                for row in rows
            ]
            await _update(tx, update, changed)
        if not rows:
            return
        after = rows[-1]["key"]
        yield len(rows)


async def _update(tx: Tx, statement: str, changed: list[tuple[int, bytes, bytes]]) -> None:
    if changed:
        await tx.executemany(statement, changed)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("??/*") if store.HANDLE.match(path.name))
