"""More people at once than there are connections: everybody is taken in, nobody waits for himself."""

from __future__ import annotations

import asyncio

import pytest

from core.settings import Settings
from tests.console.pages.conftest import Site

CROWD = 24


@pytest.fixture
def two_connections(settings: Settings) -> None:
    settings.pool_min, settings.pool_max = 1, 2


async def test_a_crowd_on_the_form_and_on_its_tracking_pages(
    two_connections: None, site: Site
) -> None:
    forms = [
        site.web.post("/lapor", data={"text": f"banjir setinggi dada, rumah {n}"})
        for n in range(CROWD)
    ]
    answers = await asyncio.gather(*forms)
    assert [a.status_code for a in answers] == [303] * CROWD
    token = answers[0].headers["location"].removeprefix("/l/").partition("?")[0]
    more = [
        site.web.post(f"/api/v1/track/{token}/messages", json={"text": f"kabar {n}"})
        for n in range(CROWD)
    ]
    more += [site.web.post(f"/l/{token}", data={"text": f"lagi {n}"}) for n in range(CROWD)]
    codes = [a.status_code for a in await asyncio.gather(*more)]
    assert codes == [201] * CROWD + [303] * CROWD
    async with site.db.read() as tx:
        kept = await tx.fetchval(
            "SELECT count(*) FROM report_message m JOIN report r ON r.id = m.report_id "
            "JOIN contact c ON c.id = m.contact_id"
        )
    assert kept == 2 * CROWD
