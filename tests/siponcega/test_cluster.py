"""The private cluster: what it starts, what it survives, what it leaves behind."""

from __future__ import annotations

import asyncpg

from tests.fixtures.cluster import Servers


async def test_postgis_is_really_there(cluster: Servers) -> None:
    connection = await asyncpg.connect(cluster.url("siponcega"))
    try:
        assert await connection.fetchval("SELECT postgis_version()")
        assert await connection.fetchval("SELECT ST_AsText(ST_MakePoint(99.16, 3.33))") == (
            "POINT(99.16 3.33)"
        )
    finally:
        await connection.close()
