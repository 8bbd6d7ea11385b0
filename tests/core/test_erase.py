"""A person is forgotten everywhere, and the chain does not notice."""

from __future__ import annotations

from pathlib import Path

from core.context import open_context
from core.db import Tx
from core.erase import erase_phone
from core.events import append
from core.events.chain import verify
from core.events.kinds import ContactRef
from core.events.sequencer import seal
from core.files import store
from core.settings import Settings
from tests.fixtures.canary import Canary

PHONE, OTHER = "+6281200000777", "+6281200000888"

TABLES = """
CREATE TABLE uji_contact (id bigint PRIMARY KEY);
CREATE TABLE uji_contact_private (contact_id bigint PRIMARY KEY REFERENCES uji_contact,
    raw_enc bytea, phone_enc bytea, phone_hash bytea);
CREATE TABLE uji_report (id bigint PRIMARY KEY, contact_id bigint REFERENCES uji_contact);
CREATE TABLE uji_report_private (report_id bigint PRIMARY KEY REFERENCES uji_report,
    text_enc bytea NOT NULL, name_enc bytea);
CREATE TABLE uji_sent (id bigint PRIMARY KEY, number_enc bytea NOT NULL, number_hash bytea NOT NULL);
"""


async def fill(tx: Tx, encrypt: object, phone_hash: object, base: int, phone: str) -> None:
    assert callable(encrypt)
    assert callable(phone_hash)
    h = phone_hash(phone)
    await tx.execute("INSERT INTO uji_contact VALUES ($1)", base)
    await tx.execute(
        "INSERT INTO uji_contact_private VALUES ($1, $2, $3, $4)",
        base,
        encrypt(f"tolong, {phone}"),
        encrypt(phone),
        h,
    )
    await tx.execute("INSERT INTO uji_report VALUES ($1, $2)", base * 10, base)
    await tx.execute(
        "INSERT INTO uji_report_private VALUES ($1, $2, $3)",
        base * 10,
        encrypt("api"),
        encrypt("Nama Contoh"),
    )
    await tx.execute("INSERT INTO uji_sent VALUES ($1, $2, $3)", base, encrypt(phone), h)


async def test_one_person_is_forgotten_and_the_chain_holds(fresh_settings: Settings) -> None:
    async with open_context(fresh_settings) as context:
        vault, canary = context.vault, Canary(PHONE)
        async with context.db.tx() as tx:
            for statement in TABLES.split(";")[:-1]:
                await tx.execute(statement)
            await fill(tx, vault.encrypt, vault.phone_hash, 1, PHONE)
            await fill(tx, vault.encrypt, vault.phone_hash, 2, OTHER)
            await append(tx, "contact.received", ContactRef(contact_id=1))
        async with context.db.read() as tx:
            assert await canary.scan_database(tx) == []

        async def room(tx: Tx, phone_hash: bytes) -> int:
            return 3

        async with context.db.tx() as tx:
            touched = await erase_phone(
                tx, vault.phone_hash(PHONE), fresh_settings.uploads_dir, first=[room]
            )
        assert touched == {
            "tests": 3,
            "uji_contact_private": 1,
            "uji_report_private": 1,
            "uji_sent": 1,
        }
        async with context.db.read() as tx:
            gone = await tx.fetchrow("SELECT * FROM uji_contact_private WHERE contact_id = 1")
            text = await tx.fetchrow("SELECT * FROM uji_report_private WHERE report_id = 10")
            sent = await tx.fetchrow("SELECT * FROM uji_sent WHERE id = 1")
            kept = await tx.fetchrow("SELECT * FROM uji_report_private WHERE report_id = 20")
        assert gone and text and sent and kept
        assert tuple(gone)[1:] == (None, None, None)
        assert (text["text_enc"], text["name_enc"]) == (b"", None)
        assert sent["number_enc"] == b""
        assert sent["number_hash"] != vault.phone_hash(PHONE)
        assert vault.decrypt_text(kept["text_enc"]) == "api"
        async with context.db.tx() as tx:
            await seal(tx)
        async with context.db.read() as tx:
            verdict = await verify(tx)
        assert verdict.ok
        assert verdict.checked >= 1


async def test_photos_of_the_persons_contacts_go_too(fresh_settings: Settings) -> None:
    folder = fresh_settings.uploads_dir
    async with open_context(fresh_settings) as context:
        vault = context.vault
        ready = store.Ready("photo", "image/jpeg", b"gambar", 1, 1)
        async with context.db.tx() as tx:
            contact_id = await tx.fetchval(
                "INSERT INTO contact (channel, body_mac) VALUES ('app', '') RETURNING id"
            )
            await tx.execute(
                "INSERT INTO contact_private (contact_id, phone_enc, phone_hash) "
                "VALUES ($1, $2, $3)",
                contact_id,
                vault.encrypt(PHONE),
                vault.phone_hash(PHONE),
            )
            kept = await store.keep(tx, vault, folder, ready)
            await store.attach(tx, [kept.handle], contact_id)
        async with context.db.tx() as tx:
            touched = await erase_phone(tx, vault.phone_hash(PHONE), folder)
            again = await erase_phone(tx, vault.phone_hash(PHONE), folder)
            kinds = [r["kind"] for r in await tx.fetch("SELECT kind FROM event ORDER BY id")]
    assert touched == {"contact_private": 1, "upload": 1}
    assert again == {}
    assert kinds[-1] == "access.erased"
    assert not (folder / kept.handle[:2] / kept.handle).exists()


def test_the_canary_sees_what_it_is_for(tmp_path: Path) -> None:
    canary = Canary(PHONE)
    for text in (
        "+6281200000777",
        "081200000777",
        "0812-0000-0777",
        "dari 812 0000 0777",
        "KzYyODEyMDAwMDA3Nzc",
    ):
        assert canary.in_text(text), text
    assert canary.in_text("081200000888") == []
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.log").write_bytes(b"\x00x 6281200000777")
    assert len(canary.scan_files(tmp_path)) == 1


async def test_the_canary_sees_every_kind_of_column(fresh_settings: Settings) -> None:
    canary = Canary(PHONE)
    async with open_context(fresh_settings) as context, context.db.tx() as tx:
        await tx.execute(
            "CREATE TABLE uji_bocor (a text, b jsonb, c text[], d bytea, e bigint, f xml)"
        )
        for column, value in (
            ("a", "'hub 0812-0000-0777'"),
            ("b", '\'{"p": "+6281200000777"}\''),
            ("c", "ARRAY['081200000777']"),
            ("d", "convert_to('081200000777', 'UTF8')"),
            ("e", "6281200000777"),
        ):
            await tx.execute(
                f"DELETE FROM uji_bocor; INSERT INTO uji_bocor ({column}) VALUES ({value})"
            )
            found = await canary.scan_database(tx)
            assert found == [f"uji_bocor.{column}"]
