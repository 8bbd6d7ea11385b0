"""geo areas import, geo places import, geo search, geo eval; more in geo_map.py, geo_speeds.py."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from siponcega.cli import geo_map, geo_speeds
from siponcega.cli.output import ATTENTION, emit, say

if TYPE_CHECKING:
    from geo.evaluate import Positions, Share
    from geo.geography import Geography

group = typer.Typer(
    help="The city's map and names.",
    no_args_is_help=True,
    epilog='Example: siponcega geo search "kbkrn dkt stasiun" --json',
)
areas = typer.Typer(
    help="Kecamatan and kelurahan.",
    no_args_is_help=True,
    epilog="Example: siponcega geo areas import kelurahan.geojson",
)
places = typer.Typer(
    help="Streets, rivers and landmarks.",
    no_args_is_help=True,
    epilog="Example: siponcega geo places import sekolah.csv",
)
group.add_typer(areas, name="areas")
group.add_typer(places, name="places")
geo_map.register(group, places)
geo_speeds.register(group)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="geo")


@areas.command("import", epilog="Example: siponcega geo areas import kelurahan.geojson")
def import_areas(
    file: Path = typer.Argument(help="GeoJSON (WGS 84): one polygon a kelurahan, with its code."),
    code: str = typer.Option("", help="Attribute with the Kemendagri code (else kode, code, …)."),
    source: str = typer.Option("", help="Where the map comes from (else the file's name)."),
    as_json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Replace the guessed outlines by the official ones, all at once; on any error the old stay.

    Exit codes: 0 all in, 3 in but some codes unknown or missing, 1 refused.
    """
    import asyncio
    from dataclasses import asdict

    from core.db import Database
    from core.errors import BadInput
    from core.settings import Settings
    from core.words import t
    from geo import import_areas as importer
    from siponcega import instance

    async def run(settings: Settings) -> importer.Imported:
        shapes = importer.read(_bytes(file), code or None)
        db = await Database.open(settings)
        try:
            async with db.tx() as tx:
                return await importer.import_areas(tx, shapes, source or file.name)
        finally:
            await db.close()

    try:
        with instance.servers() as settings:
            done = asyncio.run(run(settings))
    except BadInput as error:
        say(f"siponcega: {file}: {t(error.message, **error.params)}")
        raise typer.Exit(1) from None
    if as_json:
        emit(asdict(done))
    else:
        typer.echo(f"{len(done.updated)} kelurahan punya batas resmi sekarang.")
        if done.unknown:
            typer.echo(f"Kode yang tidak dikenal, dilewati: {', '.join(done.unknown)}")
        if done.missing:
            typer.echo(f"Tidak ada di berkas, tetap perkiraan: {', '.join(done.missing)}")
    raise typer.Exit(ATTENTION if done.unknown or done.missing else 0)


