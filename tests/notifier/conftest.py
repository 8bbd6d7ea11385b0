"""A context and a world on this module's database."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from core import logs
from core.access import install_guards
from core.context import Context, open_context
from core.settings import Settings
from dispatch.intake import Intake
from geo import eta, seed
from geo.geography import Geography
from notifier import gateways, lookup, routes, sender, simulator_routes
from notifier.gateways.base import Gateway
from notifier.gateways.twilio import Twilio
from tests.fixtures.web import Served
from tests.fixtures.web import serving as serving_app
from tests.notifier import fake_twilio
from tests.notifier.doors import PUBLIC
from tests.notifier.fake_twilio import FakeTwilio
from tests.notifier.world import World

_geographies: dict[str, Geography] = {}


@pytest.fixture
async def fake() -> AsyncIterator[FakeTwilio]:
    async with fake_twilio.serving() as made:
        yield made


@pytest.fixture
def twilio_settings(settings: Settings, fake: FakeTwilio) -> Settings:
    """These settings with the loopback Twilio as a second gateway."""
    settings.gateways = "twilio,simulator"
    settings.public_url = PUBLIC
    settings.twilio_account_sid = fake_twilio.ACCOUNT
    settings.twilio_auth_token = fake_twilio.TOKEN
    settings.twilio_from = fake_twilio.OURS
    settings.twilio_whatsapp_from = fake_twilio.OURS_CHAT
    settings.twilio_api_base = fake.base
    return settings


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look-ups at once: the waits are tested by their values, not by waiting."""
    monkeypatch.setattr(sender, "LOOKUP_AFTER_S", 0.0)
    monkeypatch.setattr(lookup, "AGAIN_S", 0.0)


@pytest.fixture
async def ctx(settings: Settings) -> AsyncIterator[Context]:
    async with open_context(settings) as context:
        yield context


@pytest.fixture
async def world(ctx: Context) -> AsyncIterator[World]:
    """Each test starts with empty queues and with the log read to its end."""
    async with ctx.db.tx() as tx:
        await tx.execute("TRUNCATE delivery, delivery_receipt, inbound_message, simulator_message")
        await tx.execute("TRUNCATE gateway_state")
    made = World(ctx)
    await made.catch_up()
    async with ctx.db.tx() as tx:
        await tx.execute("TRUNCATE delivery CASCADE")
    yield made


@pytest.fixture
async def twilio(ctx: Context, twilio_settings: Settings) -> AsyncIterator[dict[str, Gateway]]:
    """The Twilio gateway alone, on the loopback fake."""
    gateway = Twilio(ctx)
    yield {"twilio": gateway}
    await gateway.close()


@pytest.fixture
async def intake(ctx: Context) -> Intake:
    """The real intake, on the city's names (read once for each database)."""
    url = ctx.settings.database_url
    if url not in _geographies:
        async with ctx.db.tx() as tx:
            await seed.seed(tx)
            _geographies[url] = await Geography.load(tx, ctx.settings.city)
    return Intake(ctx, _geographies[url], eta.current())


@pytest.fixture
async def served(twilio_settings: Settings, intake: Intake) -> AsyncIterator[Served]:
    """The notifier's doors in an app, with their guards."""
    async with serving_app(twilio_settings, [routes.router, simulator_routes.router]) as made:
        made.app.state.intake = intake
        install_guards(made.app, gateways.guards(twilio_settings))
        yield made


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    """All logs of the test, the most talkative level, go to this file."""
    handlers = logging.getLogger().handlers[:]
    file = tmp_path / "log.json"
    stream = logs.configure("DEBUG", file)
    yield file
    logs.silence()
    stream.close()
    logging.getLogger().handlers[:] = handlers
