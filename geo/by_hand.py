"""Names and landmarks that people here add, also during a call; no import takes them away."""

from __future__ import annotations

from dataclasses import dataclass

from core.db import Tx
from core.errors import BadInput, Conflict, NotFound
from geo.geocoder.coordinates import on_earth
from geo.geocoder.reading import read
from geo.words import fold

MAX_NAME = 120
HAND_UNCERTAINTY_M = 75.0

AREA = "SELECT code FROM area WHERE code = $1"
PLACE = """
SELECT slug, kind, folded, ST_AsBinary(ST_PointOnSurface(geom)) AS at FROM place WHERE slug = $1
"""
ALIAS = """
INSERT INTO name_alias (alias, folded, area_code, place_slug, place_kind, place_name, at, source,
                        added_by)
VALUES ($1, $2, $3, $4, $5, $6, ST_GeomFromWKB($7, 4326), $8, $9)
ON CONFLICT (folded, coalesce(area_code, place_slug)) DO NOTHING RETURNING id
"""
LANDMARK = """
INSERT INTO place (slug, kind, name, folded, geom, uncertainty_m, source, by_hand, area_codes,
                   published)
SELECT 'hand/' || nextval(pg_get_serial_sequence('place', 'id')), $1, $2, $3, g.geom, $6, $7, true,
       CASE WHEN a.inside THEN a.kelurahan_code || a.alternatives ELSE '{}' END, false
FROM (SELECT ST_SetSRID(ST_MakePoint($4, $5), 4326) AS geom) g
CROSS JOIN LATERAL geo_areas_at(g.geom) a
RETURNING slug
"""
ALIASES = """
SELECT id, alias, coalesce(area_code, place_slug) AS target, source, added_at FROM name_alias
ORDER BY id DESC LIMIT 500
"""


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A landmark as somebody gives it; WGS 84 degrees."""

    name: str
    kind: str
    lon: float
    lat: float


async def add_alias(tx: Tx, alias: str, target: str, source: str) -> int:
    """Another spelling for the area with this code or the place with this slug; the row's id.

    Raises `BadInput` for a name without a word, `NotFound`, or `Conflict` when it is there already.
    """
    alias = _name(alias)
    place = await tx.fetchrow(PLACE, target)
    if place is None and await tx.fetchval(AREA, target) is None:
        raise NotFound("Tidak ada wilayah atau tempat {target}.", target=target)
    row: tuple[object, ...] = (target, None, None, None, None)
    if place is not None:
        row = (None, target, place["kind"], place["folded"], place["at"])
    made = await tx.fetchval(ALIAS, alias, fold(alias), *row, source[:200], tx.actor.account_id)
    if made is None:
        raise Conflict("Nama {alias} sudah ada di sana.", alias=alias)
    return int(made)


async def remove_alias(tx: Tx, number: int) -> None:
    """Raises `NotFound`."""
    if await tx.fetchval("DELETE FROM name_alias WHERE id = $1 RETURNING id", number) is None:
        raise NotFound("Nama itu tidak ada.")


async def add_place(tx: Tx, place: NewPlace, source: str) -> str:
    """A landmark by hand; its slug. Raises `BadInput` for a bad name or position."""
    name = _name(place.name)
    if not on_earth(place.lon, place.lat):
        raise BadInput("Koordinat itu tidak ada di bumi.")
    kind = fold(place.kind)[:40] or "landmark"
    slug = await tx.fetchval(
        LANDMARK, kind, name, fold(name), place.lon, place.lat, HAND_UNCERTAINTY_M, source[:200]
    )
    return str(slug)


def _name(text: str) -> str:
    name = " ".join(text.replace("\x00", " ").split())
    if len(name) > MAX_NAME or not any(len(word.text) > 1 for word in read(name)):
        raise BadInput("Nama perlu paling sedikit satu kata dan paling banyak 120 huruf.")
    return name
