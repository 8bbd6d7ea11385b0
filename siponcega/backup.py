"""A backup that says what it holds, and a restore that proves it.

A backup is one folder: the database (pg_dump, custom format), the uploaded files, and a manifest
with checksums. The encryption keys are left out on purpose: whoever finds a lost backup must not
be able to read it. The manifest says so, and names the keys by fingerprint.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from core import keyring
from core.db import Database
from core.events import chain
from core.settings import Mode, Settings
from siponcega import __version__, dump, revisions

DATABASE = "database.dump"
FILES = "uploads.zip"
MANIFEST = "manifest.json"
FORMAT = 1
EXTENSIONS = ("postgis", "btree_gist", "pg_trgm")
KEYS_NOTE = (
    "The encryption keys are not in this backup. Without them personal data cannot be read. "
    "Keep a copy of the keys folder in another place."
)
TABLES_OF_OURS = """
SELECT c.relname FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.relname
"""


class BackupError(RuntimeError):
    """The backup or restore was not done; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Backup:
    folder: Path
    manifest: dict[str, Any]


async def make(settings: Settings, into: Path) -> Backup:
    """Write a backup under `into`; it gets its final name only when it is whole."""
    made_at = datetime.now(UTC)
    final = into / f"siponcega-{made_at:%Y%m%d-%H%M%S}"
    part = into / f".{final.name}.part"
    part.mkdir(parents=True, mode=0o700)
    try:
        noted = await dump_with_facts(settings.database_url, part / DATABASE)
        archive(settings.uploads_dir, part / FILES)
        manifest = {
            "format": FORMAT,
            "siponcega": __version__,
            "city": settings.city,
            "mode": settings.mode,
            "made_at": made_at.isoformat(timespec="seconds"),
            "contents": {name: fingerprint(part / name) for name in (DATABASE, FILES)},
            "keys": {"included": False, "note": KEYS_NOTE, "needed": key_names(settings.keys_dir)},
            **noted,
        }
        (part / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n")
        part.rename(final)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return Backup(final, manifest)


async def restore(settings: Settings, folder: Path) -> dict[str, Any]:
    """Put a backup into an empty database and an empty uploads folder; its manifest.

    Refuses a damaged backup, one of a newer version, a real instance's under a demo's settings,
    and a database that holds anything.
    """
    manifest = check(folder)
    if manifest.get("mode") == Mode.production and settings.demo:
        raise BackupError(
            "this is the backup of a real instance, but the settings here say demo: first put its "
            f".env beside its keys into {settings.home} (docs/operations.md, Backup)"
        )
    if await tables(settings.database_url):
        raise BackupError(
            "the database is not empty; a restore never overwrites. Start with a new home: "
            f"SIPONCEGA_HOME=/path/to/new siponcega restore {folder} (and where .env names a "
            "server: with SIPONCEGA_DATABASE_URL of an empty database)"
        )
    if settings.uploads_dir.exists() and any(settings.uploads_dir.iterdir()):
        raise BackupError(f"{settings.uploads_dir} is not empty; a restore never overwrites")
    if manifest["migration"] not in {*revisions.known(), None}:
        raise BackupError(
            f"the backup was made by siponcega {manifest['siponcega']} with a newer database "
            f"({manifest['migration']}); install that version first"
        )
    await require_extensions(settings.database_url)
    dump.load(settings.database_url, folder / DATABASE)
    settings.uploads_dir.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / FILES) as archived:
        archived.extractall(settings.uploads_dir)
    return manifest


