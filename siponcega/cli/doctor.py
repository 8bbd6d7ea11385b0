"""doctor."""

from __future__ import annotations

import typer

from siponcega.cli.output import ATTENTION, emit

MARKS = {"ok": "ok  ", "warn": "LOOK", "fail": "FAIL"}


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: siponcega doctor --json")(doctor)


def doctor(as_json: bool = typer.Option(False, "--json", help="Answer as JSON.")) -> None:
    """Look at every part of this installation and say how to mend it.

    Exit code 0: all well, 1: something does not work, 3: something wants a look.
    """
    import asyncio

    from siponcega import doctor as looking
    from siponcega import instance

    with instance.servers_or_not() as settings:
        findings = asyncio.run(looking.examine(settings))
    if as_json:
        emit([one.as_dict() for one in findings])
    else:
        for one in findings:
            typer.echo(f"{MARKS[one.state]}  {one.part:<15} {one.found}")
            if one.state != "ok":
                typer.echo(f"      {'':<15} → {one.mend}")
    states = {one.state for one in findings}
    raise typer.Exit(1 if "fail" in states else ATTENTION if "warn" in states else 0)
