"""The geocoder of this process, read again when the names in the database have changed."""

from __future__ import annotations

import time
from dataclasses import dataclass

from core.db import Tx
from core.settings import get_settings
from geo.geocoder.engine import Geocoder
from geo.geocoder.gazetteer import from_database
from geo.sql import REVISION

CHECK_EVERY_S = 1.0


@dataclass(slots=True)
class _Kept:
    geocoder: Geocoder | None = None
    database: str = ""
    checked_at: float = 0.0


_kept = _Kept()


async def geocoder(
    tx: Tx, city: str | None = None, *, max_age_s: float = CHECK_EVERY_S
) -> Geocoder:
    """The geocoder as of at most `max_age_s` ago.

    Between checks it costs nothing; a check is one tiny read; only a changed revision reads the
    names (some 40 ms for a city of thirty-five kelurahan).
    """
    now = time.monotonic()
    name = city or get_settings().city
    if _kept.geocoder is not None and now - _kept.checked_at < max_age_s:
        return _kept.geocoder
    row = await tx.fetchrow(f"SELECT current_database() AS name, ({REVISION}) AS revision")
    assert row is not None
    kept = _kept.geocoder
    if kept is None or kept.revision != row["revision"] or _kept.database != row["name"]:
        kept = Geocoder(await from_database(tx, name, row["revision"]))
    _kept.geocoder, _kept.database, _kept.checked_at = kept, row["name"], now
    return kept
