"""Make the pack of another city: a few facts now, names and shapes with its first map."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec

from core.errors import BadInput, Conflict
from geo import pack

CURRENT = "current"
INDONESIA = (95.0, -11.1, 141.1, 6.1)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_BLANKS = re.compile(r"[^a-z0-9]+")


def make(
    name: str,
    *,
    title: str = "",
    code: str = "",
    province: str = "",
    timezone: str = "Asia/Jakarta",
    phone_area: str = "",
    levels: dict[str, int] | None = None,
    aliases: tuple[str, ...] = (),
    box: tuple[float, float, float, float] | None = None,
) -> Path:
    """Write a pack into the instance and make it this instance's city; the pack's folder.

    `name` is the pack's ("jakarta"), `title` what people call it; `levels` OpenStreetMap's
    admin_level of kecamatan and kelurahan. Raises `BadInput` for a name that cannot be one,
    `Conflict` when there is such a pack already.
    """
    name = _BLANKS.sub("_", name.strip().lower()).strip("_")
    if not _NAME.fullmatch(name):
        raise BadInput("Nama kota hanya huruf kecil, angka dan garis bawah, mis. jakarta_timur.")
    if name in pack.names():
        raise Conflict("Kota {name} sudah ada.", name=name)
    west, south, east, north = box or INDONESIA
    city = pack.City(
        name=title or name.replace("_", " ").title(),
        code=code or name,
        bps_code="",
        province=province,
        aliases=aliases,
        timezone=timezone,
        phone_area=phone_area,
        centre=(round((west + east) / 2, 5), round((south + north) / 2, 5)),
        bbox=(west, south, east, north),
        area_source="peta yang diimpor",
        admin_levels=levels or dict(pack.ADMIN_LEVELS),
        placed=box is not None,
    )
    folder = pack.home() / name
    folder.mkdir(parents=True)
    _write(folder / "areas.json", [])
    _write(folder / "places.json", [])
    _write(folder / "outside.json", outside(city))
    _write(folder / "roads.json", {"speeds_kmh": {}, "widths_m": {}})
    _write(folder / "city.json", city)
    choose(name)
    return folder


def choose(name: str) -> None:
    """Make a pack this instance's city, unless SIPONCEGA_CITY says otherwise."""
    pack.home().mkdir(parents=True, exist_ok=True)
    (pack.home() / CURRENT).write_text(name + "\n")


def place(name: str, box: tuple[float, float, float, float], centre: tuple[float, float]) -> None:
    """Tell an own pack where its city lies; packs shipped with the program know it."""
    folder = pack.folder(name)
    if folder.parent != pack.home():
        return
    city = msgspec.structs.replace(pack.load(name).city, bbox=box, centre=centre, placed=True)
    _write(folder / "city.json", city)


def outside(city: pack.City) -> list[dict[str, Any]]:
    """The country's cities and regencies but this one: names that mean "not here"."""
    own = {city.name.lower(), *(alias.lower() for alias in city.aliases)}
    rows: list[dict[str, Any]] = msgspec.json.decode((pack.FOLDER / "indonesia.json").read_bytes())
    return [row for row in rows if not own.intersection(_words(row["name"]))]


def _words(name: str) -> set[str]:
    """The name and, of "Jakarta Timur", "jakarta": parts of this city are not outside it."""
    lower = name.lower()
    return {lower, lower.rpartition(" ")[0]}


def _write(file: Path, value: object) -> None:
    text = msgspec.json.format(msgspec.json.encode(value), indent=2)
    part = file.with_suffix(".part")
    part.write_bytes(text + b"\n")
    part.replace(file)
