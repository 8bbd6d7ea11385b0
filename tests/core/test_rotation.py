"""Rotating keys: everything is rewritten, nothing is lost, what changes meanwhile is not undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import keyring, rotation
from core.accounts import accounts, totp
from core.context import Context, open_context
from core.files import store
from core.privacy import Vault
from core.private_columns import private_tables
from core.settings import Settings

pytestmark = pytest.mark.usefixtures("fresh_database_url")


async def fill(context: Context) -> str:
    """A TOTP secret, a file with a place, and a table of some room's own; returns the handle."""
    ready = store.Ready("photo", "image/jpeg", b"gambar", 1, 1, (3.3, 99.1))
    async with context.db.tx() as tx:
        account_id = await accounts.add(tx, "putar", "Putar", "admin")
        await totp.begin(tx, context.vault, account_id)
        kept = await store.keep(tx, context.vault, context.settings.uploads_dir, ready)
        await tx.execute(
            "CREATE TABLE IF NOT EXISTS uji_private (uji_id bigint PRIMARY KEY, text_enc bytea, "
            "phone_enc bytea NOT NULL, phone_hash bytea NOT NULL)"
        )
        await tx.executemany(
            "INSERT INTO uji_private VALUES ($1, $2, $3, $4)",
            [
                (n, context.vault.encrypt(f"teks {n}"), context.vault.encrypt("08"), b"h")
                for n in range(1_203)
            ],
        )
        await tx.execute("INSERT INTO uji_private VALUES (-5, NULL, '', 'h')")
    return kept.handle


async def test_rotation_rewrites_all_and_the_old_key_can_go(fresh_settings: Settings) -> None:
    keys_dir, folder = fresh_settings.keys_dir, fresh_settings.uploads_dir
    async with open_context(fresh_settings) as context:
        handle = await fill(context)
        told: dict[str, int] = {}
        assert await rotation.retire(context.db, keys_dir, folder) == []
        key_id = await rotation.rotate(context.db, keys_dir, folder, told.__setitem__)
        assert key_id == 2
        assert told["uji_private.text_enc"] == 1_203
        counted = await rotation.count(context.db, folder)
        assert {key for one in counted for key in one.by_key} == {2}
        assert "account_totp.secret_enc" in {one.where for one in counted}

        # The process that was running all along reads what was rewritten.
        async with context.db.read() as tx:
            rows = await tx.fetch("SELECT * FROM uji_private WHERE uji_id >= 0 ORDER BY uji_id")
            secret = await tx.fetchval("SELECT secret_enc FROM account_totp")
            kinds = [r["kind"] for r in await tx.fetch("SELECT kind FROM event ORDER BY id")]
        texts = [context.vault.decrypt_text(row["text_enc"]) for row in rows]
        assert texts == [f"teks {n}" for n in range(1_203)]
        assert len(context.vault.decrypt_text(secret, totp.AAD)) == 32
        assert await store.read(context.vault, folder, handle) == b"gambar"
        assert kinds[-2:] == ["key.made", "key.rotated"]

        assert await rotation.retire(context.db, keys_dir, folder) == [1]
        assert [key.id for key in keyring.read(keys_dir).keys] == [2]


async def test_an_interrupted_rotation_goes_on_with_its_key(
    fresh_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys_dir, folder = fresh_settings.keys_dir, fresh_settings.uploads_dir

    class Stopped(Exception):
        pass

    def stop(where: str, rows: int) -> None:
        if where == "uji_private.text_enc" and rows > 500:
            raise Stopped

    async with open_context(fresh_settings) as context:
        await fill(context)
        with pytest.raises(Stopped):
            await rotation.rotate(context.db, keys_dir, folder, stop)
        assert await rotation.rotate(context.db, keys_dir, folder, lambda *_: None) == 2
        assert await rotation.rotate(context.db, keys_dir, folder, lambda *_: None) == 3


async def test_every_encrypted_column_is_found_and_holds_a_blob(fresh_settings: Settings) -> None:
    async with open_context(fresh_settings) as context, context.db.read() as tx:
        found = {table.name: set(table.encrypted) for table in await private_tables(tx)}
    assert found["account_totp"] == {"secret_enc"}
    assert found["upload"] == {"place_enc"}
    assert len(Vault.open(Path(fresh_settings.keys_dir)).encrypt("")) == 31
