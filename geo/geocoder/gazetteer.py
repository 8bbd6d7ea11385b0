"""The names and shapes of one city in memory, from its pack or from the database."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import hypot

from shapely import union_all, wkb

from core.db import Row, Tx
from geo import pack as packs
from geo import shapes
from geo.areas import METRES_PER_DEGREE, AreaMap, Shape
from geo.geocoder.extent import extent, reach_m, street_points
from geo.geocoder.mapped import MapNames
from geo.geocoder.names import Kind, Name
from geo.geocoder.ordinary import WORDS
from geo.geocoder.reading import read
from geo.geocoder.things import Thing

UNKNOWN_RADIUS_M = 1_000.0
SIDES = ("Barat", "Timur", "Utara", "Selatan", "Kota")
STREET_KINDS = frozenset({"street"})


@dataclass(frozen=True, slots=True)
class Area:
    """One area as the geocoder needs it: within `radius_m` of lon, lat is who names it (`extent`)."""

    code: str
    level: str
    name: str
    aliases: tuple[str, ...]
    weak: bool
    parent_code: str | None
    lon: float
    lat: float
    radius_m: float = UNKNOWN_RADIUS_M
    namesake: str | None = None  # the kecamatan of the same name
    namesake_radius_m: float = 0.0  # when that may be meant as well


@dataclass(frozen=True, slots=True)
class Place:
    """One street, river or landmark; `lon`, `lat` are None where no source gives a position."""

    slug: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    area_codes: tuple[str, ...]
    lon: float | None
    lat: float | None
    uncertainty_m: float | None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Everything the geocoder knows. `revision` is the database's, 0 for a bare pack."""

    city: packs.City
    areas: dict[str, Area]
    places: dict[str, Place]
    outside: tuple[packs.OutsideFact, ...]
    map: AreaMap
    mapped: MapNames = field(default_factory=lambda: MapNames(()))
    revision: int = 0

    def named_pairs(self) -> Iterator[tuple[str, Name]]:
        """Every spelling with what it refers to."""
        city = {self.city.name.lower(), *(alias.lower() for alias in self.city.aliases)}
        for spelling in (self.city.name, *self.city.aliases):
            yield spelling, Name("city", ())
        kelurahan = [area for area in self.areas.values() if area.level == "kelurahan"]
        for area in self.areas.values():
            if area.level not in ("kelurahan", "kecamatan"):
                continue
            kind: Kind = "kelurahan" if area.level == "kelurahan" else "kecamatan"
            for spelling in (area.name, *area.aliases):
                like_city = spelling.lower() in city
                name = Name(kind, (area.code,), area.weak or like_city, like_city)
                yield spelling, name
                for other in _run_together(spelling):
                    yield other, name
        yield from _partial(kelurahan, city, self.mapped)
        for place in self.places.values():
            name = Name("place", (place.slug,))
            spellings = [place.name, *place.aliases]
            for spelling in tuple(spellings):
                if self.city.name in spelling:  # "Stasiun Tebing" of Stasiun Tebing Tinggi
                    spellings += [spelling.replace(self.city.name, a) for a in self.city.aliases]
            for spelling in spellings:
                if place.kind not in STREET_KINDS or spelling == place.name:
                    yield spelling, replace(name, weak=spelling.lower() in WORDS)
                elif len(read(spelling)) == 1:  # "Teri" is a street only after "jalan"
                    yield f"jalan {spelling}", name
                    yield f"simpang {spelling}", name
                else:
                    yield spelling, replace(name, weak=True)
        yield from self.mapped.pairs()
        for fact in self.outside:
            name = Name("outside", (fact.name,), weak=fact.ordinary)
            for spelling in (fact.name, *fact.aliases):
                yield spelling, name
                for side in SIDES:  # "Bekasi Barat" is Bekasi
                    yield f"{spelling} {side}", name