@places.command("import", epilog="Example: siponcega geo places import sekolah.csv")
def import_places(
    file: Path = typer.Argument(help="CSV (nama, lat, lon, jenis, alias, sumber) or GeoJSON."),
    layer: str = typer.Option("", help="Name of the layer it replaces (else the file's name)."),
    as_json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Replace one layer of places; hand-made ones and other layers stay.

    Exit codes: 0 all in, 3 some rows refused and named, 1 the file as a whole was.
    """
    import asyncio
    from dataclasses import asdict

    from core.db import Database
    from core.errors import BadInput
    from core.settings import Settings
    from core.words import t
    from geo import import_places as importer
    from siponcega import instance

    async def run(settings: Settings) -> importer.ImportedPlaces:
        rows, refused = importer.read(_bytes(file), file.name)
        db = await Database.open(settings)
        try:
            async with db.tx() as tx:
                return await importer.import_places(tx, rows, refused, layer or file.stem)
        finally:
            await db.close()

    try:
        with instance.servers() as settings:
            done = asyncio.run(run(settings))
    except BadInput as error:
        say(f"siponcega: {file}: {t(error.message, **error.params)}")
        raise typer.Exit(1) from None
    if as_json:
        emit(asdict(done))
    else:
        for row in done.refused:
            typer.echo(f"baris {row.number}: {row.why}")
        typer.echo(f"{done.added} tempat masuk, {done.replaced} yang lama diganti.")
    raise typer.Exit(ATTENTION if done.refused else 0)


@group.command(epilog='Example: siponcega geo search "kbkrn dkt stasiun" --json')
def search(
    text: str = typer.Argument(help="What a reporter wrote."),
    as_json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Say where a text is, as the intake would."""
    from dataclasses import asdict

    located = _geography().locate(text)
    if as_json:
        emit(asdict(located))
        return
    typer.echo(located.verdict + (f": {located.outside}" if located.outside else ""))
    for found in located.candidates:
        where = f"{found.lat:.5f}, {found.lon:.5f} ±{found.uncertainty_m:.0f} m"
        typer.echo(f"  {found.score:.2f}  {found.label}  {where}  ({found.reason})")
    if located.named:
        typer.echo(f"  disebut: {', '.join(located.named)}")


@group.command("eval", epilog="Example: siponcega geo eval pesan.csv --json")
def evaluate(
    file: Path = typer.Argument(
        help="CSV: text; lat, lon; truth_lat, truth_lon; expected_kelurahan_code, expected_class."
    ),
    worst: int = typer.Option(20, help="How many wrong rows to show."),
    as_json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Measure the geocoder on labelled texts."""
    from dataclasses import asdict

    from geo import evaluate as measure

    result = measure.evaluate(_geography(), measure.read(_bytes(file)))
    if as_json:
        misses = [asdict(miss) for miss in result.misses[:worst]]
        emit(_with_percent({**asdict(result), "misses": misses}))
        return
    for name, share in (
        ("dijawab", result.answered),
        ("kelurahan benar", result.told),
        ("luar kota dikenali", result.outside),
        ("tidak tentu → tanya", result.untellable),
        *(_positions(result.positions) if result.positions else ()),
    ):
        if share.of:
            typer.echo(f"{name:30} {share.right:5} / {share.of:<5} {share.percent:5.1f} %")
    if result.positions and result.positions.median_radius_m is not None:
        typer.echo(f"{'median radius':30} {result.positions.median_radius_m:.0f} m")
    typer.echo(
        f"{'waktu per teks':30} median {result.median_ms:.2f} ms, p99 {result.p99_ms:.2f} ms, "
        f"terlama {result.worst_ms:.2f} ms"
    )
    for miss in result.misses[:worst]:
        got = ", ".join(miss.codes) or miss.outside or ""
        away = "" if miss.away_m is None else f" {miss.away_m:.0f} m (±{miss.radius_m:.0f} m)"
        typer.echo(
            f"  {miss.id}: {miss.text[:80]!r} harus {miss.expected}, jawab {miss.verdict} "
            f"{miss.label or got}{away}"
        )


def _with_percent(value: Any) -> Any:
    """Every share with its percentage."""
    if isinstance(value, dict):
        made = {key: _with_percent(inner) for key, inner in value.items()}
        if set(made) == {"right", "of"}:
            made["percent"] = round(100 * made["right"] / made["of"], 2) if made["of"] else None
        return made
    return [_with_percent(inner) for inner in value] if isinstance(value, list | tuple) else value


def _positions(found: Positions) -> list[tuple[str, Share]]:
    return [
        ("titik dijawab", found.answered),
        ("… dengan radius ≤ 1 km", found.useful),
        ("… ≤ 1 km dan memuat titiknya", found.useful_contained),
        ("memuat titiknya", found.contained),
        ("titik dalam 250 m", found.within_250_m),
        ("titik dalam 1 km", found.within_1_km),
        *((f"radius {band}", share) for band, share in found.calibration),
    ]


def _geography() -> Geography:
    import asyncio

    from core.db import Database
    from core.settings import Settings
    from geo.geography import Geography
    from siponcega import instance

    async def load(settings: Settings) -> Geography:
        db = await Database.open(settings)
        try:
            async with db.read() as tx:
                return await Geography.load(tx)
        finally:
            await db.close()

    with instance.servers() as settings:
        return asyncio.run(load(settings))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        say(f"siponcega: {file}: {error.strerror}")
        raise typer.Exit(1) from None
