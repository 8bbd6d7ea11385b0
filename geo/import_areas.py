"""Take the official map of the kelurahan from a GeoJSON file, all of it or nothing.

A file with anything wrong in it (not GeoJSON, not degrees, a polygon that crosses itself, one
code twice, no code of this city) is refused with a sentence that says what and where, and the
old map stays. Codes that this city does not have are skipped and reported, kelurahan that the
file leaves out keep the shape they had.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from shapely import force_2d, from_geojson, is_valid_reason
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from core.db import Tx
from core.errors import BadInput
from geo.seed import LOCK
from geo.shapes import as_multi

CODE_PROPERTIES = (
    "kode",
    "code",
    "kode_kelurahan",
    "kd_kel",
    "kdepum",
    "KDEPUM",
    "kode_kemendagri",
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, by Kemendagri codes."""

    updated: tuple[str, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]


def read(data: bytes, code_property: str | None = None) -> dict[str, MultiPolygon]:
    """Code → shape (WGS 84) of a FeatureCollection. Raises `BadInput` for anything wrong."""
    try:
        document = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadInput("Berkas bukan JSON yang utuh: {why}", why=str(error)) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        raise BadInput("Berkas tidak memuat satu pun wilayah (GeoJSON FeatureCollection).")
    shapes: dict[str, MultiPolygon] = {}
    for number, feature in enumerate(features, start=1):
        code = _code(feature, number, code_property)
        if code in shapes:
            raise BadInput("Kode {code} ada dua kali di dalam berkas.", code=code)
        shapes[code] = _shape(feature, code)
    return shapes


async def import_areas(tx: Tx, shapes: Mapping[str, MultiPolygon], source: str) -> Imported:
    """Put the shapes in force, in the caller's transaction; kecamatan are joined anew.

    Raises `BadInput` when no code belongs to this city.
    """
    await tx.execute(LOCK)
    known = {row["code"] for row in await tx.fetch(KELURAHAN)}
    if not known:
        raise BadInput("Daftar kelurahan masih kosong. Jalankan dulu: siponcega seed")
    updated = sorted(known.intersection(shapes))
    unknown = sorted(set(shapes) - known)
    if not updated:
        raise BadInput(
            "Tidak satu pun kode di berkas dikenal di kota ini (contoh: {code}).", code=unknown[0]
        )
    await tx.executemany(PUT, [(code, shapes[code].wkb, source) for code in updated])
    await tx.execute(JOIN)
    return Imported(tuple(updated), tuple(unknown), tuple(sorted(known - set(shapes))))


KELURAHAN = "SELECT code FROM area WHERE level = 'kelurahan'"

PUT = """
UPDATE area SET
    geom = ST_GeomFromWKB($2, 4326),
    centroid = CASE WHEN ST_Covers(ST_GeomFromWKB($2, 4326), centroid) THEN centroid
                    ELSE ST_PointOnSurface(ST_GeomFromWKB($2, 4326)) END,
    approximate = false, source = $3, revision = revision + 1
WHERE code = $1
"""

JOIN = """
UPDATE area k SET geom = ST_Multi(j.geom), approximate = j.approximate, revision = k.revision + 1
FROM (SELECT parent_code, ST_Union(geom) AS geom, bool_or(approximate) AS approximate
      FROM area WHERE level = 'kelurahan' AND geom IS NOT NULL GROUP BY parent_code) j
WHERE k.code = j.parent_code AND k.level = 'kecamatan'
"""


def _code(feature: Any, number: int, wanted: str | None) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise BadInput("Wilayah ke-{number} tidak punya atribut.", number=number)
    for name in (wanted,) if wanted else CODE_PROPERTIES:
        value = properties.get(name)
        if value:
            return dotted(str(value).strip())
    raise BadInput(
        "Wilayah ke-{number} tidak punya kode (atribut yang ada: {names}).",
        number=number,
        names=", ".join(map(str, list(properties)[:12])),
    )


def dotted(code: str) -> str:
    """A Kemendagri code with its dots: "1276011001" → "12.76.01.1001"."""
    if code.isdigit() and len(code) == 10:
        return f"{code[:2]}.{code[2:4]}.{code[4:6]}.{code[6:]}"
    return code


def _shape(feature: dict[str, Any], code: str) -> MultiPolygon:
    try:
        shape: BaseGeometry = from_geojson(msgspec.json.encode(feature.get("geometry")))
    except (ShapelyError, ValueError, TypeError) as error:
        raise BadInput("Bentuk wilayah {code} tidak terbaca.", code=code) from error
    if not isinstance(shape, Polygon | MultiPolygon) or shape.is_empty:
        raise BadInput("Wilayah {code} bukan poligon.", code=code)
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadInput(
            "Koordinat wilayah {code} bukan derajat lintang dan bujur (WGS 84).", code=code
        )
    if not shape.is_valid:
        raise BadInput(
            "Garis batas wilayah {code} memotong dirinya sendiri atau rusak: {why}. "
            "Perbaiki berkasnya; peta lama tetap dipakai.",
            code=code,
            why=is_valid_reason(shape),
        )
    return as_multi(force_2d(shape))
