"""`siponcega gateway test`: does a gateway answer, does a message arrive?"""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from core.context import Context
from core.errors import BadInput
from core.settings import Settings, get_settings
from notifier import trial
from siponcega.cli import app
from tests.notifier.fake_twilio import FakeTwilio, Fault
from tests.notifier.world import World


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "LOOK_EVERY_S", 0.01)


async def test_every_gateway_is_asked_and_the_message_followed(
    ctx: Context, twilio_settings: Settings, fake: FakeTwilio, world: World, quick: None
) -> None:
    asked = await trial.run(ctx, None, None, "sms", 0)
    assert [(t.gateway, t.ok, t.sent) for t in asked] == [
        ("twilio", True, None),
        ("simulator", True, None),
    ]
    (sent,) = await trial.run(ctx, "twilio", "081100000001", "sms", 0.05)
    assert sent.ok and sent.unconfirmed and fake.outbound()[0]["to"] == "+6281100000001"
    assert await world.deliveries() == [], "a trial is nobody's message"


async def test_a_refusal_and_a_dead_gateway_are_said(
    ctx: Context, twilio_settings: Settings, fake: FakeTwilio, quick: None
) -> None:
    fake.faults.append(Fault(400, code=21211))
    (refused,) = await trial.run(ctx, "twilio", "081100000001", "sms", 0)
    assert not refused.ok and "21211" in (refused.sent or "")
    ctx.settings.twilio_api_base = "http://127.0.0.1:9"
    (dead,) = await trial.run(ctx, "twilio", None, "sms", 0)
    assert not dead.ok


@pytest.mark.parametrize(("name", "to"), [("merpati", None), (None, "112")])
async def test_a_wrong_name_or_number_is_bad_input(
    ctx: Context, name: str | None, to: str | None
) -> None:
    with pytest.raises(BadInput):
        await trial.run(ctx, name, to, "sms", 0)


def test_the_command_answers_as_json(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("HOME", str(settings.home)),
        ("DATABASE_URL", settings.database_url),
        ("REDIS_URL", settings.redis_url),
        ("GATEWAYS", "simulator"),
        ("MODE", "demo"),
    ):
        monkeypatch.setenv(f"SIPONCEGA_{name}", value)
    get_settings.cache_clear()
    try:
        done = CliRunner().invoke(app, ["gateway", "test", "--to", "0811 0000 0001", "--json"])
    finally:
        get_settings.cache_clear()
    assert done.exit_code == 0, done.output
    (shown,) = json.loads(done.stdout)
    assert (shown["gateway"], shown["ok"], shown["sent"]) == (
        "simulator",
        True,
        "sampai (delivered)",
    )
