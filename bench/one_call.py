"""The raw limit of the intake: the same work as one bare database call, without any of our Python.

RECEIVE and `dispatch_open` become the body of one function; a client calls it over as many connections
as the HTTP load uses.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time

import asyncpg

from bench.world import World
from dispatch.linking import ASK_WINDOW_H, METRES_PER_DEGREE, PRECISE_M, lock_keys, rule_for
from dispatch.queries import RECEIVE
from dispatch.tracking import new_code, token_hash

RULE = rule_for("medical")

RECEIVE_ARGS = [
    "'app'::text", "NULL::text", "NULL::text", "NULL::uuid", "a_mac", "NULL::timestamptz", "false",
    "a_raw", "NULL::bytea", "NULL::bytea", "a_code", "a_token", "'pending'::text",
    "'emergency'::text", "'medical'::text", "'P2'::text", "1.0::float8", "'{}'::text[]",
    "NULL::int", "false", "a_lon", "a_lat", "50", "NULL::float8", "NULL::float8", "a_area",
    "'{}'::text[]", "NULL::text", "'x'::text", "'gps'::text", "false", "'[]'::jsonb", "false",
    "NULL::bytea", "NULL::bytea", "NULL::bytea", "'reporter'::text", "NULL::bigint",
]  # fmt: skip
OPEN_ARGS = [
    "v.report_id", "'medical'", "a_lon", "a_lat", f"{RULE.radius_m / METRES_PER_DEGREE}",
    f"{RULE.window_s}", f"{RULE.area_s}", "a_area", "true", "NULL", str(ASK_WINDOW_H), "'P2'",
    "false", "false", "'{}'", "'x'", "50", "false", "NULL", "'reporter'", "NULL", str(PRECISE_M),
    "false", "a_locks", "ranked",
]  # fmt: skip


def function() -> str:
    """CREATE FUNCTION; the ranking, which Python does for real, is the order by distance."""
    receive = re.sub(r"\$(\d+)", lambda m: RECEIVE_ARGS[int(m.group(1)) - 1], RECEIVE)
    cut = receive.rindex("\nFROM r\n")
    return f"""
CREATE OR REPLACE FUNCTION bench_intake(a_lon float8, a_lat float8, a_area text, a_raw bytea,
    a_mac bytea, a_code text, a_token bytea, a_locks bigint[]) RETURNS jsonb LANGUAGE plpgsql AS $f$
#variable_conflict use_column
DECLARE v record; ranked jsonb;
BEGIN
    {receive[:cut]} INTO v {receive[cut:]};
    SELECT jsonb_object_agg(key, jsonb_build_object(
        'ids', (SELECT jsonb_agg(u -> 0) FROM jsonb_array_elements(value) AS u),
        'etas', (SELECT jsonb_agg(100) FROM jsonb_array_elements(value)),
        'metres', (SELECT jsonb_agg(100) FROM jsonb_array_elements(value)))) INTO ranked
    FROM jsonb_each(v.near);
    RETURN dispatch_open({", ".join(OPEN_ARGS)});
END $f$;
"""


async def measure(world: World, points: list[tuple[float, float]], connections: int) -> float:
    """Calls per second of the function at `connections`."""
    first = await world.connect()
    await first.execute(function())
    await first.close()
    work = list(points)
    opened = [await world.connect() for _ in range(connections)]
    call = "SELECT bench_intake($1, $2, '12.76.05.1002', $3, $4, $5, $6, $7)"
    raw = secrets.token_bytes(80)

    async def one(connection: asyncpg.Connection) -> None:
        await connection.execute("SET plan_cache_mode = force_generic_plan")
        statement = await connection.prepare(call)
        while work:
            lon, lat = work.pop()
            code = new_code()
            await statement.fetchval(
                lon,
                lat,
                raw,
                secrets.token_bytes(32),
                code,
                token_hash(code),
                lock_keys("medical", lon, lat, RULE.radius_m),
            )

    began = time.perf_counter()
    await asyncio.gather(*(one(c) for c in opened))
    seconds = time.perf_counter() - began
    for connection in opened:
        await connection.close()
    return len(points) / seconds
