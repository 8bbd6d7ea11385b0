"""What recorded arrivals say of the roads' speeds: arrivals are dispatch's, roads geo's; here they meet."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from core.db import Database, Tx
from core.errors import Unavailable
from core.settings import Settings
from dispatch import arrivals as recorded
from geo.roads import arrivals, learned, load, speeds
from geo.roads.graph import Graph
from geo.roads.hours import BANDS
from geo.roads.learned import Factors
from geo.roads.learning import MIN_N, Learned, learn
from geo.roads.net import Net
from geo.roads.speeds import RoadFacts


@dataclass(frozen=True, slots=True)
class Line:
    """A class of road in a band of hours. n: arrivals that tell of it. Speeds of a car, km/h; factors:
    times as long as our own speeds say. proposed: None where n is too small."""

    road: str
    band: str
    n: int
    own_kmh: float
    present_factor: float
    present_kmh: float
    proposed_factor: float | None
    proposed_kmh: float | None


@dataclass(frozen=True, slots=True)
class Study:
    """used: arrivals that were learned from; left_out: how many others, by reason."""

    used: int
    left_out: dict[str, int]
    lines: list[Line]
    learned: list[Learned]


async def study(db: Database, settings: Settings, days: int, min_n: int = MIN_N) -> Study:
    """What the arrivals of the last days say. Raises Unavailable without an imported net: over a made-up
    one nothing can be learned."""
    facts = speeds.load(settings.city)
    async with db.read() as tx:
        honest, left_out = await recorded.read(tx, ZoneInfo(settings.timezone), days)
        table = await load.imported(tx)
        present = await learned.factors(tx)
    if table is None:
        raise Unavailable("Jaringan jalan belum ada. Impor peta dulu: siponcega geo import")
    told, odd = await asyncio.to_thread(lambda: arrivals.lay(Net(Graph(table), facts), honest))
    found = learn(told, min_n)
    left_out += odd
    lines = _lines(found, present, facts)
    return Study(len(told), dict(Counter(left_out).most_common()), lines, found)


async def apply(tx: Tx, found: Study) -> int:
    """Put what is proposed in force; how many lines. Every process drives on it within a second."""
    return await learned.put(tx, found.learned)


def _lines(found: Sequence[Learned], present: Factors, facts: RoadFacts) -> list[Line]:
    seen = {(row.band, row.road): row for row in found}
    kept = {(band, road) for band, roads in present.items() for road in roads}
    lines = []
    for band, road in sorted(
        seen.keys() | kept, key=lambda key: (list(BANDS).index(key[0]), -facts.speed_kmh(key[1]))
    ):
        row, own = seen.get((band, road)), facts.speed_kmh(road)
        now = present.get(band, {}).get(road, 1.0)
        then = None if row is None else row.factor
        lines.append(
            Line(
                road, band, 0 if row is None else row.n, own, now, round(own / now, 1), then,
                None if then is None else round(own / then, 1),
            )
        )  # fmt: skip
    return lines
