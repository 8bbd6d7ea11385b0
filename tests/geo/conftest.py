"""The city's names in memory, and the room's routes on a seeded database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.settings import Settings
from geo import routes, seed
from geo.geocoder import Geocoder, for_pack
from geo.geography import Geography
from tests.fixtures.web import Served, serving

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def geocoder() -> Geocoder:
    """Tebing Tinggi from its pack alone, with guessed shapes."""
    return for_pack("tebing_tinggi")


@pytest.fixture(scope="session")
def codes(geocoder: Geocoder) -> dict[str, str]:
    """Kelurahan name → code."""
    areas = geocoder.gazetteer.areas.values()
    return {area.name: area.code for area in areas if area.level == "kelurahan"}


@pytest.fixture(scope="session")
def city_data() -> Path:
    """The folder of real city data."""
    folder = SHARED / "data" / "tebing_tinggi"
    if not folder.is_dir():
        pytest.skip("needs ../shared/data/tebing_tinggi, which is not here")
    return folder


@pytest.fixture
async def served(settings: Settings) -> AsyncIterator[Served]:
    async with serving(settings, [routes.router]) as app:
        async with app.context.db.tx() as tx:
            await seed.seed(tx, "tebing_tinggi")
        async with app.context.db.read() as tx:
            app.app.state.geography = await Geography.load(tx, "tebing_tinggi")
        yield app
