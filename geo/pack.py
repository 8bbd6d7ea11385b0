"""A city is data: the folder `geo/city/<name>/` read into plain structs.

`city.json` (the city), `areas.json` (kecamatan and kelurahan), `places.json` (streets, rivers and
landmarks with the kelurahan a source ties them to; none when no source does) and `outside.json`
(names round about that mean "not in this city"). Coordinates are WGS 84 degrees.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

FOLDER = Path(__file__).parent / "city"


class UnknownCity(ValueError):
    """No pack of that name."""


class City(msgspec.Struct, frozen=True):
    """The city itself. `bbox` is west, south, east, north; `centre` is lon, lat."""

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


def names() -> list[str]:
    """Cities that have a pack."""
    return sorted(path.parent.name for path in FOLDER.glob("*/city.json"))


@lru_cache(maxsize=4)
def load(name: str, folder: Path = FOLDER) -> Pack:
    """The pack of a city. Raises `UnknownCity`, or msgspec.ValidationError naming the field."""
    home = folder / name
    if not name.isidentifier() or not (home / "city.json").is_file():
        raise UnknownCity(f"no city pack {name!r}; there are: {', '.join(names())}")

    def read(file: str) -> bytes:
        return (home / file).read_bytes()

    decode = msgspec.json.decode
    return Pack(
        city=decode(read("city.json"), type=City),
        areas=decode(read("areas.json"), type=tuple[AreaFact, ...]),
        places=decode(read("places.json"), type=tuple[PlaceFact, ...]),
        outside=decode(read("outside.json"), type=tuple[OutsideFact, ...]),
    )
