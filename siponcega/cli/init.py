"""init."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from siponcega.cli.output import say


def register(app: typer.Typer) -> None:
    app.command(
        epilog="Example: siponcega --home /var/lib/siponcega init --public-url https://112.kota.go.id"
        " --admin siti --admin-name 'Siti Aminah'",
        short_help="Make a real instance (no example rows).",
    )(init)


def init(
    public_url: str = typer.Option(..., help="What people type; https:// (deploy/Caddyfile)."),
    admin: str = typer.Option(..., help="Log-in of the first administrator."),
    admin_name: str = typer.Option(..., help="Name of the first administrator."),
    city: str = typer.Option("tebing_tinggi", help="Which city pack."),
    gateways: str = typer.Option("", help="Gateways in order of preference, e.g. twilio."),
    database_url: str = typer.Option(
        "", envvar="SIPONCEGA_DATABASE_URL", help="An existing server [default: a private one]."
    ),
    redis_url: str = typer.Option(
        "", envvar="SIPONCEGA_REDIS_URL", help="An existing server [default: a private one]."
    ),
) -> None:
    """Make a real instance: keys, secrets, database, first administrator. No example rows.

    Exit codes: 0 made, 1 not made (nothing is left but an empty database and the keys).
    """
    from siponcega.init import Wanted, make

    wanted = Wanted(
        public_url=public_url,
        city=city,
        admin_login=admin,
        admin_name=admin_name,
        gateways=gateways,
        database_url=database_url,
        redis_url=redis_url,
    )
    link = make(Path(os.environ["SIPONCEGA_HOME"]), wanted, say)
    say("first administrator (the link works once, within 72 hours):")
    typer.echo(link)
    say("run cards: a set to begin with, none dispatches by itself; read them: siponcega cards")
    say("next: start it, load units and staff from CSV (siponcega registry columns), then")
    say("siponcega doctor; docs/operations.md goes through it step by step")
