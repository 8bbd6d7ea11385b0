"""purge, purge person."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import typer

from siponcega.cli.output import ATTENTION, emit, say

if TYPE_CHECKING:
    from core.db import Database
    from core.settings import Settings

group = typer.Typer(
    epilog="Example: siponcega purge --dry-run",
    invoke_without_command=True,
)

DRY_RUN = "Only tell what would be forgotten."
JSON = "Answer as JSON."


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="purge", short_help="Forget what is old, or one person.")


@group.callback()
def purge(
    context: typer.Context,
    dry_run: bool = typer.Option(False, help=DRY_RUN),
    as_json: bool = typer.Option(False, "--json", help=JSON),
) -> None:
    """Forget numbers, names, words and photos older than the settings say; or one person.

    Without a command: by age. SIPONCEGA_CONTACT_DAYS for what came in, SIPONCEGA_MESSAGE_DAYS for what was sent. The worker does
    the same once a day. Kinds, places, times and the event chain stay. Exit code 0.
    """
    if context.invoked_subcommand is not None:
        return
    from siponcega import purge as retention

    found = run(retention.due if dry_run else retention.purge)
    if as_json:
        emit({"dry_run": dry_run, "forgotten": found})
        return
    for name, rows in found.items():
        typer.echo(f"{name.replace('_', ' '):<20} {rows:>8}")
    say("nothing was changed" if dry_run else "done")


@group.command(epilog="Example: siponcega purge person --phone +6284000123456 --yes")
def person(
    phone: str = typer.Option(..., help="The person's number; - reads it from standard input."),
    yes: bool = typer.Option(False, "--yes", "-y", help="Do not ask."),
    dry_run: bool = typer.Option(False, help=DRY_RUN),
    as_json: bool = typer.Option(False, "--json", help=JSON),
) -> None:
    """Forget one person by phone number, everywhere, for good. The event chain stays verifiable.

    Exit codes: 0 forgotten, 3 nothing is kept under this number, 1 not confirmed, 2 not a number.
    """
    from core.phone import normalize
    from core.privacy import Vault
    from siponcega.purge import person as forget

    number = normalize(sys.stdin.readline().strip() if phone == "-" else phone)
    if number is None:
        raise typer.BadParameter("not a phone number", param_hint="--phone")
    if not (yes or dry_run):
        typer.confirm("This cannot be undone. Forget this person?", abort=True, err=True)

    async def work(db: Database, settings: Settings) -> dict[str, int]:
        number_hash = Vault.open(settings.keys_dir).phone_hash(number)
        return await forget(db, settings, number_hash, dry_run=dry_run)

    found = run(work)
    if as_json:
        emit({"dry_run": dry_run, "forgotten": found})
    for name, rows in sorted(found.items()):
        if not as_json:
            typer.echo(f"{name:<24} {rows:>6}")
    if not found:
        say("nothing is kept under this number")
        raise typer.Exit(ATTENTION)
    say("nothing was changed" if dry_run else "forgotten; backups made before still hold it")


def run(work: Callable[[Database, Settings], Awaitable[dict[str, int]]]) -> dict[str, int]:
    from core.db import Database
    from siponcega import instance

    async def once(settings: Settings) -> dict[str, int]:
        db = await Database.open(settings)
        try:
            return await work(db, settings)
        finally:
            await db.close()

    with instance.servers() as settings:
        return asyncio.run(once(settings))
