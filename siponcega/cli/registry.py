"""registry import, registry columns."""

from __future__ import annotations

from pathlib import Path

import typer

from siponcega.cli.output import ATTENTION, emit, say

group = typer.Typer(
    help="Agencies, stations, staff, houses, residents, shelters, hospitals: load them from CSV.",
    no_args_is_help=True,
    epilog="Example: siponcega registry import staff petugas.csv --dry-run",
)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="registry", short_help="Load agencies, staff, units, … from CSV.")


@group.command(
    "import",
    epilog="Example: siponcega registry import staff petugas.csv --dry-run",
    short_help="Take the good rows of a CSV, name every bad one.",
)
def import_(
    kind: str = typer.Argument(help="Kind of file; see: siponcega registry columns"),
    file: Path = typer.Argument(help="A CSV with a header line, in UTF-8 or as Excel saves it."),
    dry_run: bool = typer.Option(False, help="Check everything, write nothing."),
    example: bool = typer.Option(False, help="Mark the rows as contoh (not real)."),
    as_json: bool = typer.Option(False, "--json", help="Print the result as JSON."),
) -> None:
    """Take the good rows of a CSV; name every bad one and keep it in FILE.ditolak.csv.

    Exit codes: 0 all rows are in, 3 some were refused, 1 the file as a whole was.
    """
    import asyncio
    from dataclasses import asdict

    from registry.csv_file import NotCsv
    from siponcega import instance
    from siponcega.imports import SHEETS, run_import

    sheet = SHEETS.get(kind)
    if sheet is None:
        say(f"siponcega: no kind of file is called {kind!r}. Kinds: {', '.join(SHEETS)}")
        raise typer.Exit(2)
    try:
        with instance.servers() as settings:
            result = asyncio.run(
                run_import(settings, sheet, file, dry_run=dry_run, example=example, tell=say)
            )
    except NotCsv as error:
        say(f"siponcega: {file}: {error}")
        raise typer.Exit(1) from None
    if as_json:
        emit(asdict(result))
    else:
        for fault in result.faults:
            where = f"baris {fault.line}" + (f", kolom {fault.column}" if fault.column else "")
            shown = f" [{fault.value}]" if fault.value else ""
            typer.echo(f"{where}{shown}: {fault.advice}")
        if result.ignored_columns:
            typer.echo(f"Kolom yang tidak dipakai: {', '.join(result.ignored_columns)}")
        typer.echo(
            f"{result.rows} baris: {result.created} baru, {result.updated} diperbarui, "
            f"{result.unchanged} tetap, {result.refused} ditolak"
            + (" (percobaan, tidak ada yang ditulis)" if dry_run else "")
        )
        if result.refused_file:
            typer.echo(f"Baris yang ditolak: {result.refused_file}. Betulkan, lalu impor lagi.")
        elif result.refused and not dry_run:
            typer.echo(f"{file.parent} tidak dapat ditulis: betulkan {file.name}, lalu impor lagi.")
    raise typer.Exit(ATTENTION if result.refused else 0)


@group.command(
    epilog="Example: siponcega registry columns staff",
    short_help="Which columns each kind of file may have.",
)
def columns(
    kind: str = typer.Argument("", help="One kind of file; all when left out."),
    as_json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Which columns each kind of file may have, by what names, and which it must have."""
    from siponcega.imports import SHEETS

    wanted = [sheet for sheet in SHEETS.values() if kind in ("", sheet.name)]
    if not wanted:
        say(f"siponcega: no kind of file is called {kind!r}. Kinds: {', '.join(SHEETS)}")
        raise typer.Exit(2)
    if as_json:
        emit(
            [
                {
                    "kind": sheet.name,
                    "about": sheet.about,
                    "key": sheet.key,
                    "columns": [
                        {
                            "name": column.name,
                            "also": column.aliases,
                            "required": column.required,
                            "about": column.about,
                        }
                        for column in sheet.columns
                    ],
                }
                for sheet in wanted
            ]
        )
        return
    for sheet in wanted:
        typer.echo(f"{sheet.name}: {sheet.about} (kunci: {' + '.join(sheet.key)})")
        for column in sheet.columns:
            names = " / ".join((column.name, *column.aliases))
            typer.echo(f"  {'*' if column.required else ' '} {names}: {column.about}")
    typer.echo("* wajib. Sel kosong tidak mengubah apa-apa; tanda - mengosongkan.")
