"""An import takes every good row, names every bad one, and loses none."""

from pathlib import Path

import pytest

from core.db import Database
from core.privacy import Vault
from registry.csv_file import NotCsv, read
from registry.import_csv import Result, import_file
from registry.sheets import SHEETS

AGENCIES = "kode;nama;jenis\nDAMKAR;Pemadam Kebakaran (contoh);fire\nPSC;PSC 119 (contoh);medical\n"
STAFF = (
    "opd,kode,nama,peran,no_hp,nik\n"
    "DAMKAR,P1,Petugas Satu,petugas,081200000001,\n"
    "DAMKAR,P2,Petugas Dua,petugas,6.28E+11,\n"
    "POLRES,P3,Petugas Tiga,petugas,081200000003,\n"
    "DAMKAR,P1,Petugas Lagi,petugas,081200000004,\n"
    "DAMKAR,,Tanpa Kode,petugas,,\n"
    "DAMKAR,P6,Petugas Enam,kapten,,123\n"
    "DAMKAR,P7,kelebihan,petugas,,,,\n"
    "PSC,P8,Petugas Delapan,petugas,081200000008,1276010101010001\n"
)


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def others_may_read(path: str) -> bool:
    return bool(Path(path).stat().st_mode & 0o077)


def others(folder: Path, word: str) -> list[Path]:
    return list(folder.glob(f"*{word}*"))


def mended(path: str | None, wrong: str, right: str) -> str:
    return Path(str(path)).read_text("utf-8-sig").replace(wrong, right)


async def load(
    db: Database, vault: Vault, sheet: str, path: Path, text: str, **how: bool
) -> Result:
    write(path, text)
    return await import_file(db, vault, SHEETS[sheet], path, **how)


async def test_bad_rows_are_named_and_kept_and_good_rows_go_in_once(
    fresh_db: Database, vault: Vault, tmp_path: Path
) -> None:
    first = await load(fresh_db, vault, "agencies", tmp_path / "opd.csv", AGENCIES)
    assert (first.created, first.refused) == (2, 0)
    path = tmp_path / "petugas.csv"
    result = await load(fresh_db, vault, "staff", path, STAFF)
    assert (result.rows, result.created, result.refused) == (8, 2, 6)
    named = {(fault.line, fault.column) for fault in result.faults}
    assert named == {
        (3, "phone"),
        (4, "agency"),
        (5, "code"),
        (6, "code"),
        (7, "role"),
        (7, "nik"),
        (8, ""),
    }
    assert all(fault.advice for fault in result.faults)
    assert "123" not in str([f for f in result.faults if f.column == "nik"])

    # Nothing is lost: the refused file holds exactly the rows that did not go in.
    assert result.refused_file is not None
    refused = read(Path(result.refused_file))
    assert [line.cells[0] for line in refused.lines] == ["3", "4", "5", "6", "7", "8"]
    originals = {tuple(line.cells) for line in read(path).lines}
    assert {tuple(line.cells[2:]) for line in refused.lines} <= originals
    assert not others_may_read(result.refused_file)

    again = await load(fresh_db, vault, "staff", path, STAFF)
    assert (again.created, again.updated, again.unchanged, again.refused) == (0, 0, 2, 6)


async def test_a_mended_refused_file_can_be_imported_as_it_is(
    fresh_db: Database, vault: Vault, tmp_path: Path
) -> None:
    await load(fresh_db, vault, "agencies", tmp_path / "opd.csv", AGENCIES)
    result = await load(
        fresh_db, vault, "staff", tmp_path / "p.csv", "opd,kode,nama,peran\nDAMKAR,P1,Satu,kapten\n"
    )
    text = mended(result.refused_file, "kapten", "petugas")
    second = await load(fresh_db, vault, "staff", tmp_path / "p2.csv", text)
    assert (second.created, second.refused) == (1, 0)
    assert second.ignored_columns == ["baris", "masalah"]


async def test_a_folder_that_cannot_be_written_stops_nothing(
    fresh_db: Database, vault: Vault, tmp_path: Path
) -> None:
    (tmp_path / "p.ditolak.csv").mkdir()  # as good as forbidden, to root too
    await load(fresh_db, vault, "agencies", tmp_path / "opd.csv", AGENCIES)
    result = await load(fresh_db, vault, "staff", tmp_path / "p.csv", STAFF)
    assert (result.created, result.refused, result.refused_file) == (2, 6, None)


async def test_phones_are_kept_encrypted_and_found_by_hash(
    fresh_db: Database, vault: Vault, tmp_path: Path
) -> None:
    await load(fresh_db, vault, "agencies", tmp_path / "opd.csv", AGENCIES)
    await load(fresh_db, vault, "staff", tmp_path / "p.csv", STAFF)
    async with fresh_db.read() as tx:
        row = await tx.fetchrow(
            "SELECT phone_enc, nik_hash FROM staff_private WHERE phone_hash = $1",
            vault.phone_hash("+6281200000008"),
        )
        assert row is not None
        assert b"0000008" not in row["phone_enc"]
        assert vault.decrypt_text(row["phone_enc"]) == "+6281200000008"
        assert row["nik_hash"] == vault.value_hash("nik", "1276010101010001")


