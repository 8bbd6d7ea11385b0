"""`geo speeds`: shown, then applied, by the very command; the whole way from recorded arrivals."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from core.settings import Settings
from siponcega.worker import WorkerContext, opened
from tests.fixtures.cluster import Servers
from tests.fixtures.rooms import make_settings
from tests.fixtures.server import ROOT, Seeded
from tests.geo.roads.conftest import ADD
from tests.geo.roads.nets import degrees

WAYS = ("residential", (0.0, 0.0), (1000.0, 0.0)), ("secondary", (1000.0, 0.0), (3000.0, 0.0))
SET_OUT = """
WITH u AS (
    INSERT INTO unit (code, name, agency_id, kind, vehicle_class, capabilities, state)
    SELECT 'UJI' || $1, 'Uji', min(id), 'car', 'car', '{patrol}', 'off_duty' FROM agency RETURNING id
), i AS (
    INSERT INTO incident (type, priority, state, geom, closed_at)
    VALUES ('fire', 'P1', 'closed', ST_SetSRID(ST_MakePoint($4, $5), 4326), now()) RETURNING id
), a AS (
    INSERT INTO assignment (incident_id, unit_id, capability, state, on_scene_at)
    SELECT i.id, u.id, 'patrol', 'cleared', now() FROM i, u RETURNING id
)
INSERT INTO assignment_stamp (assignment_id, state, source, server_at, geom, position_age_s)
SELECT a.id, x.state, 'device', x.at, ST_SetSRID(ST_MakePoint(x.lon, x.lat), 4326), 3
FROM a, (VALUES ('en_route', $6::timestamptz, $2::float8, $3::float8),
                ('on_scene', $6 + make_interval(secs => $7), $4, $5)) AS x(state, at, lon, lat)
"""


@pytest.fixture
async def context(
    cluster: Servers, seeded: Seeded, seeded_database_url: str, tmp_path: Path
) -> AsyncIterator[WorkerContext]:
    settings = make_settings(seeded_database_url, cluster.redis_url, tmp_path)
    async with opened(settings) as made:
        yield made


def speeds(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ, "SIPONCEGA_HOME": str(settings.home),
        "SIPONCEGA_DATABASE_URL": settings.database_url, "SIPONCEGA_REDIS_URL": settings.redis_url,
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "siponcega", "geo", "speeds", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


async def drive(context: WorkerContext) -> None:
    """Forty arrivals at noon over a street that takes twice as long and a road that is as reckoned:
    900 m at 25 km/h, 1 900 m at 45; the hour's factor of the pack is 1.1 on this Tuesday."""
    noon = await _noon(context)
    async with context.db.tx() as tx:
        await tx.execute("DELETE FROM road_edge; DELETE FROM road_speed")
        for n, (road, a, b) in enumerate(WAYS):
            await tx.execute(ADD, n, n + 1, road, None, 0, None, False, *degrees(a), *degrees(b))
        for n in range(60):
            # Some drive both, some the street only, some the road only.
            a, b = ((100.0, 2900.0), (100.0, 990.0), (1010.0, 2900.0))[n % 3]
            street_m, road_m = max(min(b, 1000.0) - a, 0.0), max(b - max(a, 1000.0), 0.0)
            seconds = 1.1 * (2 * street_m / 25 + road_m / 45) * 3.6 * (1 + 0.05 * (n % 5 - 2))
            await tx.execute(SET_OUT, str(n), *degrees((a, 0)), *degrees((b, 0)), noon, seconds)


async def _noon(context: WorkerContext) -> Any:
    async with context.db.read() as tx:
        return await tx.fetchval(
            "SELECT (timestamp '2026-11-24 12:10') AT TIME ZONE 'Asia/Jakarta'"
        )


async def test_shown_then_applied_and_driven_on(context: WorkerContext) -> None:
    settings = context.settings
    async with context.db.tx() as tx:
        await tx.execute("DELETE FROM road_edge")
    nothing = await asyncio.to_thread(speeds, settings)
    assert nothing.returncode == 1 and "siponcega geo import" in nothing.stderr
    await drive(context)

    shown = await asyncio.to_thread(speeds, settings)
    assert shown.returncode == 0, shown.stderr
    assert "60 kedatangan dipakai." in shown.stdout and "geo speeds --apply" in shown.stdout
    async with context.db.read() as tx:
        assert await tx.fetchval("SELECT count(*) FROM road_speed") == 0  # only shown

    applied = await asyncio.to_thread(speeds, settings, "--apply", "--json")
    said = json.loads(applied.stdout)
    assert (said["used"], said["applied"]) == (60, 2)
    by_road = {line["road"]: line for line in said["speeds"]}
    street, road = by_road["residential"], by_road["secondary"]
    assert street["band"] == "siang" and street["present_factor"] == 1.0 and street["n"] == 40
    assert street["proposed_factor"] == pytest.approx(2.0, abs=0.15)
    assert street["proposed_kmh"] == pytest.approx(25 / street["proposed_factor"], abs=0.1)
    assert road["proposed_factor"] == pytest.approx(1.0, abs=0.12)

    assert await context.roads.refresh(context.db)
    again = json.loads(
        (await asyncio.to_thread(speeds, settings, "--json", "--min-n", "50")).stdout
    )
    kept = {line["road"]: line for line in again["speeds"]}["residential"]
    assert kept["present_factor"] == street["proposed_factor"] and kept["proposed_factor"] is None
    both = await asyncio.to_thread(speeds, settings, "--apply", "--forget")
    assert both.returncode == 1
    await asyncio.to_thread(speeds, settings, "--forget")
    async with context.db.read() as tx:
        assert await tx.fetchval("SELECT count(*) FROM road_speed") == 0
