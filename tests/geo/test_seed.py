"""The facts of the pack reach the database, once."""

from __future__ import annotations

from core.db import Database
from geo.areas import areas_at
from geo.seed import seed


async def test_seed_twice_changes_nothing(db: Database) -> None:
    async with db.tx() as tx:
        await seed(tx, "tebing_tinggi")
    async with db.read() as tx:
        counts = await tx.fetch("SELECT level, count(*) AS n FROM area GROUP BY level")
        assert {row["level"]: row["n"] for row in counts} == {"kecamatan": 5, "kelurahan": 35}
        assert await tx.fetchval("SELECT bool_and(approximate AND ST_IsValid(geom)) FROM area")
        before = await tx.fetch("SELECT code, xmin::text FROM area ORDER BY code")
        places = await tx.fetch("SELECT slug, xmin::text FROM place ORDER BY slug")
    async with db.tx() as tx:
        await seed(tx, "tebing_tinggi")
    async with db.read() as tx:
        assert await tx.fetch("SELECT code, xmin::text FROM area ORDER BY code") == before
        assert await tx.fetch("SELECT slug, xmin::text FROM place ORDER BY slug") == places


async def test_every_centre_lies_in_its_kelurahan(db: Database) -> None:
    async with db.tx() as tx:
        await seed(tx, "tebing_tinggi")
        rows = await tx.fetch(
            "SELECT code, parent_code, ST_X(centroid) AS lon, ST_Y(centroid) AS lat, "
            "geo_kelurahan_at(centroid) AS at FROM area WHERE level = 'kelurahan'"
        )
        assert [row["at"] for row in rows] == [row["code"] for row in rows]
        for row in rows:
            at = await areas_at(tx, row["lon"], row["lat"])
            assert (at.kelurahan_code, at.kecamatan_code) == (row["code"], row["parent_code"])
            assert at.inside and at.approximate


async def test_hand_made_aliases_and_official_shapes_survive(db: Database) -> None:
    async with db.tx() as tx:
        await seed(tx, "tebing_tinggi")
        await tx.execute(
            "UPDATE area SET aliases = aliases || '{Pabatu Lama}', approximate = false, "
            "geom = ST_Multi(ST_MakeEnvelope(99.12, 3.29, 99.13, 3.3, 4326)) "
            "WHERE code = '12.76.01.1001'"
        )
        await seed(tx, "tebing_tinggi")
        row = await tx.fetchrow(
            "SELECT aliases, ST_NPoints(geom) AS n FROM area WHERE code = '12.76.01.1001'"
        )
        assert row is not None
        assert row["aliases"] == ["Pabatu Lama"]
        assert row["n"] == 5
