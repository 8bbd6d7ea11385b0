"""Read an OpenStreetMap file once, with osmium, and keep what the city needs.

Positions of nodes are held by osmium outside Python: in memory for a city, on disk from
`ON_DISK_FROM_BYTES` of file on. Objects without a key of `kinds.KEYS` never reach Python.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from core.errors import BadInput
from geo.eta import EARTH_M_PER_DEGREE
from geo.osm import kinds, tags
from geo.osm.progress import Progress
from geo.osm.things import Boundary, Extract, RoadWay, Spot, Tags, Waters
from geo.shapes import as_multi

ON_DISK_FROM_BYTES = 150_000_000
CODE_TAGS = ("ref:kemendagri", "kode_kemendagri", "ref:ID:kemendagri", "kode", "ref")
_NAMES = ("name", "name:id", "alt_name", "old_name", "short_name", "loc_name", "official_name")
_TO_WKB = osmium.geom.WKBFactory()


def scan(
    path: Path, levels: Collection[int], within: BaseGeometry | None, progress: Progress
) -> Extract:
    """Everything of the city in the file, `within` (WGS 84) when given; `levels` are the
    admin_levels whose areas are wanted. Raises `BadInput` for a file that osmium cannot read."""
    found = _Scan(levels, within)
    with reading(path), _locations(path) as storage:
        progress.stage("membaca berkas", 0.45, path.stat().st_size)
        objects = (
            osmium.FileProcessor(str(path))
            .with_locations(storage)
            .with_areas(osmium.filter.KeyFilter("boundary", "natural", "waterway", "landuse"))
            .with_filter(osmium.filter.KeyFilter(*kinds.KEYS))
        )
        for thing in objects:
            found.extract.read += 1
            if found.extract.read % 2000 == 0:
                progress.at(_position(path))
            found.take(thing)
        found.judge_missing(path)
    return found.extract


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Say in words what osmium and the system raise for a file that cannot be used."""
    if not path.is_file():
        raise BadInput("Berkas {file} tidak ada.", file=path.name)
    try:
        yield
    except RuntimeError as error:
        raise BadInput(
            "Berkas {file} rusak atau bukan berkas OpenStreetMap: {why}. Peta lama tetap dipakai.",
            file=path.name,
            why=str(error),
        ) from error


def _position(path: Path) -> int:
    """How many bytes of the file have been read, where the system tells (Linux); else 0."""
    here = Path("/proc/self")
    if not (here / "fd").is_dir():
        return 0
    for entry in (here / "fd").iterdir():
        with suppress(OSError):
            if entry.resolve() == path.resolve():
                return int((here / "fdinfo" / entry.name).read_text().split()[1])
    return 0


@contextmanager
def _locations(path: Path) -> Iterator[str]:
    if path.stat().st_size < ON_DISK_FROM_BYTES:
        yield "flex_mem"
        return
    with tempfile.TemporaryDirectory(prefix="siponcega-nodes-") as folder:
        yield f"sparse_file_array,{folder}/nodes"