def _run_together(spelling: str) -> Iterator[str]:
    """Two of three and more words written as one: "tebingtinggi lama"."""
    words = spelling.split()
    for at in range(len(words) - 1) if len(words) > 2 else ():
        yield " ".join((*words[:at], words[at] + words[at + 1], *words[at + 2 :]))


def _partial(
    kelurahan: Sequence[Area], city: set[str], mapped: MapNames
) -> Iterator[tuple[str, Name]]:
    """One word of a longer name: "lubuk" fits Lubuk Baru and Lubuk Raya."""
    holders: dict[str, list[str]] = defaultdict(list)
    whole = {spelling.lower() for area in kelurahan for spelling in (area.name, *area.aliases)}
    for name in city:  # "Tebing Tinggi Lk 2" may be Tebing Tinggi or Tebing Tinggi Lama
        codes = tuple(a.code for a in kelurahan if f"{a.name.lower()} ".startswith(f"{name} "))
        if codes:
            yield name, Name("partial", codes, weak=True)
    for area in kelurahan:
        if area.name.lower() in city:
            continue
        words = [word.text for word in read(area.name)]
        if len(words) > 1:
            for word in dict.fromkeys(words):
                holders[word].append(area.code)
    yield from _sides(kelurahan, whole)
    for word, held in holders.items():
        if len(word) < 4 or word in whole or word in city:
            continue
        # A word that streets have in their names, too, is as often theirs.
        weak = len(held) > 2 or word in WORDS or mapped.holders(word) > 0
        yield word, Name("partial", tuple(held), weak=weak)


def _sides(kelurahan: Sequence[Area], whole: set[str]) -> Iterator[tuple[str, Name]]:
    """ "Kapuk" of Kapuk Barat and Kapuk Timur is both of them at once, not one or the other."""
    sides = {side.lower() for side in SIDES}
    parts: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for area in kelurahan:
        head, _, side = area.name.lower().rpartition(" ")
        if side in sides and head and head not in whole:
            parts[(head, area.parent_code)].append(area.code)
    for (head, _), codes in parts.items():
        if len(codes) > 1:
            yield head, Name("kelurahan", tuple(codes))


def from_pack(name: str) -> Gazetteer:
    """The gazetteer of a city that has only its pack: guessed shapes."""
    pack = packs.load(name)
    centres = {area.code: (area.lon, area.lat) for area in pack.areas if area.level == "kelurahan"}
    guessed = shapes.guess(centres, pack.city.bbox)
    areas = [
        Area(
            a.code,
            a.level,
            a.name,
            a.aliases,
            a.ordinary_meaning is not None,
            a.parent_code,
            a.lon,
            a.lat,
        )
        for a in pack.areas
    ]
    drawn = [
        Shape(a.code, a.parent_code, guessed[a.code], True) for a in areas if a.code in guessed
    ]
    places = [
        Place(p.id, p.kind, p.name, p.aliases, p.area_codes, p.lon, p.lat, p.uncertainty_m)
        for p in pack.places
    ]
    return build(pack, areas, places, drawn)


AREAS = """
SELECT code, level, name, aliases, ordinary_meaning IS NOT NULL AS weak, parent_code,
       ST_X(centroid) AS lon, ST_Y(centroid) AS lat, ST_AsBinary(geom) AS shape, approximate
FROM area ORDER BY code
"""
MAPPED = """
SELECT slug, kind, name, aliases, area_codes, uncertainty_m,
       ST_X(c.center) AS lon, ST_Y(c.center) AS lat, c.radius,
       CASE WHEN ST_Dimension(geom) > 0 THEN ST_AsBinary(geom) END AS shape
FROM place CROSS JOIN LATERAL ST_MinimumBoundingRadius(geom) c
WHERE starts_with(slug, 'osm/') ORDER BY slug
"""
PLACES = """
SELECT slug, kind, name, aliases, area_codes, uncertainty_m,
       ST_X(ST_PointOnSurface(geom)) AS lon, ST_Y(ST_PointOnSurface(geom)) AS lat
FROM place WHERE NOT starts_with(slug, 'osm/') ORDER BY slug
"""
ALIASES = """
SELECT area_code, place_slug, alias FROM name_alias ORDER BY id
"""


