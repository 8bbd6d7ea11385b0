"""The raw limit of the intake: the same work as one bare database call, without any of our Python.

`dispatch_near` and `dispatch_take` for one report, in one function; a client calls it over as many
connections as the HTTP load uses.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import Any

import asyncpg
from asyncpg.prepared_stmt import PreparedStatement

from bench.world import World
from core.db import prepare_connection
from dispatch.linking import METRES_PER_DEGREE, lock_keys, rule_for
from dispatch.tracking import new_code, token_hash

RULE = rule_for("medical")

# The ranking, which Python does for real, is the order by distance.
FUNCTION = """
CREATE OR REPLACE FUNCTION bench_intake(a dispatch_arrival) RETURNS jsonb LANGUAGE plpgsql AS $f$
BEGIN
    SELECT near.capabilities, near.ends, near.ids INTO a.capabilities, a.ends, a.ids
    FROM dispatch_near(ARRAY[a.type], ARRAY[a.priority], ARRAY[a.lon], ARRAY[a.lat]) AS near;
    a.bases := array_fill('distance'::text, ARRAY[cardinality(a.ends)]);
    a.etas := array_fill(100, ARRAY[cardinality(a.ids)]);
    a.metres := a.etas;
    RETURN dispatch_take(ARRAY[a]);
END $f$;
"""


def arrival(lon: float, lat: float, raw: bytes) -> tuple[Any, ...]:
    """One dispatch_arrival (sql/take.sql), nobody ranked."""
    code = new_code()
    return (
        "app", None, None, None, secrets.token_bytes(32), None, False, raw, None, None,
        code, token_hash(code), "emergency", "medical", "P2", 1.0, [], None, False, lon, lat, 50,
        None, None, "12.76.05.1002", [], None, "x", "gps", False, [], False, None, None, None,
        lock_keys("medical", lon, lat, RULE.radius_m), RULE.radius_m / METRES_PER_DEGREE,
        float(RULE.window_s), float(RULE.area_s), False, False, False,
        None, None, None, None, None, None, "reporter", None,
    )  # fmt: skip


async def measure(world: World, points: list[tuple[float, float]], connections: int) -> float:
    """Calls per second of the function at `connections`."""
    first = await world.connect()
    await first.execute(FUNCTION)
    await first.close()
    work = list(points)
    opened = [await world.connect() for _ in range(connections)]
    raw = secrets.token_bytes(80)

    async def prepare(connection: asyncpg.Connection) -> PreparedStatement:
        await connection.execute("SET plan_cache_mode = force_generic_plan")
        await prepare_connection(connection)
        statement = await connection.prepare("SELECT bench_intake($1)")
        await statement.fetchval(arrival(*work.pop(), raw))  # plans are made by the first call
        return statement

    async def run(statement: PreparedStatement) -> None:
        while work:
            await statement.fetchval(arrival(*work.pop(), raw))

    statements = await asyncio.gather(*map(prepare, opened))
    left, began = len(work), time.perf_counter()
    await asyncio.gather(*map(run, statements))
    seconds = time.perf_counter() - began
    for connection in opened:
        await connection.close()
    return left / seconds
