"""The raw limit of the intake: the same work as one bare database call, without any of our Python.

The three hot statements become the body of one plpgsql function, their parameters its variables; a
client calls it over as many connections as the HTTP load uses.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time

from bench.world import World
from dispatch.linking import ASK_WINDOW_H, METRES_PER_DEGREE, PRECISE_M, rule_for
from dispatch.queries import LINK_OR_OPEN, RECEIVE
from dispatch.reserve_queries import RESERVE
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
LINK_ARGS = [
    "v_report", "'medical'::text", "a_lon", "a_lat", f"{RULE.radius_m / METRES_PER_DEGREE}::float8",
    f"{RULE.window_s}::float8", f"{RULE.area_s}::float8", "a_area", "true", "NULL::text",
    str(ASK_WINDOW_H), "'P2'::text", "false", "false", "'{}'::text[]", "'x'::text", "50", "false",
    "NULL::int", "'reporter'::text", "NULL::bigint", str(PRECISE_M), "false",
]  # fmt: skip
RESERVE_ARGS = [
    "v_link.incident_id", "'ambulance'::text", "1", "v_ids", "v_etas", "v_etas",
    "'distance'::text", "true", "NULL::bigint", "60::float8", "'reporter'::text", "1",
]  # fmt: skip


def _inline(statement: str, args: list[str]) -> str:
    return re.sub(r"\$(\d+)", lambda m: args[int(m.group(1)) - 1], statement)


def function() -> str:
    """CREATE FUNCTION with the statements inlined; data-modifying WITH must stand at the top level."""
    receive = _into(_inline(RECEIVE, RECEIVE_ARGS), "v_contact, v_report")
    link = _into(_inline(LINK_OR_OPEN, LINK_ARGS), "v_link")
    reserve = _into(_inline(RESERVE, RESERVE_ARGS), "v_made")
    return f"""
CREATE OR REPLACE FUNCTION bench_intake(a_lon float8, a_lat float8, a_area text, a_raw bytea,
    a_mac bytea, a_code text, a_token bytea, a_lock bigint) RETURNS bigint LANGUAGE plpgsql AS $f$
DECLARE
    v_contact bigint; v_report bigint; v_link record; v_ids bigint[]; v_etas int[]; v_made record;
BEGIN
    {receive};
    PERFORM pg_advisory_xact_lock(a_lock);
    {link};
    SELECT array_agg((u->>0)::bigint), array_agg(100) INTO v_ids, v_etas
    FROM jsonb_array_elements(v_link.needs->0->'units') AS u;
    {reserve};
    RETURN v_made.assignment_id;
END $f$;
"""


def _into(statement: str, target: str) -> str:
    """Put INTO before the FROM of the outermost SELECT (the last one at the line's start)."""
    at = statement.rindex("\nSELECT ") + 1
    head, tail = statement[:at], statement[at:]
    from_at = tail.rindex("\nFROM ") if tail.count("\nFROM ") == 1 else tail.index(" FROM ")
    return f"{head}{tail[:from_at]} INTO {target} {tail[from_at:]}"


async def measure(world: World, points: list[tuple[float, float]], connections: int) -> float:
    """Calls per second of the function at `connections`."""
    first = await world.connect()
    await first.execute(function())
    await first.close()
    work = list(points)
    opened = [await world.connect() for _ in range(connections)]
    call = "SELECT bench_intake($1, $2, '12.76.05.1002', $3, $4, $5, $6, $7)"
    raw = secrets.token_bytes(80)

    async def one(connection: object) -> None:
        statement = await connection.prepare(call)  # type: ignore[attr-defined]
        while work:
            lon, lat = work.pop()
            code = new_code()
            await statement.fetchval(
                lon, lat, raw, secrets.token_bytes(32), code, token_hash(code), hash((lon, lat))
            )

    began = time.perf_counter()
    await asyncio.gather(*(one(c) for c in opened))
    seconds = time.perf_counter() - began
    for connection in opened:
        await connection.close()
    return len(points) / seconds
