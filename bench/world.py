"""What the measurements run in: a durable private cluster, the city, many free units, run cards."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg

from core.db import Database
from core.settings import Settings
from dispatch import run_cards
from geo import seed as geo
from geo.geography import Geography
from siponcega import migrate
from siponcega.cluster import PrivateCluster

REPO = Path(__file__).parents[1]
GRID_DEG = 0.0006  # about 66 m: further apart than two medical reports of one event
SEED = 20_112


@dataclass(slots=True)
class World:
    """settings of a migrated, seeded database; points inside the city, each far from the next."""

    settings: Settings
    points: list[tuple[float, float]]

    async def connect(self) -> asyncpg.Connection:
        return await asyncpg.connect(self.settings.database_url)

    def environment(self) -> dict[str, str]:
        s = self.settings
        return {
            **os.environ,
            "SIPONCEGA_MODE": "demo",
            "SIPONCEGA_HOME": str(s.home),
            "SIPONCEGA_DATABASE_URL": s.database_url,
            "SIPONCEGA_REDIS_URL": s.redis_url,
            "SIPONCEGA_LOG_LEVEL": "ERROR",
            "PYTHONPATH": str(REPO),
        }


@contextmanager
def world_in(home: Path) -> Iterator[World]:
    """A fresh cluster under `home` (fsync on, as in production), migrated and with the city."""
    with PrivateCluster(home, durable=True) as cluster:
        migrate.upgrade(cluster.urls.database)
        _run_in(cluster)
        settings = Settings(
            home=home, database_url=cluster.urls.database, redis_url=cluster.urls.redis
        )
        yield World(settings, [])


def _run_in(cluster: PrivateCluster) -> None:
    """As after the first hours of service: log files are made already and used again."""
    cluster.sql(
        "SELECT pg_logical_emit_message(false, 'bench', repeat('x', 1000000)) "
        "FROM generate_series(1, 500)"
    )
    cluster.sql("CHECKPOINT")


@contextmanager
def temporary_world() -> Iterator[World]:
    with TemporaryDirectory(prefix="siponcega-bench-", dir="/var/tmp") as folder:
        Path(folder).chmod(0o711)
        with world_in(Path(folder)) as world:
            yield world


async def furnish(world: World, units: int) -> None:
    """The city, run cards that dispatch by themselves, and `units` free ambulances all over it."""
    db = await Database.open(world.settings)
    async with db.tx() as tx:
        await geo.seed(tx)
        await run_cards.seed(tx, auto=True, veto_s=60)
        geography = await Geography.load(tx, world.settings.city)
        world.points = grid(geography)
        agency = await tx.fetchval(
            "INSERT INTO agency (code, name, kind) VALUES ('BENCH', 'bench', 'medical') RETURNING id"
        )
        places = random.Random(SEED).choices(world.points, k=units)
        await tx.executemany(
            "INSERT INTO unit (code, name, agency_id, kind, capabilities, state, home) VALUES "
            "($1, $1, $2, 'ambulance', '{ambulance}', 'available', "
            "ST_SetSRID(ST_MakePoint($3, $4), 4326))",
            [(f"U{n}", agency, lon, lat) for n, (lon, lat) in enumerate(places)],
        )
        await tx.execute("ANALYZE unit")
        await tx.execute("ANALYZE unit_capability")
    await db.close()


def grid(geography: Geography) -> list[tuple[float, float]]:
    """Points inside the city in random order, no two nearer than the grid."""
    points = []
    for x in range(140):
        for y in range(180):
            lon, lat = 99.112 + x * GRID_DEG, 3.272 + y * GRID_DEG
            if geography.at(lon, lat).inside:
                points.append((round(lon, 6), round(lat, 6)))
    random.Random(SEED).shuffle(points)
    return points


@contextmanager
def web(world: World, factory: str, *, worker: bool = False) -> Iterator[int]:
    """One uvicorn process serving `factory` (module:function), as in production; its port."""
    port = free_port()
    command = [
        sys.executable, "-m", "uvicorn", "--factory", factory, "--host", "127.0.0.1", "--port",
        str(port), "--loop", "uvloop", "--http", "httptools", "--ws", "console.wire:LiveProtocol",
        "--no-access-log", "--log-level", "error",
    ]  # fmt: skip
    commands: list[Sequence[str]] = [command]
    if worker:
        commands.append([sys.executable, "-c", "from siponcega.worker import main; main()"])
    processes = [subprocess.Popen(c, cwd=REPO, env=world.environment()) for c in commands]
    try:
        wait_for(port)
        yield port
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, within_s: float = 60.0) -> float:
    """Seconds until the server answers /healthz or anything at all."""
    began = time.perf_counter()
    while time.perf_counter() - began < within_s:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return time.perf_counter() - began
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(f"no answer on port {port} within {within_s} s")
