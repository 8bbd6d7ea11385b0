"""Where a number comes from: source, method, time, revision, and whether it is stale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.db import Tx

ABSENT = "belum ada data"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Goes with every figure that a program publishes, on pages, in JSON and in CSV.

    `at` is the moment the figure speaks of (not the moment it is shown), None without data.
    `example` marks figures out of contoh rows. A figure older than `stale_after` is stale.
    """

    source: str
    method: str
    at: datetime | None
    revision: int
    stale_after: timedelta
    example: bool = False

    def stale(self, now: datetime) -> bool:
        """Too old to be taken for today's; no data at all counts as stale."""
        return self.at is None or now - self.at > self.stale_after

    def as_dict(self, now: datetime) -> dict[str, Any]:
        """The member `provenance` of every JSON answer."""
        return {
            "source": self.source,
            "method": self.method,
            "at": self.at.isoformat() if self.at else None,
            "revision": self.revision,
            "stale": self.stale(now),
            "stale_after_s": int(self.stale_after.total_seconds()),
            "example": self.example,
        }

    def as_cells(self, now: datetime) -> dict[str, str]:
        """The columns that end every CSV row."""
        return {
            "sumber": self.source,
            "metode": self.method,
            "waktu": self.at.isoformat() if self.at else ABSENT,
            "revisi": str(self.revision),
            "usang": "ya" if self.stale(now) else "tidak",
            "contoh": "ya" if self.example else "tidak",
        }


async def now(tx: Tx) -> datetime:
    """The database's clock: what staleness is measured against."""
    moment: datetime = await tx.fetchval("SELECT clock_timestamp()")
    return moment
