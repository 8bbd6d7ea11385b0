"""Which part of a file is meant: a box, or an area by name or code, of the file or of the city."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import osmium
import shapely
from shapely.geometry.base import BaseGeometry

from core.db import Tx
from core.errors import BadInput
from geo.osm.scan import CODE_TAGS, reading
from geo.words import fold

_BOX = re.compile(r"^\s*-?\d+(?:\.\d+)?(?:\s*,\s*-?\d+(?:\.\d+)?){3}\s*$")
_CITY_AREA = """
SELECT ST_AsBinary(ST_Union(geom)) AS shape FROM area
WHERE geom IS NOT NULL AND (code = $1 OR lower(name) = $2)
"""


def box(text: str) -> BaseGeometry | None:
    """west,south,east,north in degrees as a shape; None when the text is no box. Raises
    `BadInput` for a box that lies nowhere."""
    if not _BOX.match(text):
        return None
    west, south, east, north = (float(part) for part in text.split(","))
    corners = (west, south, east, north)
    if not (
        all(map(math.isfinite, corners))
        and -180 <= west < east <= 180
        and -90 <= south < north <= 90
    ):
        raise BadInput(
            "Kotak {box} tidak ada di bumi; tulis barat,selatan,timur,utara dalam derajat.",
            box=text,
        )
    return shapely.box(west, south, east, north)


async def area(tx: Tx, text: str, path: Path) -> BaseGeometry:
    """The shape that `text` means. Raises `BadInput` when neither file nor city knows it."""
    shape = box(text)
    if shape is None:
        shape = _in_file(path, text)
    if shape is None:
        row = await tx.fetchval(_CITY_AREA, text.strip(), fold(text))
        shape = None if row is None else shapely.from_wkb(bytes(row))
    if shape is None or shape.is_empty:
        raise BadInput(
            "Wilayah {area} tidak ada di berkas maupun di daftar kota ini; peta lama tetap dipakai.",
            area=text,
        )
    return shape


def _in_file(path: Path, wanted: str) -> BaseGeometry | None:
    """The boundary with this name or code; of several, the one that holds most."""
    folded, found = fold(wanted), []
    to_wkb = osmium.geom.WKBFactory()
    thing: Any
    with reading(path):
        areas = osmium.FileProcessor(str(path)).with_areas(osmium.filter.KeyFilter("boundary"))
        for thing in areas.with_filter(osmium.filter.KeyFilter("boundary")):
            if not thing.is_area() or thing.num_rings()[0] == 0:
                continue
            said = dict(thing.tags)
            codes = {said[tag] for tag in CODE_TAGS if tag in said}
            if fold(said.get("name", "")) == folded or wanted.strip() in codes:
                found.append(shapely.from_wkb(bytes.fromhex(to_wkb.create_multipolygon(thing))))
    return max((shape for shape in found if shape.is_valid), key=lambda s: s.area, default=None)
