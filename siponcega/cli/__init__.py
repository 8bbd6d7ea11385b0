"""The ``siponcega`` command. One file for each group; what a command needs it imports when called,
so that ``--help`` answers at once."""

from __future__ import annotations

import os

import typer

from siponcega import __version__
from siponcega.cli import (
    audit,
    backup,
    cards,
    city,
    database,
    demo,
    doctor,
    gateway,
    geo,
    init,
    keys,
    purge,
    registry,
    replay,
    run,
    triage,
    user,
)
from siponcega.cli.output import guarded
from siponcega.environment import prepare

app = typer.Typer(
    name="siponcega",
    help="Emergency rapid-response system of a city. Start with: siponcega up",
    epilog="Exit codes, where a command names no others: 0 done, 1 could not, 2 wrong usage, "
    "3 done but something needs attention. Example: siponcega doctor",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for group in (
    run,
    database,
    demo,
    init,
    doctor,
    user,
    keys,
    audit,
    city,
    geo,
    triage,
    registry,
    cards,
    gateway,
    backup,
    purge,
    replay,
):
    group.register(app)


def show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def common(
    home: str = typer.Option("", help="Folder of this instance (or SIPONCEGA_HOME)."),
    version: bool = typer.Option(
        False, "--version", callback=show_version, is_eager=True, help="Print the version and exit."
    ),
) -> None:
    if home:
        os.environ["SIPONCEGA_HOME"] = home
    prepare()


def main() -> None:
    """Exit codes: 0 done, 1 could not, 2 wrong usage, 3 done but something needs attention."""
    with guarded():
        app(prog_name="siponcega")
