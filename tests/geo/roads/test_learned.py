"""What was learned, in force: in every process within a second, in its band of hours, back again."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.db import Database
from core.wake import Bell
from geo.roads import closures, learned
from geo.roads.learning import Learned
from geo.roads.live import Roads
from tests.geo.roads.conftest import WriteWays
from tests.geo.roads.nets import degrees, origin
from tests.geo.roads.test_road_eta import box

STREET = (1, 2, (0.0, 0.0), (1000.0, 0.0), {"name": "Jalan Uji"})
SCENE = degrees((900.0, 0.0))
ZONE = ZoneInfo("Asia/Jakarta")
NOON, EVENING = (datetime(2026, 11, 24, hour, 30, tzinfo=ZONE) for hour in (12, 20))
SLOW = [Learned("residential", "siang", 40, 2.0), Learned("primary", "siang", 3, None)]


def drive_s(roads: Roads, vehicle: str = "car") -> int:
    (found,) = roads.to_scene(*SCENE, [origin(1, (100.0, 0.0), vehicle)])
    assert found.basis == "road"
    return found.eta_s - 60


@pytest.fixture
async def roads(drive_on: WriteWays, db: Database, monkeypatch: pytest.MonkeyPatch) -> Roads:
    async with db.tx() as tx:
        await learned.forget(tx)
    made = await drive_on([STREET])
    monkeypatch.setattr(made, "now", lambda: NOON)
    made._road._clock = made.now
    await made.refresh(db)
    return made


async def test_another_process_drives_so_within_a_second(roads: Roads, db: Database) -> None:
    before, on_foot = drive_s(roads), drive_s(roads, "foot")
    task = asyncio.create_task(roads.keep_fresh(db, Bell(None)))
    try:
        async with db.tx() as tx:
            assert await learned.put(tx, SLOW) == 1
        began = time.monotonic()
        while drive_s(roads) == before:
            assert time.monotonic() - began < 1.0
            await asyncio.sleep(0.01)
        assert drive_s(roads) == pytest.approx(2 * before, abs=2)
        assert drive_s(roads, "foot") == on_foot
        async with db.tx() as tx:
            await learned.forget(tx)
        while drive_s(roads) != before:
            assert time.monotonic() - began < 3.0
            await asyncio.sleep(0.01)
    finally:
        task.cancel()


async def test_it_holds_in_its_hours_and_with_closures(
    roads: Roads, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = drive_s(roads)
    async with db.tx() as tx:
        await learned.put(tx, SLOW)
    assert await roads.refresh(db)
    slow = drive_s(roads)
    assert slow > 1.9 * before
    async with db.tx() as tx:
        shut = await closures.open_closure(tx, "closed", box((950, -20), (1100, 20)))
    assert await roads.refresh(db)
    assert drive_s(roads) == slow  # behind the scene; the speeds stay
    async with db.tx() as tx:
        await closures.end_closure(tx, shut)
    assert await roads.refresh(db) and not await roads.refresh(db)
    monkeypatch.setattr(roads, "now", lambda: EVENING)
    assert await roads.refresh(db)  # nobody wrote: the hour came
    assert drive_s(roads) == before


async def test_a_process_that_starts_later_knows_it(roads: Roads, db: Database) -> None:
    before = drive_s(roads)
    async with db.tx() as tx:
        await learned.put(tx, [Learned("residential", b, 30, 1.5) for b in ("siang", "malam")])
        await learned.put(tx, [Learned("residential", "siang", 60, 1.8)])  # learned better
        assert await learned.factors(tx) == {
            "siang": {"residential": 1.8}, "malam": {"residential": 1.5},
        }  # fmt: skip
    roads._net_seen = None  # as after an import
    assert await roads.refresh(db)
    assert drive_s(roads) == pytest.approx(1.8 * before, abs=2)
