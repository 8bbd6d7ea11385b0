"""A city is data: a folder `<name>/` read into plain structs.

Packs lie in the instance's own `cities/` (made by `siponcega city init`) or, shipped with the
program, in `geo/city/`; the instance's own wins. `city.json` (the city), `areas.json` (kecamatan and kelurahan), `places.json` (streets, rivers and
landmarks with the kelurahan a source ties them to; none when no source does) and `outside.json`
(names round about that mean "not in this city"). Coordinates are WGS 84 degrees.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import msgspec

from core.settings import get_settings

FOLDER = Path(__file__).parent / "city"
ADMIN_LEVELS = {"kecamatan": 6, "kelurahan": 7}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class UnknownCity(ValueError):
    """No pack of that name."""


class City(msgspec.Struct, frozen=True):
    """The city itself. `bbox` is west, south, east, north; `centre` is lon, lat; a new city is
    not `placed` until its first map tells where it lies. `admin_levels` are OpenStreetMap's for
    each level of area."""

    name: str
    code: str
    bps_code: str
    province: str
    aliases: tuple[str, ...]
    timezone: str
    phone_area: str
    centre: tuple[float, float]
    bbox: tuple[float, float, float, float]
    area_source: str
    admin_levels: dict[str, int] = msgspec.field(default_factory=lambda: dict(ADMIN_LEVELS))
    placed: bool = True


class AreaFact(msgspec.Struct, frozen=True):
    """One kecamatan or kelurahan. `ordinary_meaning` says what else the bare word means."""

    code: str
    level: str
    name: str
    lon: float
    lat: float
    bps_code: str | None = None
    parent_code: str | None = None
    aliases: tuple[str, ...] = ()
    ordinary_meaning: str | None = None
    postcode: str | None = None


class PlaceFact(msgspec.Struct, frozen=True):
    """One street, river or landmark; `area_codes` the most trusted kelurahan first."""

    id: str
    kind: str
    name: str
    source: str
    aliases: tuple[str, ...] = ()
    area_codes: tuple[str, ...] = ()
    lon: float | None = None
    lat: float | None = None
    uncertainty_m: float | None = None


class OutsideFact(msgspec.Struct, frozen=True):
    """A place that is not in the city; `ordinary` when the bare word has another meaning."""

    name: str
    kind: str
    within: str
    aliases: tuple[str, ...] = ()
    ordinary: bool = False


class Pack(msgspec.Struct, frozen=True):
    city: City
    areas: tuple[AreaFact, ...]
    places: tuple[PlaceFact, ...]
    outside: tuple[OutsideFact, ...]


def home() -> Path:
    """Where this instance keeps the packs of its own cities."""
    return get_settings().home / "cities"


def names() -> list[str]:
    """Cities that have a pack."""
    found = [*FOLDER.glob("*/city.json"), *home().glob("*/city.json")]
    return sorted({path.parent.name for path in found})


def folder(name: str) -> Path:
    """The folder of a city's pack. Raises `UnknownCity`."""
    if _NAME.fullmatch(name):
        for root in (home(), FOLDER):
            if (root / name / "city.json").is_file():
                return root / name
    raise UnknownCity(f"no city pack {name!r}; there are: {', '.join(names())}")


def load(name: str) -> Pack:
    """The pack of a city. Raises `UnknownCity`, or msgspec.ValidationError naming the field."""
    where = folder(name)
    return _read(where, (where / "city.json").stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(where: Path, _stamp: int) -> Pack:
    def part(file: str) -> bytes:
        return (where / file).read_bytes()

    decode = msgspec.json.decode
    return Pack(
        city=decode(part("city.json"), type=City),
        areas=decode(part("areas.json"), type=tuple[AreaFact, ...]),
        places=decode(part("places.json"), type=tuple[PlaceFact, ...]),
        outside=decode(part("outside.json"), type=tuple[OutsideFact, ...]),
    )
