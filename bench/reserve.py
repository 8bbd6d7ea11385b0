"""Reserve under contention: 16 dispatchers want the nearest unit to one point, all at once."""

from __future__ import annotations

import asyncio
import time

import asyncpg

from bench.figures import Figure, percentile
from bench.world import World, furnish
from core.db import Database
from dispatch.reserve import reserve_best
from geo import eta

DISPATCHERS = 16
EACH = 100
UNITS = 4_000
POINT = (99.1560, 3.3283)

INCIDENT = """
INSERT INTO incident (type, priority, geom, uncertainty_m)
VALUES ('medical', 'P1', ST_SetSRID(ST_MakePoint($1, $2), 4326), 20) RETURNING id
"""


async def measure(world: World) -> list[Figure]:
    await furnish(world, UNITS)
    world.settings.pool_max = DISPATCHERS
    limit = await _bare_updates(world)
    db = await Database.open(world.settings)
    async with db.tx() as tx:
        incidents = [await tx.fetchval(INCIDENT, *POINT) for _ in range(DISPATCHERS)]
    taken: list[int] = []
    latencies: list[float] = []

    async def dispatcher(incident: int) -> None:
        for _ in range(EACH):
            began = time.perf_counter()
            async with db.tx() as tx:
                got = await reserve_best(
                    tx, eta.current(), incident_id=incident, capability="ambulance", count=1,
                    lon=POINT[0], lat=POINT[1],
                )  # fmt: skip
            latencies.append((time.perf_counter() - began) * 1000)
            taken.extend(r.unit_id for r in got)

    began = time.perf_counter()
    await asyncio.gather(*(dispatcher(i) for i in incidents))
    seconds = time.perf_counter() - began
    await db.close()
    wanted = DISPATCHERS * EACH
    return [
        Figure(
            "reserve at one point, 16 dispatchers", wanted / seconds, "/s", limit,
            "one-row UPDATE by key/s", "no unit twice",
            {
                "p99_ms": round(percentile(latencies, 0.99), 1),
                "twice": len(taken) - len(set(taken)),
                "without": wanted - len(taken),
            },
        )
    ]  # fmt: skip


async def _bare_updates(world: World) -> float:
    """One-row updates by primary key in a commit of their own, over as many connections."""
    pool = await asyncpg.create_pool(
        world.settings.database_url, min_size=DISPATCHERS, max_size=DISPATCHERS
    )
    ids = [row["id"] for row in await pool.fetch("SELECT id FROM unit ORDER BY id")]

    async def updater(number: int) -> None:
        async with pool.acquire() as connection:
            for n in range(EACH):
                await connection.execute(
                    "UPDATE unit SET version = version + 1 WHERE id = $1", ids[number * EACH + n]
                )

    began = time.perf_counter()
    await asyncio.gather(*(updater(n) for n in range(DISPATCHERS)))
    seconds = time.perf_counter() - began
    await pool.close()
    return DISPATCHERS * EACH / seconds
