"""geo import, geo alias, geo places add."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from siponcega.cli.output import ATTENTION, emit, say

if TYPE_CHECKING:
    from core.db import Database
    from core.settings import Settings
    from geo.osm.progress import Step

LONG_MS = 3_600_000
T = TypeVar("T")


def register(geo: typer.Typer, places: typer.Typer) -> None:
    geo.command("import", epilog="Example: siponcega geo import sumut.osm.pbf --area 12.76")(
        import_map
    )
    geo.command("alias", epilog="Example: siponcega geo alias 'pajak bawah' 12.76.05.1002")(alias)
    places.command(
        "add", epilog="Example: siponcega geo places add 'Warung Bu Ani' 3.3281 99.1571"
    )(add_place)


def import_map(
    file: Path = typer.Argument(help="OpenStreetMap extract: .osm.pbf, .osm.gz, .osm."),
    area: str = typer.Option("", help="Only this area: name, code, or west,south,east,north."),
    skip_broken: bool = typer.Option(False, help="Leave out areas that are drawn wrongly."),
    as_json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Streets, landmarks, boundaries, water and the road graph; replaces the last import at once.

    Exit codes: 0 all in, 3 in but something was left out, 1 refused and nothing changed.
    """
    from dataclasses import asdict

    from core.errors import BadInput
    from core.words import t
    from geo.osm.importing import Imported, import_map
    from geo.osm.progress import Progress
    from siponcega import instance, prepared

    try:
        with instance.servers() as settings:
            prepared.migrate(settings.database_url, say)
            progress = Progress(None if as_json else _show)

            async def run(db: Database) -> Imported:
                return await import_map(
                    db, file, settings.city, area or None, progress, skip_broken=skip_broken
                )

            done = _with_database(settings, run)
    except BadInput as error:
        say(f"siponcega: {t(error.message, **error.params)}")
        raise typer.Exit(1) from None
    if as_json:
        emit(asdict(done))
    else:
        typer.echo(
            f"{done.streets} jalan, {done.places} tempat, {done.edges} ruas, "
            f"{done.kelurahan} kelurahan, {done.kecamatan} kecamatan, {done.water} perairan "
            f"dalam {done.seconds:.1f} detik."
        )
        for what, names in (
            ("Hanya sebagian di berkas, dilewati", done.cut),
            ("Batas rusak, dilewati", done.skipped),
            ("Alias yang tempatnya tidak ada lagi", done.lost),
        ):
            if names:
                typer.echo(f"{what}: {', '.join(names[:20])}")
        if done.whole_city:
            levels = ", ".join(f"{level} ({n})" for level, n in sorted(done.levels.items()))
            typer.echo(
                "Tidak ada batas kelurahan yang cocok; seluruh peta menjadi satu wilayah. "
                f"admin_level di berkas: {levels or 'tidak ada'}."
            )
    raise typer.Exit(ATTENTION if done.skipped or done.lost or done.whole_city else 0)


def alias(
    name: str = typer.Argument(help="The other spelling."),
    target: str = typer.Argument(help="Code of the kelurahan, or the place's slug (geo search)."),
    source: str = typer.Option("", help="Who says so."),
) -> None:
    """Give an area or a place another name; it outlives every import."""
    from geo import by_hand
    from siponcega import instance

    with instance.servers() as settings:

        async def run(db: Database) -> int:
            async with db.tx() as tx:
                return await by_hand.add_alias(tx, name, target, source or "siponcega geo alias")

        _with_database(settings, run)
    typer.echo(f"{name} → {target}")


def add_place(
    name: str = typer.Argument(help="Name of the landmark."),
    lat: float = typer.Argument(help="Latitude, degrees."),
    lon: float = typer.Argument(help="Longitude, degrees."),
    kind: str = typer.Option("landmark", help="landmark, worship, school, market, bridge, …"),
    source: str = typer.Option("", help="Who says so."),
) -> None:
    """Add a landmark by hand; it outlives every import."""
    from geo import by_hand
    from siponcega import instance

    with instance.servers() as settings:

        async def run(db: Database) -> str:
            async with db.tx() as tx:
                said = source or "siponcega geo places add"
                return await by_hand.add_place(tx, by_hand.NewPlace(name, kind, lon, lat), said)

        slug = _with_database(settings, run)
    typer.echo(slug)


def _with_database(settings: Settings, run: Callable[[Database], Coroutine[Any, Any, T]]) -> T:
    import asyncio

    from core.db import Database

    async def opened() -> T:
        patient = settings.model_copy(update={"statement_timeout_ms": LONG_MS})
        db = await Database.open(patient)
        try:
            return await run(db)
        finally:
            await db.close()

    return asyncio.run(opened())


def _show(step: Step) -> None:
    """One line, written over itself on a terminal."""
    share = "" if step.share is None else f"{step.share:4.0%} "
    left = "" if step.left_s is None else f", kira-kira {step.left_s:.0f} detik lagi"
    line = f"{share}{step.what} {step.done or ''}{left}"
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{line:<70}")
        sys.stderr.flush()
    else:
        say(line)
