"""One import from file to tables: read and judged first, then written in one transaction."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from core.db import Database, Tx
from core.errors import BadInput
from geo import new_city, seed
from geo import pack as packs
from geo.osm import areas, clip, edges, streets, write
from geo.osm.progress import Progress
from geo.osm.scan import scan
from geo.osm.things import Extract

KNOWN = """
SELECT a.code, a.level, a.name, p.name AS parent
FROM area a LEFT JOIN area p ON p.code = a.parent_code
WHERE a.level IN ('kecamatan', 'kelurahan')
"""
NOTED = "INSERT INTO map_import (file, area, counts, seconds) VALUES ($1, $2, $3, $4)"


@dataclass(frozen=True, slots=True)
class Imported:
    """What went in. `cut` are areas that the file holds only in part; `lost` aliases without
    their place; `levels` how many boundaries there were at each admin_level."""

    streets: int
    places: int
    edges: int
    kelurahan: int
    kecamatan: int
    water: int
    cut: tuple[str, ...]
    skipped: tuple[str, ...]
    lost: tuple[str, ...]
    levels: dict[int, int]
    whole_city: bool
    seconds: float


async def import_map(
    db: Database,
    path: Path,
    city: str,
    area: str | None,
    progress: Progress,
    *,
    skip_broken: bool = False,
) -> Imported:
    """Replace the city's map by the file's. Raises `BadInput` and changes nothing for a file that
    cannot be read, holds no street of the area, lies elsewhere, or draws an area wrongly."""
    began = time.monotonic()
    facts = packs.load(city).city
    within = None
    if area:
        async with db.tx() as tx:
            await _seeded(tx, city)
            within = await clip.area(tx, area, path)
    read = scan(path, set(facts.admin_levels.values()), within, progress)
    _judge(read, facts, within, skip_broken=skip_broken)
    progress.stage("menyusun jalan", 0.15)
    joined, cut = streets.join(read.roads), list(edges.cut(read.roads))
    async with db.tx() as tx:
        await tx.execute("SET LOCAL statement_timeout = 0")
        await tx.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        await tx.execute(seed.LOCK)
        await _seeded(tx, city)
        await write.drop_other_city(tx, _points(read).bounds)
        known = [areas.Known(**dict(row)) for row in await tx.fetch(KNOWN)]
        mapped = areas.match(read.boundaries, facts.admin_levels, known)
        outline = not any(a.level == "kelurahan" for a in mapped) and not any(
            a.level == "kelurahan" for a in known
        )
        if outline:
            mapped = [*mapped, areas.whole_city("osm-kota", facts.name, _points(read))]
        await write.put_areas(tx, mapped)
        progress.stage("menyimpan nama", 0.2)
        places = await write.put_places(tx, joined, read.spots, read.waters)
        await write.put_water(tx, read.waters)
        progress.stage("menyimpan jaringan jalan", 0.2, len(cut))
        await write.put_edges(tx, cut, progress)
        done = Imported(
            len(joined), places - len(joined), len(cut),
            sum(a.level == "kelurahan" for a in mapped),
            sum(a.level == "kecamatan" for a in mapped), len(read.waters), tuple(read.cut),
            tuple(read.broken), tuple(await write.lost_aliases(tx)), read.levels, outline,
            round(time.monotonic() - began, 2),
        )  # fmt: skip
        counts: dict[str, Any] = {**read.counts(), "streets": done.streets, "edges": done.edges}
        await tx.execute(NOTED, path.name, area or None, counts, done.seconds)
    async with db.read() as tx:
        await tx.execute("ANALYZE road_edge, place, area, water")
    _place_pack(city, facts, mapped or [])
    return done


async def _seeded(tx: Tx, city: str) -> None:
    """The pack's own areas are there, so that the map's find them."""
    if not await tx.fetchval("SELECT EXISTS (SELECT FROM area)"):
        await seed.seed(tx, city)


def _judge(
    read: Extract, city: packs.City, within: BaseGeometry | None, *, skip_broken: bool
) -> None:
    if not read.roads:
        if within is not None:
            raise BadInput(
                "Berkas tidak memuat satu jalan pun di wilayah yang diminta; peta lama tetap dipakai."
            )
        raise BadInput("Berkas tidak memuat satu jalan pun; peta lama tetap dipakai.")
    if read.broken and not skip_broken:
        raise BadInput(
            "Garis batas {names} memotong dirinya sendiri; peta lama tetap dipakai. "
            "Perbaiki berkasnya, atau pakai --skip-broken untuk melewati wilayah itu.",
            names=", ".join(sorted(read.broken)[:5]),
        )
    if city.placed:
        box = shapely.box(*city.bbox)
        if not any(box.intersects(shapely.LineString(way.line)) for way in read.roads):
            raise BadInput(
                "Peta ini tidak menyentuh kota {city}; peta lama tetap dipakai. "
                "Untuk kota lain: siponcega city init NAMA",
                city=city.name,
            )


def _points(read: Extract) -> shapely.MultiPoint:
    ends = np.concatenate([way.line[[0, -1]] for way in read.roads])
    return shapely.MultiPoint(ends)


def _place_pack(city: str, facts: packs.City, mapped: Sequence[areas.Mapped]) -> None:
    """A new city learns from its first map where it lies."""
    if facts.placed or not mapped:
        return
    whole = shapely.union_all([area.shape for area in mapped])
    west, south, east, north = whole.bounds
    centre = whole.centroid
    new_city.place(city, (round(west, 5), round(south, 5), round(east, 5), round(north, 5)),
                (round(centre.x, 5), round(centre.y, 5)))  # fmt: skip
