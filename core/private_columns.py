"""Where personal data lies, found by name in the live schema: every bytea column `<x>_enc`.

Naming instead of registering: a column that nobody remembered to register would be left behind by
key rotation and by erasure; a column cannot forget its own name. All tables have one-column keys.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from core.db import Tx

# Look-up hashes that are made of a person's phone number.
PHONE_HASHES = ("phone_hash", "recipient_hash", "sender_hash", "number_hash")
# Encrypted, but not about a person who could ask to be forgotten.
NOT_PERSONAL = frozenset({"account_totp"})

COLUMNS = """
SELECT c.relname AS table, a.attname AS column, a.attnotnull AS required, (
    SELECT k.attname FROM pg_index i JOIN pg_attribute k
      ON k.attrelid = i.indrelid AND k.attnum = i.indkey[0]
    WHERE i.indrelid = c.oid AND i.indisprimary AND i.indnkeyatts = 1) AS key
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'bytea'::regtype
  AND (a.attname LIKE '%\\_enc' OR a.attname = ANY($1))
ORDER BY c.relname, a.attnum
"""

REFERENCES = """
SELECT child.relname AS child, ca.attname AS column, parent.relname AS parent, (
    SELECT k.attname FROM pg_index i JOIN pg_attribute k
      ON k.attrelid = i.indrelid AND k.attnum = i.indkey[0]
    WHERE i.indrelid = child.oid AND i.indisprimary AND i.indnkeyatts = 1) AS key
FROM pg_constraint f
JOIN pg_class child ON child.oid = f.conrelid
JOIN pg_class parent ON parent.oid = f.confrelid
JOIN pg_attribute ca ON ca.attrelid = f.conrelid AND ca.attnum = f.conkey[1]
WHERE f.contype = 'f' AND array_length(f.conkey, 1) = 1
  AND child.relnamespace = 'public'::regnamespace
ORDER BY child.relname, ca.attname
"""


@dataclass(slots=True)
class PrivateTable:
    """A table with encrypted columns. `encrypted` = column → may not be NULL."""

    name: str
    key: str
    encrypted: dict[str, bool] = field(default_factory=dict)
    phone_hashes: dict[str, bool] = field(default_factory=dict)

    @property
    def quoted(self) -> str:
        return f'"{self.name}"'


@dataclass(frozen=True, slots=True)
class Reference:
    """`child.column` points at the key of `parent`; `key` is the child's own."""

    child: str
    column: str
    parent: str
    key: str | None


async def private_tables(tx: Tx) -> list[PrivateTable]:
    """Every table that holds encrypted columns. Raises RuntimeError for one without a plain key."""
    found: dict[str, PrivateTable] = {}
    for row in await tx.fetch(COLUMNS, list(PHONE_HASHES)):
        if row["key"] is None:
            raise RuntimeError(f"{row['table']} has encrypted columns but no one-column key")
        table = found.setdefault(row["table"], PrivateTable(row["table"], row["key"]))
        kind = table.encrypted if row["column"].endswith("_enc") else table.phone_hashes
        kind[row["column"]] = row["required"]
    return [table for table in found.values() if table.encrypted]


async def references(tx: Tx) -> list[Reference]:
    """Every foreign key of one column."""
    return [
        Reference(row["child"], row["column"], row["parent"], row["key"])
        for row in await tx.fetch(REFERENCES)
    ]
