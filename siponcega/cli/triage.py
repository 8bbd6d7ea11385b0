"""triage eval: how well messages are understood."""

from __future__ import annotations

from pathlib import Path

import typer

from siponcega.cli.output import ATTENTION, emit, say

group = typer.Typer(
    help="How messages are read.",
    no_args_is_help=True,
    epilog="Example: siponcega triage eval pesan.csv --json",
)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="triage")


# With one command alone typer would leave the group's name out.
@group.callback()
def _group() -> None:
    pass


@group.command("eval", epilog="Example: siponcega triage eval pesan.csv --json")
def evaluate(
    file: Path = typer.Argument(
        help="CSV: text, expected_class, expected_type, expected_priority, "
        "expected_kelurahan_code; optional id, lat, lon, location_basis, casualties, note."
    ),
    city: str = typer.Option("", help="Pack of the city (or SIPONCEGA_CITY)."),
    as_json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Read labelled messages as the intake would and print class, type, priority and place beside
    the labels. Needs no running system: the names are those of the city's pack.

    Exit codes: 0 done, 3 a guarantee is broken (noise opens an incident, or an emergency that names
    its kelurahan opens none there), 1 the file cannot be read.
    """
    import json

    from core.errors import BadInput
    from core.settings import Settings
    from core.words import t
    from dispatch import measure
    from dispatch.screening.evaluate import evaluate as screen_all
    from geo.geocoder import for_pack
    from geo.geography import Geography

    try:
        rows = measure.read(file.read_bytes())
    except OSError as error:
        say(f"siponcega: {file}: {error.strerror}")
        raise typer.Exit(1) from None
    except BadInput as error:
        say(f"siponcega: {file}: {t(error.message, **error.params)}")
        raise typer.Exit(1) from None
    name = city or Settings().city
    judged = measure.judge(rows, Geography(for_pack(name), name))
    screened = screen_all(rows)
    if as_json:
        emit({**measure.as_builtins(judged), "screening": json.loads(screened.as_json())})
    else:
        typer.echo(measure.as_text(judged))
        typer.echo("")
        typer.echo(screened.as_text())
    raise typer.Exit(ATTENTION if any(j.broken for j in judged) else 0)