async def from_database(tx: Tx, city: str, revision: int) -> Gazetteer:
    """The gazetteer as the database has it now; the pack gives the city and what is outside."""
    by_hand: dict[str, list[str]] = defaultdict(list)
    for row in await tx.fetch(ALIASES):
        by_hand[row["area_code"] or row["place_slug"]].append(row["alias"])
    rows = await tx.fetch(AREAS), await tx.fetch(PLACES), await tx.fetch(MAPPED)
    made = await asyncio.to_thread(_from_rows, packs.load(city), *rows, by_hand)
    return replace(made, revision=revision)


def _from_rows(
    pack: packs.Pack,
    area_rows: Sequence[Row],
    place_rows: Sequence[Row],
    mapped_rows: Sequence[Row],
    by_hand: Mapping[str, Sequence[str]],
) -> Gazetteer:
    areas: list[Area] = []
    drawn: list[Shape] = []
    for row in area_rows:
        aliases = (*row["aliases"], *by_hand.get(row["code"], ()))
        areas.append(
            Area(
                row["code"], row["level"], row["name"], aliases, row["weak"], row["parent_code"],
                row["lon"], row["lat"],
            )
        )  # fmt: skip
        if row["level"] == "kelurahan" and row["shape"] is not None:
            shape = wkb.loads(bytes(row["shape"]))
            drawn.append(Shape(row["code"], row["parent_code"], shape, row["approximate"]))
    places = [
        Place(
            row["slug"], row["kind"], row["name"],
            (*row["aliases"], *by_hand.get(row["slug"], ())), tuple(row["area_codes"]),
            row["lon"], row["lat"], row["uncertainty_m"],
        )
        for row in place_rows
    ]  # fmt: skip
    things = [
        Thing(
            row["slug"], row["kind"], row["name"],
            (*row["aliases"], *by_hand.get(row["slug"], ())), tuple(row["area_codes"]),
            row["lon"], row["lat"], row["radius"] * METRES_PER_DEGREE + (row["uncertainty_m"] or 0),
            row["shape"],
        )
        for row in mapped_rows
    ]  # fmt: skip
    return build(pack, areas, places, drawn, things)


def build(
    pack: packs.Pack,
    areas: Iterable[Area],
    places: Iterable[Place],
    drawn: Iterable[Shape],
    things: Sequence[Thing] = (),
) -> Gazetteer:
    """Put the parts together; areas get their circle from their shape and the streets in it."""
    known = AreaMap(drawn)
    streets = street_points(t.shape for t in things if t.kind == "street")
    sized = {}
    for area in areas:
        shape = known.shapes.get(area.code)
        if shape is not None:
            held = extent(shape.geometry, (area.lon, area.lat), streets)
            area = replace(area, lon=held.lon, lat=held.lat, radius_m=held.radius_m)
        sized[area.code] = area
    sized.update(_namesakes(sized, known))
    held_places = {place.slug: place for place in places}
    return Gazetteer(pack.city, sized, held_places, pack.outside, known, MapNames(things))


def _namesakes(areas: Mapping[str, Area], known: AreaMap) -> Iterator[tuple[str, Area]]:
    """Kelurahan called like a kecamatan: who says "Koja" may mean either."""
    districts = {
        area.name.lower(): area.code for area in areas.values() if area.level == "kecamatan"
    }
    for area in areas.values():
        code = districts.get(area.name.lower())
        if area.level != "kelurahan" or code is None:
            continue
        parts = [s.geometry for s in known.shapes.values() if s.parent_code == code]
        reach = reach_m(union_all(parts), (area.lon, area.lat)) if parts else 0.0
        wide = round(max(area.radius_m, reach), 1)
        yield area.code, replace(area, namesake=code, namesake_radius_m=wide)


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Rough distance of two lon, lat points near the equator."""
    return hypot(a[0] - b[0], a[1] - b[1]) * METRES_PER_DEGREE
