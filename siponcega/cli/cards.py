"""cards."""

from __future__ import annotations

from typing import Any

import typer

from siponcega.cli.output import emit


def register(app: typer.Typer) -> None:
    app.command(
        epilog="Example: siponcega cards > kartu.csv, change it, then: "
        "siponcega registry import run_cards kartu.csv",
        short_help="Print the run cards: which units an incident asks for.",
    )(cards)


def cards(as_json: bool = typer.Option(False, "--json", help="Answer as JSON.")) -> None:
    """Print the run cards as the CSV that `siponcega registry import run_cards` takes: the units that a kind
    and priority asks for, whether they go without an operator, after how long a veto, and when an
    offer passes to the next unit."""
    import asyncio
    import csv
    import sys

    from core.db import Database
    from core.settings import Settings
    from dispatch import card_sheet
    from siponcega import instance

    async def read(settings: Settings) -> list[dict[str, Any]]:
        db = await Database.open(settings)
        try:
            async with db.read() as tx:
                return await card_sheet.cards(tx)
        finally:
            await db.close()

    with instance.servers() as settings:
        found = asyncio.run(read(settings))
    if as_json:
        emit(found)
        return
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([column.name for column in card_sheet.SHEET.columns])
    out.writerows([card_sheet.cell(value) for value in card.values()] for card in found)
