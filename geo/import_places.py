"""Take streets and landmarks from a CSV or GeoJSON file into the gazetteer.

One file is one layer: importing it again replaces that layer in one transaction and touches
neither the pack's places nor those made by hand. Rows that cannot be used are all reported.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from shapely import from_geojson
from shapely.errors import ShapelyError
from shapely.geometry import Point, mapping

from core.db import Tx
from core.errors import BadInput
from geo.geocoder.coordinates import on_earth
from geo.seed import LOCK
from geo.words import fold

_COLUMNS = {
    "name": ("name", "nama"),
    "lat": ("lat", "latitude", "lintang"),
    "lon": ("lon", "lng", "longitude", "bujur"),
    "kind": ("kind", "jenis", "type"),
    "aliases": ("aliases", "alias", "nama_lain"),
    "source": ("source", "sumber"),
    "uncertainty_m": ("uncertainty_m", "radius_m"),
}
DEFAULT_UNCERTAINTY_M = 100.0


@dataclass(frozen=True, slots=True)
class Row:
    """One usable place; `geometry` is GeoJSON text, WGS 84."""

    name: str
    kind: str
    aliases: tuple[str, ...]
    geometry: str
    uncertainty_m: float
    source: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be used. `number` counts from 1, without the header."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class ImportedPlaces:
    added: int
    replaced: int
    refused: tuple[Refused, ...]


def read(data: bytes, source: str) -> tuple[list[Row], list[Refused]]:
    """All rows of a GeoJSON FeatureCollection or a CSV with a header.

    Raises `BadInput` when the file as a whole is neither.
    """
    good: list[Row] = []
    bad: list[Refused] = []
    rows = _features(data) if data.lstrip()[:1] == b"{" else _lines(data)
    for number, (fields, geometry) in enumerate(rows, start=1):
        try:
            good.append(_row(fields, geometry, source))
        except (ValueError, ShapelyError) as error:
            bad.append(Refused(number, str(error)))
    return good, bad


async def import_places(
    tx: Tx, rows: Sequence[Row], refused: Sequence[Refused], layer: str
) -> ImportedPlaces:
    """Replace the layer by these rows; their kelurahan come from the shapes in force."""
    await tx.execute(LOCK)
    prefix = f"{fold(layer)}/"
    gone = await tx.fetch(
        "DELETE FROM place WHERE starts_with(slug, $1) AND NOT by_hand RETURNING id", prefix
    )
    await tx.executemany(
        PUT,
        [
            (
                f"{prefix}{number}",
                row.kind,
                row.name,
                fold(row.name),
                list(row.aliases),
                row.geometry,
                row.uncertainty_m,
                row.source,
            )
            for number, row in enumerate(rows, start=1)
        ],
    )
    return ImportedPlaces(len(rows), len(gone), tuple(refused))


PUT = """
INSERT INTO place (slug, kind, name, folded, aliases, geom, uncertainty_m, source, area_codes)
SELECT $1, $2, $3, $4, $5, g.geom, $7, $8,
       CASE WHEN a.inside THEN a.kelurahan_code || a.alternatives ELSE '{}' END
FROM (SELECT ST_SetSRID(ST_GeomFromGeoJSON($6), 4326) AS geom) g
CROSS JOIN LATERAL geo_areas_at(ST_PointOnSurface(g.geom)) a
ON CONFLICT (slug) DO NOTHING
"""


def _features(data: bytes) -> Iterator[tuple[dict[str, Any], Any]]:
    try:
        document = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadInput("Berkas bukan JSON yang utuh: {why}", why=str(error)) from error
    features = document.get("features")
    if not isinstance(features, list):
        raise BadInput("Berkas bukan GeoJSON FeatureCollection.")
    for feature in features:
        usable = feature if isinstance(feature, dict) else {}
        yield dict(usable.get("properties") or {}), usable.get("geometry")


def _lines(data: bytes) -> Iterator[tuple[dict[str, Any], Any]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("Berkas bukan teks UTF-8.") from error
    reader = csv.DictReader(io.StringIO(text))
    header = {str(name).strip().lower() for name in reader.fieldnames or ()}
    if not header.intersection(_COLUMNS["name"]):
        raise BadInput("Berkas CSV perlu kolom nama, lat, dan lon.")
    for line in reader:
        yield {str(key).strip().lower(): value for key, value in line.items() if key}, None


def _row(fields: dict[str, Any], geometry: Any, source: str) -> Row:
    def field(name: str) -> str:
        found = (fields.get(column) for column in _COLUMNS[name])
        return str(next((value for value in found if value not in (None, "")), "")).strip()

    name = field("name")
    if not name:
        raise ValueError("tanpa nama")
    if geometry is None:
        lon, lat = (_number(field(axis), axis) for axis in ("lon", "lat"))
        if not on_earth(lon, lat):
            raise ValueError(f"koordinat di luar bumi: {lat}, {lon}")
        shape = msgspec.json.encode(mapping(Point(lon, lat))).decode()
    else:
        shape = msgspec.json.encode(geometry).decode()
        read_back = from_geojson(shape)
        west, south, east, north = read_back.bounds
        if read_back.is_empty or not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise ValueError("bentuk kosong atau bukan derajat")
    return Row(
        name[:200],
        field("kind") or "landmark",
        tuple(part.strip() for part in field("aliases").split(";") if part.strip()),
        shape,
        _number(field("uncertainty_m") or str(DEFAULT_UNCERTAINTY_M), "uncertainty_m"),
        field("source") or source,
    )


def _number(text: str, name: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise ValueError(f"{name} bukan angka: {text[:30]!r}") from error
