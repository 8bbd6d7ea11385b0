"""What was learned and put in force: kept in road_speed, read by every process as closures are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.db import Tx
from geo.roads.learning import Learned

Factors = Mapping[str, Mapping[str, float]]
"""Band of hours → road class → how many times as long it takes."""

FACTORS = "SELECT band, road, factor FROM road_speed"
PUT = """
INSERT INTO road_speed (road, band, factor, n) VALUES ($1, $2, $3, $4)
ON CONFLICT (road, band)
DO UPDATE SET factor = excluded.factor, n = excluded.n, learned_at = clock_timestamp()
"""
FORGET = "DELETE FROM road_speed"


async def factors(tx: Tx) -> Factors:
    """Those in force."""
    found: dict[str, dict[str, float]] = {}
    for row in await tx.fetch(FACTORS):
        found.setdefault(row["band"], {})[row["road"]] = row["factor"]
    return found


async def put(tx: Tx, learned: Sequence[Learned]) -> int:
    """Put what has a factor in force; how many. What is proposed for none of the rest stays as it is."""
    rows = [(x.road, x.band, x.factor, x.n) for x in learned if x.factor is not None]
    await tx.executemany(PUT, rows)
    return len(rows)


async def forget(tx: Tx) -> None:
    """Back to our own speeds everywhere."""
    await tx.execute(FORGET)