async def test_an_update_changes_only_what_is_given_and_a_dash_clears(
    fresh_db: Database, vault: Vault, tmp_path: Path
) -> None:
    await load(fresh_db, vault, "agencies", tmp_path / "opd.csv", AGENCIES)
    head = "opd,kode,nama,peran,no_hp\n"
    path = tmp_path / "p.csv"
    await load(fresh_db, vault, "staff", path, head + "DAMKAR,P1,Satu,petugas,081200000001\n")
    kept = await load(fresh_db, vault, "staff", path, head + "DAMKAR,P1,Satu Baru,petugas,\n")
    assert (kept.updated, kept.unchanged) == (1, 0)
    async with fresh_db.read() as tx:
        assert (
            await tx.fetchval("SELECT count(*) FROM staff_private WHERE phone_enc IS NOT NULL") == 1
        )
        assert await tx.fetchval("SELECT (name, version)::text FROM staff") == '("Satu Baru",2)'
    cleared = await load(fresh_db, vault, "staff", path, head + "DAMKAR,P1,Satu Baru,petugas,-\n")
    assert cleared.updated == 1
    async with fresh_db.read() as tx:
        assert (
            await tx.fetchval("SELECT count(phone_enc) + count(phone_hash) FROM staff_private") == 0
        )


async def test_a_dry_run_tells_the_same_and_writes_nothing(
    fresh_db: Database, vault: Vault, tmp_path: Path
) -> None:
    await load(fresh_db, vault, "agencies", tmp_path / "opd.csv", AGENCIES)
    path = tmp_path / "p.csv"
    trial = await load(fresh_db, vault, "staff", path, STAFF, dry_run=True)
    assert (trial.created, trial.refused, trial.refused_file) == (2, 6, None)
    assert not others(tmp_path, "ditolak")
    async with fresh_db.read() as tx:
        assert await tx.fetchval("SELECT count(*) FROM staff") == 0
        kinds = "SELECT count(*) FROM event WHERE kind = 'registry.imported'"
        assert await tx.fetchval(kinds) == 1  # that of the agencies


async def test_vulnerability_needs_consent_and_goes_with_it(
    fresh_db: Database, vault: Vault, tmp_path: Path
) -> None:
    path = tmp_path / "warga.csv"
    head = "kode,nama,kelurahan,kerentanan,izin_pendataan\n"
    row = "W1,Nama Contoh,12.76.01.1007,cuci darah|lansia,"
    refused = await load(fresh_db, vault, "residents", path, head + row + "\n")
    assert [fault.column for fault in refused.faults] == ["vulnerability"]
    async with fresh_db.read() as tx:
        assert await tx.fetchval("SELECT count(*) FROM resident") == 0  # no half-saved row
    agreed = await load(fresh_db, vault, "residents", path, head + row + "ya\n")
    assert (agreed.created, agreed.refused) == (1, 0)
    async with fresh_db.read() as tx:
        found = await tx.fetchval("SELECT vulnerability FROM resident")
        assert found == ["dialysis", "elderly"]
    taken_back = await load(
        fresh_db, vault, "residents", path, head + "W1,Nama Contoh,12.76.01.1007,,tidak\n"
    )
    assert taken_back.updated == 1
    async with fresh_db.read() as tx:
        assert await tx.fetchval("SELECT vulnerability FROM resident") == []
        given, withdrawn = await tx.fetchval(
            "SELECT (count(given_at), count(withdrawn_at)) FROM consent"
        )
        assert (given, withdrawn) == (1, 1)


async def test_places_and_unknown_kelurahan(
    fresh_db: Database, vault: Vault, tmp_path: Path
) -> None:
    async with fresh_db.tx() as tx:
        await tx.execute("DELETE FROM area")
        await tx.execute(
            "INSERT INTO area (code, level, name, source, centroid) VALUES"
            " ('12.76.01.1007', 'kelurahan', 'Contoh', 'uji', ST_SetSRID(ST_MakePoint(99.15, 3.31), 4326))"
        )
    text = (
        "kode,nama,kapasitas,lintang,bujur,kelurahan,fasilitas\n"
        'S1,Posko Contoh,"1.200","3,3192","99,1556",12.76.01.1007,dapur|toilet\n'
        "S2,Posko Jauh,10,3.3,99.1,11.71.01.2001,\n"
        "S3,Setengah,10,3.3,,12.76.01.1007,\n"
    )
    result = await load(fresh_db, vault, "shelters", tmp_path / "s.csv", text, example=True)
    assert (result.created, result.refused) == (1, 2)
    assert {(fault.line, fault.column) for fault in result.faults} == {
        (3, "kelurahan_code"),
        (4, "lat"),
    }
    async with fresh_db.read() as tx:
        row = await tx.fetchrow(
            "SELECT capacity, ST_X(geom) AS lon, ST_Y(geom) AS lat, facilities, example FROM shelter"
        )
        assert row is not None
        assert tuple(row.values()) == (1200, 99.1556, 3.3192, ["dapur", "toilet"], True)
    again = await load(fresh_db, vault, "shelters", tmp_path / "s.csv", text, example=True)
    assert (again.unchanged, again.updated) == (1, 0)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("kode,nama\nA,b\n", "Kolom wajib tidak ada: kind/jenis"),
        ("kode,code,nama,jenis\nA,A,b,fire\n", "lebih dari sekali"),
    ],
)
async def test_a_file_with_wrong_columns_is_refused_whole(
    fresh_db: Database, vault: Vault, tmp_path: Path, text: str, word: str
) -> None:
    with pytest.raises(NotCsv, match=word):
        await load(fresh_db, vault, "agencies", tmp_path / "x.csv", text)
