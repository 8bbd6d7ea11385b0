"""backup, restore."""

from __future__ import annotations

from pathlib import Path

import typer

from siponcega.cli.output import emit, say


def register(app: typer.Typer) -> None:
    app.command(
        epilog="Example: siponcega backup /mnt/backup",
        short_help="Write database and uploads into a new folder.",
    )(backup)
    app.command(
        epilog="Example: SIPONCEGA_HOME=/srv/new siponcega restore /mnt/backup/siponcega-20260105-020000",
        short_help="Put a backup into an empty database.",
    )(restore)


def backup(
    into: Path = typer.Argument(help="Folder in which the backup's folder is made."),
    as_json: bool = typer.Option(False, "--json", help="Print the manifest as JSON."),
) -> None:
    """Write database and uploaded files into a new folder, with checksums. Keys are not in it.

    Exit codes: 0 written, 1 not written (nothing half is left).
    """
    import asyncio

    from siponcega import backup as backups
    from siponcega import instance

    with instance.servers() as settings:
        made = asyncio.run(backups.make(settings, into))
        backups.remember(settings.home, made)
    if as_json:
        emit({"folder": str(made.folder), **made.manifest})
        return
    typer.echo(str(made.folder))
    if made.manifest["chain"]:
        say("anchor of the event chain: {position}:{hash}".format(**made.manifest["chain"]))
    say(backups.KEYS_NOTE)
    say(f"The keys are in {settings.keys_dir}")


def restore(
    folder: Path = typer.Argument(help="A backup's folder."),
    check_only: bool = typer.Option(False, "--check", help="Only prove that it is undamaged."),
    as_json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Put a backup into an empty database, then prove that it is what was backed up.

    Exit codes: 0 all of it fits, 1 refused or not equal.
    """
    import asyncio

    from siponcega import backup as backups
    from siponcega import instance

    if check_only:
        manifest = backups.check(folder)
        result = {"folder": str(folder), "undamaged": True, "made_at": manifest["made_at"]}
    else:
        with instance.servers() as settings:
            asyncio.run(backups.restore(settings, folder))
            result = asyncio.run(backups.prove(settings, folder))
    if as_json:
        emit(result)
    else:
        for name, value in result.items():
            typer.echo(f"{name}: {value}")
    raise typer.Exit(0 if all(value is not False for value in result.values()) else 1)
