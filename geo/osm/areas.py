"""Boundaries of the map put beside the areas that the city knows already.

A boundary belongs to the known area of its code, or of its name (and its kecamatan's, where two
share a name); otherwise it is a new area with a code made of the map's number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.geocoder.ordinary import WORDS
from geo.geocoder.reading import read
from geo.osm.things import Boundary
from geo.shapes import as_multi, joined
from geo.words import fold

_PARENT_TAGS = ("is_in:subdistrict", "is_in:district", "addr:subdistrict", "is_in:kecamatan")
_CALLED = ("kecamatan ", "kec. ", "kelurahan ", "kel. ", "desa ")


@dataclass(frozen=True, slots=True)
class Known:
    """An area as the database has it; `parent` is its kecamatan's name."""

    code: str
    level: str
    name: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Mapped:
    """An area as it is to stand. `ordinary` when its name is made of everyday words."""

    code: str
    level: str
    name: str
    parent_code: str | None
    lon: float
    lat: float
    shape: MultiPolygon
    ordinary: bool
    guessed: bool = False


def match(
    boundaries: Sequence[Boundary], levels: Mapping[str, int], known: Iterable[Known]
) -> list[Mapped]:
    """All areas of the file, kecamatan first. Kecamatan without a boundary of their own are joined
    from the kelurahan that name them."""
    book = _Book(known)
    districts = {
        b.id: (b, book.code("kecamatan", b.name, b.code, f"osm{b.id}"))
        for b in boundaries
        if b.level == levels.get("kecamatan")
    }
    named = {fold(plain_name(b.name)): code for b, code in districts.values()}
    children: dict[str, list[MultiPolygon]] = defaultdict(list)
    titles: dict[str, str] = {}
    found: list[Mapped] = []
    for boundary in boundaries:
        if boundary.level != levels.get("kelurahan"):
            continue
        parent = _parent(boundary)
        parent_code = _holder(boundary, districts.values())
        if parent_code is None and parent is not None:
            folded = fold(parent)
            made = f"osm-kec-{folded.replace(' ', '-')}"
            parent_code = named.get(folded) or book.code("kecamatan", parent, None, made)
            titles.setdefault(parent_code, parent)
            children[parent_code].append(as_multi(boundary.geometry))
        code = book.code("kelurahan", boundary.name, boundary.code, f"osm{boundary.id}", parent)
        found.append(_mapped(code, "kelurahan", boundary.name, parent_code, boundary.geometry))
    for boundary, code in districts.values():
        found.append(_mapped(code, "kecamatan", boundary.name, None, boundary.geometry))
    for code, name in titles.items():
        if code not in named.values():
            shape = joined({str(index): part for index, part in enumerate(children[code])})
            found.append(_mapped(code, "kecamatan", name, None, shape))
    return sorted(found, key=lambda area: (area.level != "kecamatan", area.code))


def whole_city(code: str, name: str, points: shapely.MultiPoint) -> Mapped:
    """One area over everything, for a map without any boundary that fits."""
    return _mapped(code, "kelurahan", name, None, points.convex_hull.buffer(0.002), guessed=True)


def plain_name(name: str) -> str:
    """The name without its "Kecamatan" or "Kelurahan"."""
    lower = name.lower()
    return next((name[len(called) :] for called in _CALLED if lower.startswith(called)), name)


def _mapped(
    code: str,
    level: str,
    name: str,
    parent: str | None,
    shape: BaseGeometry,
    *,
    guessed: bool = False,
) -> Mapped:
    point = shape.centroid
    if not shape.covers(point):
        point = shape.representative_point()
    title = plain_name(name)
    words = [word.text for word in read(title)]
    ordinary = all(word in WORDS or word.isdigit() for word in words)
    multi = as_multi(shape)
    return Mapped(code, level, title, parent, point.x, point.y, multi, ordinary, guessed)


class _Book:
    """Known areas by code and by name; one is given out at most once."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_code = {area.code: area for area in known}
        self._by_name: dict[tuple[str, str], list[Known]] = defaultdict(list)
        for area in self._by_code.values():
            self._by_name[(area.level, fold(area.name))].append(area)
        self._given: set[str] = set()

    def code(
        self, level: str, name: str, code: str | None, made: str, parent: str | None = None
    ) -> str:
        if level == "kecamatan" and made in self._given:
            return made
        found = self._known(level, name, code, parent)
        if found is None or found in self._given:
            found = made
        if level == "kelurahan":
            self._given.add(found)
        return found

    def _known(self, level: str, name: str, code: str | None, parent: str | None) -> str | None:
        if code is not None and code in self._by_code:
            return code
        alike = self._by_name.get((level, fold(plain_name(name))), [])
        if len(alike) > 1 and parent is not None:
            alike = [area for area in alike if fold(area.parent or "") == fold(parent)]
        return alike[0].code if len(alike) == 1 else None


def _parent(boundary: Boundary) -> str | None:
    said = next((boundary.tags[tag] for tag in _PARENT_TAGS if boundary.tags.get(tag)), None)
    return None if said is None else plain_name(said)


def _holder(boundary: Boundary, districts: Iterable[tuple[Boundary, str]]) -> str | None:
    inside = boundary.geometry.representative_point()
    return next((code for b, code in districts if b.geometry.contains(inside)), None)
