"""SQL of this room that hot statements of other rooms may use.

Functions created by the migration `0002_geo`, each one GiST look-up:

* ``geo_kelurahan_at(geometry) → text``: the kelurahan covering the point, else the nearest one
  whose edge is within reach (`geo.areas`), else null;
* ``geo_areas_at(geometry)`` → one row ``(kelurahan_code, kecamatan_code, alternatives text[],
  approximate, inside)``, see `geo.areas.AreasAt`.
"""

from __future__ import annotations

AREAS_AT = "SELECT * FROM geo_areas_at(ST_SetSRID(ST_MakePoint($1, $2), 4326))"
"""$1 lon, $2 lat (double precision)."""

REVISION = "SELECT revision FROM geo_revision WHERE id = 1"
