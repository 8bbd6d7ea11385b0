"""Run cards by file: what is printed goes in again, a change holds, a bad row harms no other."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from core.db import Database
from core.privacy import Vault
from dispatch import run_cards
from dispatch.card_sheet import SHEET, cards, cell
from registry.import_csv import Result, import_file


async def stands(db: Database) -> list[dict[str, Any]]:
    async with db.read() as tx:
        return await cards(tx)


def printed(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in SHEET.columns])
    writer.writerows([cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


async def load(db: Database, vault: Vault, folder: Path, text: str) -> Result:
    path = folder / "kartu.csv"
    path.write_text(text, "utf-8")
    return await import_file(db, vault, SHEET, path)


async def test_what_is_printed_goes_in_unchanged(
    fresh_db: Database, vault: Vault, tmp_path: Path
) -> None:
    async with fresh_db.tx() as tx:
        made = await run_cards.seed(tx)
    before = await stands(fresh_db)
    result = await load(fresh_db, vault, tmp_path, printed(before))
    assert (result.unchanged, result.refused, result.faults) == (made, 0, [])
    assert await stands(fresh_db) == before and len(before) == made


async def test_a_city_enters_its_own(fresh_db: Database, vault: Vault, tmp_path: Path) -> None:
    async with fresh_db.tx() as tx:
        await run_cards.seed(tx)
    rows = (
        "jenis,prioritas,otomatis,veto_s,units,units_level_2\n"
        "fire,P1,ya,30,fire_engine=3|ambulance,-\n"
        "flood,P2,tidak,,,\n"
        "fire,P2,ya,15,tank=1,\n"
        "fire,P3,ya,15,fire_engine=0,\n"
        "quake,P1,ya,15,rescue=1,\n"
        "crime,P1,ya,9000,police=1,\n"
    )
    before = {(c["type"], c["priority"]): c for c in await stands(fresh_db)}
    result = await load(fresh_db, vault, tmp_path, rows)
    assert (result.updated, result.unchanged, result.refused) == (1, 1, 4)
    assert [(f.line, f.column) for f in result.faults] == [
        (4, "units"),
        (5, "units"),
        (6, "type"),
        (7, "veto_s"),
    ]
    after = {(c["type"], c["priority"]): c for c in await stands(fresh_db)}
    assert after.pop(("fire", "P1")) == {
        "type": "fire", "priority": "P1", "auto": True, "veto_s": 30, "offer_timeout_s": 45,
        "units": {"ambulance": 1, "fire_engine": 3}, "units_level_2": {},
    }  # fmt: skip
    del before["fire", "P1"]
    assert after == before
