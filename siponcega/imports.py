"""Which CSV files this installation takes in, of all rooms, and how one is run from the shell."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from core.db import Database, Tx
from core.privacy import Vault
from core.settings import Settings
from dispatch.card_sheet import SHEET as RUN_CARDS
from dispatch.sheets import SHEETS as DISPATCH_SHEETS
from registry.import_csv import Result, import_file
from registry.roster import roster_sheet
from registry.sheet import Sheet
from registry.sheets import SHEETS as REGISTRY_SHEETS


async def unit_by_code(tx: Tx, code: str) -> int | None:
    """The id of a unit, or None."""
    unit_id: int | None = await tx.fetchval("SELECT id FROM unit WHERE code = $1", code)
    return unit_id


DUTY = roster_sheet(unit_by_code)

SHEETS: dict[str, Sheet] = {
    **REGISTRY_SHEETS,
    **DISPATCH_SHEETS,
    DUTY.name: DUTY,
    RUN_CARDS.name: RUN_CARDS,
}

SAY_EVERY_S = 2.0


async def run_import(
    settings: Settings,
    sheet: Sheet,
    path: Path,
    *,
    dry_run: bool,
    example: bool,
    tell: Callable[[str], None],
) -> Result:
    """Import one file; long ones say how far they are and how long it will take."""
    began = last = time.monotonic()

    def progress(done: int, rows: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= SAY_EVERY_S:
            last = now
            left = (now - began) / done * (rows - done)
            tell(f"{done}/{rows} baris, kira-kira {left:.0f} detik lagi")

    db = await Database.open(settings)
    try:
        return await import_file(
            db,
            Vault.open(settings.keys_dir),
            sheet,
            path,
            dry_run=dry_run,
            example=example,
            progress=progress,
        )
    finally:
        await db.close()
