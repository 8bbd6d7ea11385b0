"""gateway test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from siponcega.cli.output import ATTENTION, emit

if TYPE_CHECKING:
    from notifier.trial import Trial

group = typer.Typer(
    help="The ways out for messages.",
    no_args_is_help=True,
    epilog="Example: siponcega gateway test --to 081100000001",
)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="gateway")


@group.callback()
def ways() -> None:
    """The ways out for messages."""


@group.command(
    epilog="Example: siponcega gateway test --to 081100000001",
    short_help="Ask each gateway whether it answers.",
)
def test(
    name: str = typer.Argument("", help="One gateway (else all in SIPONCEGA_GATEWAYS)."),
    to: str = typer.Option("", help="Also send a test message to this number."),
    channel: str = typer.Option("sms", help="sms or chat (WhatsApp)."),
    wait: int = typer.Option(20, min=0, max=300, help="Seconds to wait for the delivery receipt."),
    as_json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Ask each gateway whether it answers; with --to, send one message and say what became of it.

    Exit codes: 0 every gateway answers (and the message was delivered), 3 it was sent but not
    confirmed in time, 1 something failed.
    """
    import asyncio

    from core.context import open_context
    from core.settings import Settings
    from notifier import trial
    from siponcega import instance

    async def run(settings: Settings) -> list[Trial]:
        async with open_context(settings) as context:
            return await trial.run(context, name or None, to or None, channel, wait)

    with instance.servers() as settings:
        trials = asyncio.run(run(settings))
    if as_json:
        emit([one.as_dict() for one in trials])
    else:
        for one in trials:
            typer.echo(f"{'ok  ' if one.ok else 'FAIL'}  {one.gateway:<12} {one.found}")
            if one.sent:
                typer.echo(f"      {'':<12} → {one.sent}")
    if not all(one.ok for one in trials):
        raise typer.Exit(1)
    raise typer.Exit(ATTENTION if any(one.unconfirmed for one in trials) else 0)
