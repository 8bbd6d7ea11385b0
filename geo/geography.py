"""The city in the memory of one process: one object that every request asks.

Made once, it stays the same object; what it holds is exchanged whole when the names or shapes in
the database have changed (`refresh`), so readers never wait and never see half of a change.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from core.db import Database, Tx
from core.errors import Unavailable
from core.settings import get_settings
from geo.areas import AreasAt
from geo.geocoder.engine import Geocoder
from geo.geocoder.gazetteer import from_database
from geo.geocoder.hints import NO_HINTS, Hints
from geo.geocoder.types import Located
from geo.sql import REVISION

CHECK_EVERY_S = 1.0


class Geography:
    """Point → areas, text → place, code → name; microseconds to a millisecond, no database."""

    def __init__(self, geocoder: Geocoder, city: str) -> None:
        self._geocoder = geocoder
        self._city = city
        self._checked_at = time.monotonic()

    @classmethod
    async def load(cls, tx: Tx, city: str | None = None) -> Geography:
        """Read the city (a pack's name; `settings.city` without one) from the database."""
        name = city or get_settings().city
        revision = await tx.fetchval(REVISION)
        return cls(await _geocoder(tx, name, revision), name)

    async def refresh(self, tx: Tx, *, max_age_s: float = CHECK_EVERY_S) -> bool:
        """Look whether something changed, at most once in `max_age_s`; True when it was read anew.

        Between looks this costs nothing, a look is one tiny read, a change some 40 ms.
        """
        now = time.monotonic()
        if now - self._checked_at < max_age_s:
            return False
        self._checked_at = now
        revision = await tx.fetchval(REVISION)
        if revision == self._geocoder.revision:
            return False
        self._geocoder = await _geocoder(tx, self._city, revision)
        return True

    async def keep_fresh(self, db: Database, exchanged: Callable[[], None] | None = None) -> None:
        """Refresh for ever; a task of the process that holds this object. exchanged: called after what
        is held was replaced."""
        while True:
            await asyncio.sleep(CHECK_EVERY_S)
            try:
                async with db.read() as tx:
                    new = await self.refresh(tx, max_age_s=0)
            except Unavailable:  # the names in memory serve on until the database is back
                continue
            if new and exchanged is not None:
                exchanged()

    @property
    def geocoder(self) -> Geocoder:
        return self._geocoder

    def at(self, lon: float, lat: float) -> AreasAt:
        """The areas at a point (WGS 84); any finite point on earth has an answer."""
        return self._geocoder.gazetteer.map.at(lon, lat)

    def locate(
        self,
        text: str,
        *,
        gps: tuple[float, float] | None = None,
        gps_accuracy_m: float | None = None,
        hints: Hints = NO_HINTS,
    ) -> Located:
        """Where a text says it is; see `geo.geocoder.engine.Geocoder.locate`."""
        return self._geocoder.locate(text, gps=gps, gps_accuracy_m=gps_accuracy_m, hints=hints)

    def name(self, code: str) -> str:
        """The name of an area, e.g. "Bulian"; the code itself when it is unknown."""
        area = self._geocoder.gazetteer.areas.get(code)
        return code if area is None else area.name

    def centroid(self, code: str) -> tuple[float, float, int] | None:
        """lon, lat and the radius in metres that holds the area; None for an unknown code."""
        area = self._geocoder.gazetteer.areas.get(code)
        return None if area is None else (area.lon, area.lat, round(area.radius_m))


async def _geocoder(tx: Tx, city: str, revision: int) -> Geocoder:
    """Built off the event loop: a large city's names take a second or two."""
    return await asyncio.to_thread(Geocoder, await from_database(tx, city, revision))
