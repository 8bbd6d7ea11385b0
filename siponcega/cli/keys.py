"""keys make | list | rotate | retire"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import typer

from siponcega.cli.output import emit, say

if TYPE_CHECKING:
    from core.db import Database
    from core.settings import Settings

T = TypeVar("T")

app = typer.Typer(
    no_args_is_help=True,
    help="Keys of the personal data. Keep a copy elsewhere.",
    epilog="Example: siponcega keys make",
)


def register(root: typer.Typer) -> None:
    root.add_typer(app, name="keys")


def run(work: Callable[[Database, Settings], Awaitable[T]]) -> T:
    """Run `work` with the instance's database; key trouble is one sentence and exit code 1."""
    from core.db import Database
    from core.keyring import KeyFileError
    from siponcega import instance

    async def once(settings: Settings) -> T:
        db = await Database.open(settings)
        try:
            return await work(db, settings)
        finally:
            await db.close()

    with instance.servers() as settings:
        try:
            return asyncio.run(once(settings))
        except KeyFileError as error:
            say(f"siponcega: {error}")
            raise typer.Exit(1) from error


@app.command(epilog="Example: siponcega keys make")
def make() -> None:
    """Make the key file of a new instance. An existing one is never touched."""
    from core import keyring
    from core.settings import get_settings

    keys_dir = get_settings().keys_dir
    if (keys_dir / keyring.FILE_NAME).exists():
        say(f"there are keys already in {keys_dir}")
        raise typer.Exit(3)
    keyring.ensure(keys_dir)
    typer.echo(str(keys_dir / keyring.FILE_NAME))
    say("Copy this file to a safe place apart from the backups: without it nothing can be read.")


@app.command("list", epilog="Example: siponcega keys list --json")
def list_keys(as_json: bool = typer.Option(False, "--json", help="Answer as JSON.")) -> None:
    """The keys, which one is in use, and what each of them still holds."""
    from core import keyring, rotation

    async def work(db: Database, settings: Settings) -> list[dict[str, object]]:
        ring = keyring.read(settings.keys_dir)
        counted = await rotation.count(db, settings.uploads_dir)
        return [
            {
                "id": key.id,
                "made_at": key.made_at,
                "current": key is ring.current,
                "holds": sum(one.by_key.get(key.id, 0) for one in counted),
            }
            for key in ring.keys
        ]

    rows = run(work)
    if as_json:
        emit(rows)
        return
    for row in rows:
        mark = "in use" if row["current"] else ""
        typer.echo(f"{row['id']!s:>3}  {row['made_at']}  {row['holds']} value(s)  {mark}".rstrip())


@app.command(
    epilog="Example: siponcega keys rotate", short_help="Make a new key and re-encrypt under it."
)
def rotate() -> None:
    """Make a new key and rewrite everything under it, while the system runs. Can be repeated."""
    from core import rotation

    async def work(db: Database, settings: Settings) -> int:
        return await rotation.rotate(
            db,
            settings.keys_dir,
            settings.uploads_dir,
            lambda where, rows: say(f"  {where}: {rows}"),
        )

    key_id = run(work)
    typer.echo(f"key {key_id} is in use")
    say("Copy the key file again. `siponcega keys retire` removes old keys that hold nothing.")


@app.command(epilog="Example: siponcega keys retire")
def retire() -> None:
    """Take old keys that hold nothing any more out of the file. Old backups still need them."""
    from core import rotation

    async def work(db: Database, settings: Settings) -> list[int]:
        return await rotation.retire(db, settings.keys_dir, settings.uploads_dir)

    gone = run(work)
    say(f"retired: {', '.join(map(str, gone))}" if gone else "every old key is still needed")
