"""audit verify"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import typer

from siponcega.cli.output import ATTENTION, emit, say

if TYPE_CHECKING:
    from core.events.chain import Verdict
    from core.settings import Settings

app = typer.Typer(
    no_args_is_help=True,
    help="The hash-chained log of who did what.",
    epilog="Example: siponcega audit verify --anchor 1520:9f2c…",
)


def register(root: typer.Typer) -> None:
    root.add_typer(app, name="audit")


@app.callback()
def audit() -> None:
    """Keeps `verify` a word of its own, since more will join it."""


@app.command(epilog="Example: siponcega audit verify --anchor 1520:9f2c…")
def verify(
    anchor: str = typer.Option("", help="POSITION:HASH noted earlier (backups print it)."),
    as_json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Recompute the whole chain; exit code 3 when it was tampered with."""
    noted = parse_anchor(anchor)
    verdict = run_verify(noted)
    if as_json:
        emit({name: getattr(verdict, name) for name in verdict.__struct_fields__})
    elif verdict.ok:
        typer.echo(f"intact: {verdict.checked} event(s), anchor {verdict.checked}:{verdict.head}")
    else:
        typer.echo(f"BROKEN at position {verdict.broken_at}: {verdict.problem}")
    if not verdict.ok:
        say("Keep the database as it is, compare it with the latest backup, tell the auditor.")
        raise typer.Exit(ATTENTION)


def parse_anchor(text: str) -> tuple[int, str] | None:
    """'1520:9f2c…' as (position, hash). Raises typer.BadParameter."""
    if not text:
        return None
    position, _, digest = text.partition(":")
    if not position.isdigit() or len(digest) != 64:
        raise typer.BadParameter("POSITION:HASH with 64 hex digits", param_hint="--anchor")
    return int(position), digest.lower()


def run_verify(anchor: tuple[int, str] | None) -> Verdict:
    from core.db import Database
    from core.events import chain
    from siponcega import instance

    async def once(settings: Settings) -> Verdict:
        db = await Database.open(settings)
        try:
            async with db.read() as tx:
                return await chain.verify(tx, anchor=anchor)
        finally:
            await db.close()

    with instance.servers() as settings:
        return asyncio.run(once(settings))
