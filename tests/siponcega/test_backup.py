"""What a backup holds, what a restore refuses, and that both ends are equal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from core.db import Database
from core.events import append
from core.events.kinds import AccountRef
from core.events.sequencer import seal
from core.privacy import Vault
from core.settings import Mode, Settings
from siponcega import backup
from siponcega.backup import BackupError
from tests.fixtures.cluster import Servers
from tests.fixtures.rooms import make_settings


@dataclass(frozen=True)
class Elsewhere:
    settings: Settings


@pytest.fixture
def elsewhere(cluster: Servers, redis_url: str, tmp_path: Path) -> Iterator[Elsewhere]:
    """An empty database with the extensions, and a home of its own."""
    cluster.run("CREATE DATABASE siponcega_restored")
    if cluster.owned is not None:
        cluster.owned.sql("CREATE EXTENSION postgis; CREATE EXTENSION btree_gist; "
                          "CREATE EXTENSION pg_trgm; CREATE EXTENSION pgcrypto",
                          "siponcega_restored")  # fmt: skip
    yield Elsewhere(make_settings(cluster.url("siponcega_restored"), redis_url, tmp_path / "new"))
    cluster.drop("siponcega_restored")


@pytest.fixture
async def lived_in(fresh_settings: Settings) -> Settings:
    """A database with sealed events, and one uploaded file."""
    Vault.open(fresh_settings.keys_dir)
    fresh_settings.uploads_dir.mkdir(parents=True)
    (fresh_settings.uploads_dir / "photo.jpg").write_bytes(b"picture")
    db = await Database.open(fresh_settings)
    for number in range(1, 8):
        async with db.tx() as tx:
            await append(tx, "account.login", AccountRef(account_id=number))
    async with db.tx() as tx:
        assert await seal(tx) == 7
    await db.close()
    return fresh_settings


async def test_a_restored_copy_is_equal_and_its_chain_whole(
    lived_in: Settings, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    made = await backup.make(lived_in, tmp_path / "backups")
    assert made.manifest["rows"]["event"] == 7
    assert made.manifest["chain"]["position"] == 7

    await backup.restore(elsewhere.settings, made.folder)
    proof = await backup.prove(elsewhere.settings, made.folder)
    assert proof["rows_as_backed_up"], proof["tables_that_differ"]
    assert proof["chain_whole"]
    assert proof["events_checked"] == 7
    assert proof["keys_missing"] == ["1"], "it says that the keys are still to be brought"
    assert (elsewhere.settings.uploads_dir / "photo.jpg").read_bytes() == b"picture"


async def test_a_row_changed_after_the_restore_breaks_the_proof(
    lived_in: Settings, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    made = await backup.make(lived_in, tmp_path / "backups")
    await backup.restore(elsewhere.settings, made.folder)
    connection = await asyncpg.connect(elsewhere.settings.database_url)
    await connection.execute("ALTER TABLE event DISABLE TRIGGER USER")
    await connection.execute("UPDATE event SET actor_id = 99 WHERE position = 3")
    await connection.close()
    assert not (await backup.prove(elsewhere.settings, made.folder))["chain_whole"]


async def test_no_key_is_in_a_backup(lived_in: Settings, tmp_path: Path) -> None:
    made = await backup.make(lived_in, tmp_path / "backups")
    secret = json.loads((lived_in.keys_dir / "vault.json").read_text())["keys"][0]["secret"]
    for file in made.folder.iterdir():
        assert secret.encode() not in file.read_bytes(), file.name
    assert made.manifest["keys"]["included"] is False
    assert made.folder.stat().st_mode & 0o077 == 0, "nobody else may read it"


async def test_a_full_database_is_never_overwritten(lived_in: Settings, tmp_path: Path) -> None:
    made = await backup.make(lived_in, tmp_path / "backups")
    with pytest.raises(BackupError, match="not empty"):
        await backup.restore(lived_in, made.folder)


async def test_a_damaged_backup_is_refused(
    lived_in: Settings, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    made = await backup.make(lived_in, tmp_path / "backups")
    dump = made.folder / backup.DATABASE
    content = bytearray(dump.read_bytes())
    content[len(content) // 2] ^= 1
    dump.write_bytes(content)
    with pytest.raises(BackupError, match=r"database\.dump is damaged"):
        await backup.restore(elsewhere.settings, made.folder)


async def test_a_backup_of_a_newer_version_is_refused(
    lived_in: Settings, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    made = await backup.make(lived_in, tmp_path / "backups")
    manifest = made.folder / backup.MANIFEST
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"migration": "0999_later"}))
    with pytest.raises(BackupError, match="install that version first"):
        await backup.restore(elsewhere.settings, made.folder)


async def test_a_failed_backup_leaves_nothing_half(
    fresh_settings: Settings, tmp_path: Path
) -> None:
    broken = fresh_settings.model_copy(update={"database_url": "postgresql:///none?host=/nowhere"})
    with pytest.raises(OSError):
        await backup.make(broken, tmp_path / "backups")
    assert not list((tmp_path / "backups").iterdir())


async def test_a_real_instance_is_not_restored_under_the_settings_of_a_demo(
    lived_in: Settings, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    real = lived_in.model_copy(update={"mode": Mode.production})
    made = await backup.make(real, tmp_path / "backups")
    with pytest.raises(BackupError, match=r"\.env"):
        await backup.restore(elsewhere.settings, made.folder)
    assert not await backup.tables(elsewhere.settings.database_url)
    settings = elsewhere.settings.model_copy(update={"mode": Mode.production})
    await backup.restore(settings, made.folder)
    assert (await backup.prove(settings, made.folder))["chain_whole"]