def check(folder: Path) -> dict[str, Any]:
    """The manifest of a backup whose every byte is as it was written."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError):
        raise BackupError(f"{folder} is not a backup: it has no readable {MANIFEST}") from None
    if manifest.get("format") != FORMAT:
        raise BackupError(
            f"{folder} has format {manifest.get('format')}; this version reads {FORMAT}"
        )
    for name, noted in manifest["contents"].items():
        file = folder / name
        if not file.exists():
            raise BackupError(f"{name} is missing from {folder}")
        if fingerprint(file) != noted:
            raise BackupError(f"{name} is damaged: its checksum differs from the manifest's")
    return manifest


async def facts(connection: asyncpg.Connection) -> dict[str, Any]:
    """What a restore can be held against: versions, shape, rows of each table, the chain's head."""
    names = [str(row["relname"]) for row in await connection.fetch(TABLES_OF_OURS)]
    counts = {name: await connection.fetchval(f'SELECT count(*) FROM "{name}"') for name in names}
    head = None
    if "event_head" in counts:
        head = await connection.fetchrow("SELECT position, hash FROM event_head")
    return {
        "postgres": await connection.fetchval("SHOW server_version"),
        "postgis": await connection.fetchval("SELECT postgis_lib_version()"),
        "migration": await revisions.revision(connection),
        "chain": head and {"position": head["position"], "hash": head["hash"].hex()},
        "rows": counts,
    }


async def tables(database_url: str) -> list[str]:
    connection = await asyncpg.connect(database_url)
    try:
        return [str(row["relname"]) for row in await connection.fetch(TABLES_OF_OURS)]
    finally:
        await connection.close()


def fingerprint(file: Path) -> dict[str, Any]:
    with file.open("rb") as opened:
        return {
            "sha256": hashlib.file_digest(opened, "sha256").hexdigest(),
            "bytes": file.stat().st_size,
        }


def key_names(keys_dir: Path) -> list[str]:
    """Keys by their numbers; what they are stays in the key file."""
    try:
        return [str(key.id) for key in keyring.read(keys_dir).keys]
    except keyring.KeyFileError:
        return []


def archive(folder: Path, into: Path) -> None:
    """Photos and sound are compressed already; the archive only holds them together."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as archived:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archived.write(file, file.relative_to(folder))


async def dump_with_facts(database_url: str, into: Path) -> dict[str, Any]:
    """pg_dump and our own counts look at one snapshot, so that they agree while others write."""
    connection = await asyncpg.connect(database_url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            snapshot = await connection.fetchval("SELECT pg_export_snapshot()")
            noted = await facts(connection)
            await asyncio.to_thread(dump.dump, database_url, into, snapshot)
            return noted
    finally:
        await connection.close()


async def require_extensions(database_url: str) -> None:
    """Make the extensions where this role may; else say who has to."""
    connection = await asyncpg.connect(database_url)
    try:
        for name in EXTENSIONS:
            await connection.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
    except asyncpg.InsufficientPrivilegeError:
        raise BackupError(
            "the database lacks an extension and this role may not make it; as the server's "
            f"administrator, in that database: CREATE EXTENSION {', '.join(EXTENSIONS)}"
        ) from None
    finally:
        await connection.close()


async def prove(settings: Settings, folder: Path) -> dict[str, Any]:
    """Whether what was restored is what was backed up: rows of each table, the audit chain."""
    manifest = check(folder)
    connection = await asyncpg.connect(settings.database_url)
    try:
        now = await facts(connection)
    finally:
        await connection.close()
    differing = sorted(
        name for name, count in manifest["rows"].items() if now["rows"].get(name) != count
    )
    result = {
        "made_at": manifest["made_at"],
        "tables": len(now["rows"]),
        "rows_as_backed_up": not differing,
        "tables_that_differ": differing,
        "keys_missing": [
            name for name in manifest["keys"]["needed"] if name not in key_names(settings.keys_dir)
        ],
    }
    if manifest["chain"] is not None:
        anchor = (manifest["chain"]["position"], manifest["chain"]["hash"])
        db = await Database.open(settings)
        try:
            async with db.read() as tx:
                verdict = await chain.verify(tx, anchor=anchor if anchor[0] else None)
        finally:
            await db.close()
        result |= {"chain_whole": verdict.ok, "events_checked": verdict.checked}
    return result


def remember(home: Path, made: Backup) -> None:
    """For `siponcega doctor`, which asks how old the last backup is."""
    note = {"made_at": made.manifest["made_at"], "folder": str(made.folder)}
    (home / "last-backup.json").write_text(json.dumps(note) + "\n")
