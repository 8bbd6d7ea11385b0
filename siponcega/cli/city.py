"""city init, city list."""

from __future__ import annotations

import typer

from siponcega.cli.output import emit, say

group = typer.Typer(
    help="Which city this instance serves.",
    no_args_is_help=True,
    epilog="Example: siponcega city init jakarta --code 31 --kelurahan-level 7",
)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="city")


@group.command("init", epilog="Example: siponcega city init jakarta --code 31 --kelurahan-level 7")
def init(
    name: str = typer.Argument(help="Name of the pack: small letters, e.g. jakarta."),
    title: str = typer.Option("", help="What people call the city (else the pack's name)."),
    code: str = typer.Option("", help="Kemendagri code, e.g. 31.74."),
    province: str = typer.Option("", help="Its province."),
    timezone: str = typer.Option("Asia/Jakarta", help="Asia/Jakarta, Asia/Makassar, …"),
    phone_area: str = typer.Option("", help="Area code, e.g. 021."),
    kecamatan_level: int = typer.Option(6, help="admin_level of a kecamatan in OpenStreetMap."),
    kelurahan_level: int = typer.Option(7, help="admin_level of a kelurahan in OpenStreetMap."),
    alias: list[str] = typer.Option([], help="Another name of the city; may be given again."),
    box: str = typer.Option("", help="west,south,east,north (else from its first map)."),
) -> None:
    """Make a new city's pack in this instance; its map comes with: siponcega geo import."""
    from geo import new_city
    from geo.osm import clip

    shape = clip.box(box) if box else None
    folder = new_city.make(
        name,
        title=title,
        code=code,
        province=province,
        timezone=timezone,
        phone_area=phone_area,
        levels={"kecamatan": kecamatan_level, "kelurahan": kelurahan_level},
        aliases=tuple(alias),
        box=None if shape is None else shape.bounds,
    )
    typer.echo(f"{folder}")
    say(f"next: siponcega geo import {name}.osm.pbf")


@group.command("list", epilog="Example: siponcega city list --json")
def show(as_json: bool = typer.Option(False, "--json", help="Answer as JSON.")) -> None:
    """The packs there are; the one in use is marked."""
    from core.settings import get_settings
    from geo import pack

    chosen = get_settings().city
    rows = [
        {"name": name, "title": pack.load(name).city.name, "in_use": name == chosen}
        for name in pack.names()
    ]
    if as_json:
        emit(rows)
        return
    for row in rows:
        typer.echo(f"{'*' if row['in_use'] else ' '} {row['name']:24} {row['title']}")
