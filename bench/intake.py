"""POST /reports → a unit reserved, against a POST that does nothing and against one database call."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import asyncpg

from bench import one_call
from bench.figures import Figure, best, percentile
from bench.world import REPO, World, furnish, web

CONNECTIONS = 16
REQUESTS = 1_500
NOOP_REQUESTS = 10_000
ROUNDS = 4
UNITS = 6_000  # 250 times the city's own; a round takes a quarter of them and gives them back
PAST = 1_000_000
TARGET = "≥ 0.08, p99 ≤ 80 ms"

COUNTS = """
SELECT (SELECT count(*) FROM incident WHERE id > $1)::int AS incidents,
       (SELECT count(*) FROM assignment WHERE incident_id > $1)::int AS units
"""

# Finished work becomes history: nothing of it is live, and its units are free again.
FINISH = """
UPDATE assignment SET state = 'cleared', ended_at = now() WHERE state IN ('reserved', 'offered');
UPDATE incident SET state = 'closed', closed_at = now() - interval '2 days' WHERE state <> 'closed';
UPDATE timer SET done_at = now() WHERE done_at IS NULL;
"""

HISTORY = """
INSERT INTO incident (type, priority, state, verified, geom, kelurahan_code, uncertainty_m,
                      opened_at, closed_at, disposition)
SELECT (ARRAY['medical', 'fire', 'flood', 'crime'])[1 + n % 4], 'P2', 'closed', true,
    ST_SetSRID(ST_MakePoint(99.115 + random() * 0.079, 3.274 + random() * 0.104), 4326),
    '12.76.05.1002', 30, now() - interval '3 days' - n * interval '1 minute',
    now() - interval '2 days' - n * interval '1 minute', 'handled'
FROM generate_series(1, $1::int) AS n
"""


def load(port: int, path: str, bodies: list[str], expect: int = 201) -> dict[str, Any]:
    """Run the load client; raises when any answer was not `expect`."""
    job = {
        "host": "127.0.0.1", "port": port, "path": path, "connections": CONNECTIONS,
        "bodies": bodies, "expect": expect,
    }  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-m", "bench.load"], cwd=REPO, input=json.dumps(job), text=True,
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    result: dict[str, Any] = json.loads(run.stdout)
    if result["errors"]:
        raise RuntimeError(f"{result['errors']} wrong answers, e.g. {result['answers']}")
    result["per_s"] = result["requests"] / result["seconds"]
    return result


async def measure(world: World, *, past: bool = True) -> list[Figure]:
    await furnish(world, UNITS)
    call = best([await _one_call(world) for _ in range(ROUNDS)])
    figures = []
    # The raw limit is timed beside every round: a shared machine is not as quick at every minute.
    with web(world, "bench.apps:bare") as bare, web(world, "bench.apps:ours") as port:
        noops = Noops(bare, port)
        typed = await _rounds(world, port, _typed, noops)
        text = await _rounds(world, port, _text, noops)
        figures += _figures("report → reserved", typed, noops.best, call)
        figures += _figures("free-text report", text, noops.best, call, target="-")
        figures.append(await _one_fire(world, port))
        if past:
            connection = await world.connect()
            await connection.execute(HISTORY, PAST, timeout=600)
            await connection.execute("ANALYZE incident", timeout=600)
            await connection.close()
            later = await _rounds(world, port, _typed, noops)
            figure = _figures(
                "report → reserved, 1 000 000 past incidents", later, noops.best, call
            )[0]
            before = best([r["per_s"] for r in typed])
            figure.more["of_empty_tables"] = round(figure.value / before, 2)
            figures.append(figure)
    figures[0].more |= {"noop_bare": round(best(noops.bare)), "noop_ours": round(best(noops.ours))}
    return figures


class Noops:
    """A POST that does nothing, in a bare FastAPI and in this app; the faster one is the limit."""

    def __init__(self, bare: int, ours: int) -> None:
        self._ports = (bare, ours)
        self.bare: list[float] = []
        self.ours: list[float] = []
        for port in self._ports:
            load(port, "/noop", ["{}"] * 2_000)

    def time(self) -> None:
        for port, times in zip(self._ports, (self.bare, self.ours), strict=True):
            times.append(load(port, "/noop", ["{}"] * NOOP_REQUESTS)["per_s"])

    @property
    def best(self) -> float:
        return max(best(self.bare), best(self.ours))


def _typed(lon: float, lat: float) -> str:
    return json.dumps({"type": "medical", "lat": lat, "lon": lon, "accuracy_m": 20})


def _text(lon: float, lat: float) -> str:
    text = f"tolong pak ada yg pingsan di jalan, sesak nafas, posisi {lat},{lon}"
    return json.dumps({"text": text, "phone": "084000000999"})


async def _rounds(world: World, port: int, body: Any, noops: Noops) -> list[dict[str, Any]]:
    results = []
    load(port, "/api/v1/reports", [body(*p) for p in world.points[-200:]])
    connection = await world.connect()
    await _finish(connection)
    for number in range(ROUNDS):
        noops.time()
        last = await connection.fetchval("SELECT coalesce(max(id), 0) FROM incident")
        points = world.points[number * REQUESTS : (number + 1) * REQUESTS]
        result = load(port, "/api/v1/reports", [body(*p) for p in points])
        counted = await connection.fetchrow(COUNTS, last)
        assert counted is not None
        result["units_per_incident"] = counted["units"] / max(counted["incidents"], 1)
        result["incidents"] = counted["incidents"]
        results.append(result)
        await _finish(connection)
    await connection.close()
    return results


async def _finish(connection: asyncpg.Connection) -> None:
    await connection.execute(FINISH, timeout=300)
    for table in ("incident", "assignment", "unit", "unit_capability", "timer", "report"):
        await connection.execute(f"VACUUM ANALYZE {table}", timeout=300)


async def _one_call(world: World) -> float:
    per_s = await one_call.measure(world, world.points[:REQUESTS], CONNECTIONS)
    connection = await world.connect()
    await _finish(connection)
    await connection.close()
    return per_s


def _figures(
    name: str, results: list[dict[str, Any]], noop: float, call: float, target: str = TARGET
) -> list[Figure]:
    per_s = best([r["per_s"] for r in results])
    more = {
        "p50_ms": round(best([percentile(r["latencies_ms"], 0.50) for r in results]), 1),
        "p99_ms": round(best([percentile(r["latencies_ms"], 0.99) for r in results]), 1),
        "units_per_incident": round(best([r["units_per_incident"] for r in results]), 2),
        "incidents_per_request": round(best([r["incidents"] for r in results]) / REQUESTS, 2),
        "of_one_db_call": round(per_s / call, 2),
    }
    return [
        Figure(name, per_s, "/s", noop, "no-op POST/s", target, more),
    ]


async def _one_fire(world: World, port: int) -> Figure:
    """16 simultaneous reports of one fire, several times: incidents opened each time."""
    opened = []
    connection = await world.connect()
    for lon, lat in world.points[4_000:4_010]:
        last = await connection.fetchval("SELECT coalesce(max(id), 0) FROM incident")
        body = json.dumps({"type": "fire", "lat": lat, "lon": lon, "accuracy_m": 20})
        load(port, "/api/v1/reports", [body] * CONNECTIONS)
        opened.append(
            await connection.fetchval("SELECT count(*) FROM incident WHERE id > $1", last)
        )
        await _finish(connection)
    await connection.close()
    return Figure(
        "16 simultaneous reports of one fire", sum(opened) / len(opened), "incidents", 1.0,
        "one event", "1", {"rounds": len(opened), "most": max(opened)}, lower_is_better=True,
    )  # fmt: skip
