"""migrate, seed."""

from __future__ import annotations

import typer

from siponcega.cli.output import emit, say


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: siponcega migrate --check")(migrate)
    app.command(epilog="Example: siponcega seed")(seed)


def migrate(
    check: bool = typer.Option(False, help="Only tell; exit code 3 when a migration is missing."),
    as_json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Bring the database to the shape this version needs."""
    import asyncio

    from siponcega import instance, prepared, revisions

    with instance.servers() as settings:
        if not check:
            prepared.migrate(settings.database_url, say)
        has, wants = asyncio.run(revisions.present(settings.database_url)), revisions.newest()
    if as_json:
        emit({"database": has, "code": wants, "up_to_date": has == wants})
    else:
        typer.echo(f"database: {has or 'empty'}, code: {wants or 'no migrations'}")
    raise typer.Exit(0 if has == wants else 3)


def seed() -> None:
    """Write the city's facts and, in demo mode, the example shift. A second time changes nothing."""
    from siponcega import instance, prepared

    with instance.servers() as settings:
        prepared.migrate(settings.database_url, say)
        prepared.seed(settings, say, again=True)
