"""One object that follows the database."""

from __future__ import annotations

import asyncio

from core.db import Database
from geo import seed
from geo.geography import CHECK_EVERY_S, Geography


async def test_an_empty_city_answers_too(fresh_db: Database) -> None:
    async with fresh_db.read() as tx:
        geography = await Geography.load(tx, "tebing_tinggi")
    assert not geography.at(99.1375, 3.32663).inside
    assert geography.locate("banjir di bulian lk 2").verdict == "unknown"
    assert geography.locate("banjir di binjai").verdict == "outside"
    assert geography.name("12.76.04.1003") == "12.76.04.1003"
    assert geography.centroid("12.76.04.1003") is None


async def test_a_new_alias_is_heard_within_a_look(fresh_db: Database) -> None:
    async with fresh_db.tx() as tx:
        await seed.seed(tx, "tebing_tinggi")
    async with fresh_db.read() as tx:
        geography = await Geography.load(tx, "tebing_tinggi")
        assert not await geography.refresh(tx, max_age_s=0)
    assert geography.locate("banjir di kampung contoh baru").verdict == "unknown"
    watch = asyncio.create_task(geography.keep_fresh(fresh_db))
    async with fresh_db.tx() as tx:
        await tx.execute(
            "UPDATE area SET aliases = aliases || ARRAY['Kampung Contoh Baru'] "
            "WHERE code = '12.76.04.1003'"
        )

    async def heard() -> None:
        while not geography.locate("banjir di kampung contoh baru").candidates:  # noqa: ASYNC110
            await asyncio.sleep(0.02)

    await asyncio.wait_for(heard(), CHECK_EVERY_S * 10)
    watch.cancel()
    answer = geography.locate("banjir di kampung contoh baru")
    assert answer.kelurahan_codes == ("12.76.04.1003",)
    lon, lat, radius_m = geography.centroid("12.76.04.1003") or (0, 0, 0)
    assert geography.at(lon, lat).kelurahan_code == "12.76.04.1003"
    assert 300 < radius_m < 3_000
    assert geography.name("12.76.04.1003") == "Bulian"
