"""A context, the real intake and a world on this module's database."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from core.context import Context, open_context
from core.db import Database
from core.settings import Settings
from dispatch import routes
from dispatch.intake import Intake
from geo import eta, seed
from geo.geography import Geography
from tests.dispatch.world import CLEAN, World
from tests.fixtures.web import Served
from tests.fixtures.web import serving as serving_app

_geographies: dict[str, Geography] = {}


@pytest.fixture
async def ctx(settings: Settings) -> AsyncIterator[Context]:
    settings.pool_max = 20
    async with open_context(settings) as context:
        yield context


@pytest.fixture
async def geography(ctx: Context) -> Geography:
    """The city's names, read once for each database."""
    return await _geography(ctx.db, ctx.settings.database_url)


@pytest.fixture
async def intake(ctx: Context, geography: Geography) -> Intake:
    return Intake(ctx, geography, eta.current())


@pytest.fixture
async def world(ctx: Context, intake: Intake) -> World:
    """Nothing of the tests before stands in the way."""
    async with ctx.db.tx() as tx:
        await tx.execute(CLEAN)
    return World(ctx, intake)


@pytest.fixture
async def served(settings: Settings, world: World, geography: Geography) -> AsyncIterator[Served]:
    """The routes of dispatch, called as anybody."""
    async with serving_app(settings, [routes.router]) as made:
        made.app.state.intake = world.intake
        made.app.state.geography = geography
        yield made


async def _geography(db: Database, url: str) -> Geography:
    if url not in _geographies:
        async with db.tx() as tx:
            await seed.seed(tx)
            _geographies[url] = await Geography.load(tx, "tebing_tinggi")
    return _geographies[url]