class _Scan:
    def __init__(self, levels: Collection[int], within: BaseGeometry | None) -> None:
        self._levels = levels
        self._within = within
        self._box = None if within is None else within.bounds
        if within is not None:
            shapely.prepare(within)
        self._wanted: dict[int, tuple[str, list[int]]] = {}
        self.extract = Extract()

    def take(self, thing: Any) -> None:
        if thing.is_node():
            self._node(thing)
        elif thing.is_way():
            self._way(thing)
        elif thing.is_relation():
            self._relation(thing)
        elif thing.is_area():
            self._area(thing)

    def _node(self, node: Any) -> None:
        said = dict(node.tags)
        kind = kinds.kind(said)
        if kind and "name" in said and node.location.valid():
            lon, lat = node.location.lon, node.location.lat
            if self._touches(lon, lat, lon, lat) and self._holds(shapely.Point(lon, lat)):
                self.extract.spots.append(_spot(f"n{node.id}", kind, said, lon, lat, 0.0))

    def _way(self, way: Any) -> None:
        said = dict(way.tags)
        road = said.get("highway", "")
        line_of_water = kinds.water(said) if "waterway" in said else ""
        kind = kinds.kind(said) if "name" in said and not road else ""
        boundary = self._is_wanted(said) and way.is_closed()
        if boundary:
            self._wanted.setdefault(-way.id, (said["name"], []))
        if not (road in kinds.ROADS or kind or line_of_water):
            return
        rows = [(n.ref, n.lon, n.lat) for n in way.nodes if n.location.valid()]
        if len(rows) < 2:
            return
        table = np.asarray(rows, np.float64)  # node ids stay exact below 2**53
        line = table[:, 1:]
        (west, south), (east, north) = line.min(axis=0), line.max(axis=0)
        if not self._touches(west, south, east, north):
            return
        drawn = shapely.LineString(line)
        if self._within is not None and not self._within.intersects(drawn):
            return
        if road in kinds.ROADS:
            refs = np.asarray([row[0] for row in rows], np.int64)
            self.extract.roads.append(_road(way.id, road, said, refs, line))
            if tags.yes(said.get("bridge")) and "bridge:name" in said:
                self._middle(f"b{way.id}", "bridge", said | {"name": said["bridge:name"]}, line)
        elif line_of_water in kinds.WATERWAYS:
            self.extract.waters.append(Waters(way.id, line_of_water, said.get("name"), drawn))
        elif kind:
            self._middle(f"w{way.id}", kind, said, line)

    def _middle(self, key: str, kind: str, said: Tags, line: NDArray[np.float64]) -> None:
        (west, south), (east, north) = line.min(axis=0), line.max(axis=0)
        lon, lat = (west + east) / 2, (south + north) / 2
        radius = float(np.hypot(east - west, north - south)) / 2 * EARTH_M_PER_DEGREE
        self.extract.spots.append(_spot(key, kind, said, float(lon), float(lat), radius))

    def _relation(self, relation: Any) -> None:
        said = dict(relation.tags)
        if said.get("boundary") == "administrative" and "admin_level" in said:
            level = _level(said)
            self.extract.levels[level] = self.extract.levels.get(level, 0) + 1
        if self._is_wanted(said):
            ways = [member.ref for member in relation.members if member.type == "w"]
            self._wanted[relation.id] = (said["name"], ways)

    def _area(self, area: Any) -> None:
        said = dict(area.tags)
        wanted, wet = self._is_wanted(said), kinds.water(said) == "water"
        if not (wanted or wet) or area.num_rings()[0] == 0:
            return
        shape = shapely.from_wkb(bytes.fromhex(_TO_WKB.create_multipolygon(area)))
        if wanted:
            self._wanted.pop(-area.orig_id() if area.from_way() else area.orig_id(), None)
        if not shape.is_valid:
            if wanted:
                self.extract.broken.append(said["name"])
            return
        if self._within is not None and not self._within.intersects(shape):
            return
        if wet:
            name = said.get("name")
            self.extract.waters.append(Waters(area.orig_id(), "water", name, shape))
        elif self._within is None or self._within.contains(shape.representative_point()):
            code = next((said[tag] for tag in CODE_TAGS if tag in said), None)
            made: MultiPolygon = as_multi(shape)
            self.extract.boundaries.append(
                Boundary(area.orig_id(), _level(said), said["name"], code, said, made)
            )

    def _is_wanted(self, said: Tags) -> bool:
        return (
            said.get("boundary") == "administrative"
            and bool(said.get("name"))
            and _level(said) in self._levels
        )

    def judge_missing(self, path: Path) -> None:
        """Boundaries that made no area: lines that cross are broken; else the ring is open, as
        where the file was cut out of a larger one."""
        asked = {way for _, ways in self._wanted.values() for way in ways}
        lines = _lines(path, asked | {-number for number in self._wanted if number < 0})
        for number, (name, needed) in self._wanted.items():
            parts = [lines[way] for way in needed or (-number,) if way in lines]
            (self.extract.broken if _crossed(parts) else self.extract.cut).append(name)

    def _touches(self, west: float, south: float, east: float, north: float) -> bool:
        if self._box is None:
            return True
        w, s, e, n = self._box
        return west <= e and east >= w and south <= n and north >= s

    def _holds(self, shape: BaseGeometry) -> bool:
        return self._within is None or bool(self._within.intersects(shape))


def _lines(path: Path, wanted: set[int]) -> dict[int, NDArray[np.float64]]:
    """The lines of these ways, as far as the file has them."""
    if not wanted:
        return {}
    ways = osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY).with_locations()
    found = {}
    way: Any
    for way in ways.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY)).with_filter(
        osmium.filter.IdFilter(wanted)
    ):
        line = [(n.lon, n.lat) for n in way.nodes if n.location.valid()]
        if len(line) > 1:
            found[way.id] = np.asarray(line, np.float64)
    return found


def _crossed(lines: list[NDArray[np.float64]]) -> bool:
    """Whether any two pieces cross between their ends."""
    pieces: list[Any] = [
        shapely.linestrings(np.stack([line[:-1], line[1:]], axis=1)) for line in lines
    ]
    if not pieces:
        return False
    every: NDArray[np.object_] = np.concatenate(pieces)
    return bool(shapely.STRtree(every).query(every, predicate="crosses").size)


def _road(
    number: int, road: str, said: Tags, refs: NDArray[np.int64], line: NDArray[np.float64]
) -> RoadWay:
    return RoadWay(
        number, road, said.get("name") or None, tags.oneway(said), tags.speed_kmh(said),
        tags.width_m(said), tags.access(said), tags.yes(said.get("bridge")), said.get("surface"),
        said.get("area") != "yes", refs, line,
    )  # fmt: skip


def _spot(key: str, kind: str, said: Tags, lon: float, lat: float, radius: float) -> Spot:
    spellings = [part.strip() for tag in _NAMES for part in said.get(tag, "").split(";")]
    names = [name for name in dict.fromkeys(spellings) if name]
    return Spot(key, kind, names[0], tuple(names[1:]), lon, lat, radius)


def _level(said: Tags) -> int:
    level = said.get("admin_level", "")
    return int(level) if level.isdigit() else 0
