"""Commit → console at 50, 1 000 and 5 000 sockets, against a bare loop writing prepared frames."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import secrets
import subprocess
import sys
import time
from typing import Any

import redis.asyncio as redis

from bench.bare_loop import MARKER
from bench.figures import Figure, percentile
from bench.world import REPO, World, free_port, furnish, web
from console import tickets
from core.accounts import accounts, sessions
from core.db import Database
from core.events import append
from core.events.kinds import IncidentRef
from core.wake import Bell

# sockets -> events of the burst
BURSTS = {50: 1_000, 1_000: 120, 5_000: 40}
PER_COMMIT = 20
SINGLES = 100
# Every run marks its own events, so that replayed frames of an earlier one are not counted.
_runs = itertools.count(1)

INCIDENT = """
INSERT INTO incident (type, priority, geom, kelurahan_code, place_label, uncertainty_m)
VALUES ('fire', 'P1', ST_SetSRID(ST_MakePoint(99.156, 3.328), 4326), '12.76.05.1002', 'contoh', 30)
RETURNING id
"""


async def measure(world: World) -> list[Figure]:
    await furnish(world, 24)
    db = await Database.open(world.settings)
    bell = Bell(redis.Redis.from_url(world.settings.redis_url))
    db.on_events = lambda: bell.ring("events")
    ringing = asyncio.create_task(bell.run())
    async with db.tx() as tx:
        incident: int = await tx.fetchval(INCIDENT)
        await accounts.add(
            tx, "bench", "Bench", "operator", password=secrets.token_hex(8), demo=True
        )
        account = await accounts.find(tx, "bench")
        assert account is not None
        session, _ = await sessions.open_session(
            tx, account, factors=1, label="bench", session_hours=1
        )
    figures = []
    with web(world, "bench.apps:ours", worker=True) as port:
        for sockets, events in BURSTS.items():
            seen, frame_bytes = await _burst(db, port, session, incident, sockets, events)
            bare = await _bare(sockets, events, frame_bytes)
            few = min(sockets, 1_000)
            latency = await _singles(db, port, session, incident, few)
            figures.append(
                Figure(
                    f"commit → {sockets:,} consoles",
                    seen,
                    "deliveries/s",
                    bare,
                    "bare loop",
                    "≥ 0.6 at 1 000" if sockets == 1_000 else "",
                    {
                        "frame_bytes": frame_bytes,
                        f"first_of_{few}_p50_ms": round(percentile(latency, 0.5), 1),
                        f"first_of_{few}_p99_ms": round(percentile(latency, 0.99), 1),
                    },
                )
            )
    ringing.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await ringing
    await db.close()
    return figures


async def _burst(
    db: Database, port: int, session: int, incident: int, sockets: int, events: int
) -> tuple[float, int]:
    """Deliveries a second, from the first commit to the last frame of the last socket; bytes each."""
    run = f"run{next(_runs)}"
    readers = await _readers(db, port, session, sockets, events, run)
    began = time.monotonic()
    for _ in range(events // PER_COMMIT):
        await _change(db, incident, PER_COMMIT, run)
    result = await _result(readers)
    return (
        float(result["frames"] / (result["last"] - began)),
        round(result["bytes"] / result["frames"]),
    )


async def _singles(
    db: Database, port: int, session: int, incident: int, sockets: int
) -> list[float]:
    """Milliseconds from the beginning of the writing transaction to the first console's frame."""
    run = f"run{next(_runs)}"
    readers = await _readers(db, port, session, sockets, SINGLES, run)
    committed = []
    for _ in range(SINGLES):
        committed.append(time.monotonic())
        await _change(db, incident, 1, run)
        await asyncio.sleep(0.02)  # the pace of the load, not a wait for a condition
    result = await _result(readers)
    return [
        max(at - sent, 0.0) * 1000
        for at, sent in zip(result["at"], committed, strict=True)
        if at is not None
    ]


async def _change(db: Database, incident: int, events: int, run: str) -> None:
    async with db.tx() as tx:
        for _ in range(events):
            await append(
                tx,
                "incident.changed",
                IncidentRef(incident_id=incident, fields=[run]),
                incident_id=incident,
                subject=("incident", incident),
            )


async def _readers(
    db: Database, port: int, session: int, sockets: int, events: int, run: str
) -> asyncio.subprocess.Process:
    async with db.tx() as tx:
        paths = [
            f"/api/v1/stream?ticket={await tickets.issue(tx, session)}" for _ in range(sockets)
        ]
    return await _client(
        {
            "host": "127.0.0.1", "port": port, "upgrades": paths, "sockets": sockets,
            "events": events, "marker": f'"fields":["{run}"]',
        }
    )  # fmt: skip


async def _client(job: dict[str, Any]) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.readers", cwd=REPO, limit=64 << 20,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None and process.stderr is not None
    process.stdin.write(json.dumps(job).encode())
    process.stdin.close()
    line = await asyncio.wait_for(process.stderr.readline(), 120)
    if line.strip() != b"ready":
        raise RuntimeError((line + await process.stderr.read()).decode()[-2_000:])
    return process


async def _result(process: asyncio.subprocess.Process) -> dict[str, Any]:
    assert process.stdout is not None
    result: dict[str, Any] = json.loads(await asyncio.wait_for(process.stdout.read(), 120))
    await process.wait()
    if result["short"]:
        raise RuntimeError(f"{result['short']} sockets did not get every event")
    return result


async def _bare(sockets: int, events: int, frame_bytes: int) -> float:
    """Deliveries a second of the bare loop to the same reading client."""
    port = free_port()
    loop = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.bare_loop", str(port), str(sockets), str(events),
        str(frame_bytes), cwd=REPO, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert loop.stdin is not None and loop.stdout is not None
    await loop.stdout.readline()
    readers = await _client(
        {
            "host": "127.0.0.1", "port": port, "upgrades": None, "sockets": sockets,
            "events": events, "marker": MARKER.decode(),
        }
    )  # fmt: skip
    loop.stdin.write(b"go\n")
    await loop.stdin.drain()
    began = float(await loop.stdout.readline())
    result = await _result(readers)
    loop.stdin.write(b"end\n")
    loop.stdin.close()
    await loop.wait()
    return float(result["frames"] / (result["last"] - began))
