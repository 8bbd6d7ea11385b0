"""The roads' routes and tables on this module's database, with a small net in road_edge."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import pytest

from core.db import Database
from core.settings import Settings
from geo.roads import routes
from geo.roads.live import Roads
from tests.fixtures.web import Served, serving
from tests.geo.roads.nets import Metres, degrees

Way = tuple[int, int, Metres, Metres, dict[str, object]]
ADD = """
INSERT INTO road_edge (id, source_node, target_node, way_id, class, name, oneway, access, bridge,
                       length_m, geom)
SELECT (SELECT count(*) FROM road_edge), $1, $2, $1, $3, $4, $5, $6, $7, ST_Length(line::geography),
       line
FROM ST_SetSRID(ST_MakeLine(ST_MakePoint($8, $9), ST_MakePoint($10, $11)), 4326) AS line
"""


async def write_ways(db: Database, ways: Sequence[Way]) -> None:
    """Replace the net by these: source, target, from, to (metres), columns."""
    async with db.tx() as tx:
        await tx.execute("DELETE FROM closure")
        await tx.execute("DELETE FROM road_edge")
        for source, target, a, b, more in ways:
            await tx.execute(
                ADD, source, target, more.get("class", "residential"), more.get("name"),
                more.get("oneway", 0), more.get("access"), more.get("bridge", False),
                *degrees(a), *degrees(b),
            )  # fmt: skip


WriteWays = Callable[[Sequence[Way]], Awaitable[Roads]]


@pytest.fixture
async def served(settings: Settings) -> AsyncIterator[Served]:
    async with serving(settings, [routes.router]) as app:
        yield app


@pytest.fixture
def drive_on(served: Served, settings: Settings) -> WriteWays:
    """Write a net and put this app on it."""

    async def write(ways: Sequence[Way]) -> Roads:
        await write_ways(served.context.db, ways)
        roads = await Roads.load(served.context.db, settings)
        served.app.state.roads = roads
        return roads

    return write
