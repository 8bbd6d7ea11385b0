"""A roster from a file: shifts once, and every row that cannot be names why."""

from pathlib import Path

from core.db import Database, Tx
from core.privacy import Vault
from registry.import_csv import Result, import_file
from registry.roster import roster_sheet

UNITS = {"DMK1": 7}
ROSTER = (
    "opd,petugas,jenis,unit,mulai,selesai\n"
    "DAMKAR,P1,kru,DMK1,2026-11-24 07:00,2026-11-24 19:00\n"
    "DAMKAR,P1,siaga,,24/11/2026 19:00,25/11/2026 07:00\n"
    "DAMKAR,P1,kru,DMK1,2026-11-24 12:00,2026-11-24 20:00\n"
    "DAMKAR,P9,kru,DMK1,2026-11-24 07:00,2026-11-24 19:00\n"
    "DAMKAR,P1,kru,DMK9,2026-11-26 07:00,2026-11-26 19:00\n"
    "DAMKAR,P1,meja,DMK1,2026-11-26 07:00,2026-11-26 19:00\n"
    "DAMKAR,P1,meja,,2026-11-26 19:00,2026-11-26 07:00\n"
    "DAMKAR,P1,meja,,besok pagi,2026-11-26 07:00\n"
)


async def find_unit(_tx: Tx, code: str) -> int | None:
    return UNITS.get(code)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


async def load(db: Database, vault: Vault, path: Path, text: str) -> Result:
    return await import_file(db, vault, roster_sheet(find_unit), write(path, text))


async def test_a_roster_goes_in_once(fresh_db: Database, vault: Vault, tmp_path: Path) -> None:
    async with fresh_db.tx() as tx:
        await tx.execute("INSERT INTO agency (code, name, kind) VALUES ('DAMKAR', 'X', 'fire')")
        await tx.execute(
            "INSERT INTO staff (agency_id, code, name, role) VALUES (1, 'P1', 'Satu', 'petugas')"
        )
    path = tmp_path / "jaga.csv"
    result = await load(fresh_db, vault, path, ROSTER)
    assert (result.created, result.refused) == (2, 6)
    assert {(fault.line, fault.column) for fault in result.faults} == {
        (4, "starts_at"),
        (5, "staff"),
        (6, "unit"),
        (7, "unit"),
        (8, "ends_at"),
        (9, "starts_at"),
    }
    again = await load(fresh_db, vault, path, ROSTER)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    longer = await load(fresh_db, vault, path, ROSTER.replace("24 19:00\n", "24 18:00\n", 1))
    assert (longer.updated, longer.unchanged) == (1, 1)
    async with fresh_db.read() as tx:
        hours = "SELECT (starts_at AT TIME ZONE 'UTC')::text FROM duty WHERE kind = 'crew'"
        assert await tx.fetchval(hours) == "2026-11-24 00:00:00"  # 07:00 in Asia/Jakarta
        told = "SELECT count(*) FROM event WHERE kind = 'registry.duty_entered'"
        assert await tx.fetchval(told) == 3
