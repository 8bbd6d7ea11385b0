"""Put the facts of a city's pack into the database; run again, it changes nothing.

What was imported or made by hand since stays: an official shape is never replaced by a guessed
one, aliases are only added, and a place edited by hand is left alone.
"""

from __future__ import annotations

from core.db import Tx
from core.settings import get_settings
from geo import pack as packs
from geo import shapes
from geo.words import fold

# `IS DISTINCT FROM` keeps a second run from touching rows, so that nobody reads the names again.
AREA = """
INSERT INTO area AS a (code, level, bps_code, name, parent_code, aliases, ordinary_meaning,
                       postcode, centroid, geom, approximate, source)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, ST_SetSRID(ST_MakePoint($9, $10), 4326),
        ST_Multi(ST_GeomFromWKB($11, 4326)), true, $12)
ON CONFLICT (code) DO UPDATE SET
    name = excluded.name,
    bps_code = coalesce(excluded.bps_code, a.bps_code),
    parent_code = excluded.parent_code,
    aliases = ARRAY(SELECT DISTINCT x FROM unnest(a.aliases || excluded.aliases) x ORDER BY x),
    ordinary_meaning = excluded.ordinary_meaning,
    postcode = coalesce(excluded.postcode, a.postcode),
    centroid = CASE WHEN a.approximate THEN excluded.centroid ELSE a.centroid END,
    geom = CASE WHEN a.approximate THEN excluded.geom ELSE a.geom END,
    revision = a.revision + 1
WHERE (a.name, a.parent_code, a.ordinary_meaning)
          IS DISTINCT FROM (excluded.name, excluded.parent_code, excluded.ordinary_meaning)
   OR NOT a.aliases @> excluded.aliases
   OR (excluded.postcode IS NOT NULL AND a.postcode IS DISTINCT FROM excluded.postcode)
   OR (a.approximate AND NOT ST_Equals(a.geom, excluded.geom))
"""

PLACE = """
INSERT INTO place AS p (slug, kind, name, folded, aliases, area_codes, geom, uncertainty_m, source)
VALUES ($1, $2, $3, $4, $5, $6,
        CASE WHEN $7::float8 IS NULL THEN NULL ELSE ST_SetSRID(ST_MakePoint($7, $8), 4326) END,
        $9, $10)
ON CONFLICT (slug) DO UPDATE SET
    kind = excluded.kind, name = excluded.name, folded = excluded.folded,
    aliases = ARRAY(SELECT DISTINCT x FROM unnest(p.aliases || excluded.aliases) x ORDER BY x),
    area_codes = excluded.area_codes, geom = excluded.geom,
    uncertainty_m = excluded.uncertainty_m, source = excluded.source
WHERE NOT p.by_hand
  AND ((p.kind, p.name, p.folded, p.area_codes, p.uncertainty_m, p.source)
          IS DISTINCT FROM (excluded.kind, excluded.name, excluded.folded, excluded.area_codes,
                            excluded.uncertainty_m, excluded.source)
       OR NOT p.aliases @> excluded.aliases)
"""


LOCK = "SELECT pg_advisory_xact_lock(hashtext('geo'))"


async def seed(tx: Tx, city: str | None = None) -> None:
    """Areas and places of `city` (a pack's name; without one, of `settings.city`).

    Raises `pack.UnknownCity`.
    """
    pack = packs.load(city or get_settings().city)
    await tx.execute(LOCK)
    await seed_areas(tx, pack)
    await seed_places(tx, pack)


async def seed_areas(tx: Tx, pack: packs.Pack) -> None:
    """Kecamatan and kelurahan, with shapes computed from the centres where none is official."""
    centres = {a.code: (a.lon, a.lat) for a in pack.areas if a.level == "kelurahan"}
    if not centres:  # a new city: its areas come with its map
        return
    guessed = shapes.guess(centres, pack.city.bbox)
    for area in pack.areas:
        shape = guessed.get(area.code) or shapes.joined(
            {a.code: guessed[a.code] for a in pack.areas if a.parent_code == area.code}
        )
        await tx.execute(
            AREA,
            area.code,
            area.level,
            area.bps_code,
            area.name,
            area.parent_code,
            list(area.aliases),
            area.ordinary_meaning,
            area.postcode,
            area.lon,
            area.lat,
            shape.wkb,
            pack.city.area_source,
        )


async def seed_places(tx: Tx, pack: packs.Pack) -> None:
    """Streets, rivers and landmarks; without a position when no source gives one."""
    for place in pack.places:
        await tx.execute(
            PLACE,
            place.id,
            place.kind,
            place.name,
            fold(place.name),
            list(place.aliases),
            list(place.area_codes),
            place.lon,
            place.lat,
            place.uncertainty_m,
            place.source,
        )
