"""Production refuses what a demo may have."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI

from core import keyring
from core.access import install_guards
from core.context import Context
from core.settings import Mode, Settings
from core.startup_checks import UnsafeStart, refuse_unsafe
from core.web.guards import LocalOnly, SharedSecret
from tests.core.conftest import SECRET, build, make_account


def production(context: Context, tmp_path: Path, **changes: object) -> Settings:
    keyring.ensure(tmp_path / "keys")
    safe: dict[str, object] = {
        "mode": Mode.production,
        "home": tmp_path,
        "public_url": "https://darurat.contoh.example",
        "database_url": "postgresql:///siponcega?host=/run/x",
        "redis_url": "unix:///run/redis.sock",
        "gateways": "twilio,log",
    }
    return Settings(**{**safe, **changes})  # type: ignore[arg-type]


@pytest.fixture
def guarded(context: Context, tmp_path: Path) -> FastAPI:
    app = build(production(context, tmp_path))
    install_guards(app, {"uji": SharedSecret("x", SECRET)})
    return app


async def test_a_safe_production_start_passes(
    guarded: FastAPI, context: Context, tmp_path: Path
) -> None:
    await refuse_unsafe(guarded, production(context, tmp_path), context.db)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"public_url": "http://10.0.0.5:8000"}, "https://"),
        ({"database_url": "postgresql://app:postgres@db/x"}, "SIPONCEGA_DATABASE_URL"),
        ({"redis_url": "redis://:changeme@r"}, "SIPONCEGA_REDIS_URL"),
        ({"gateways": "simulator"}, "simulator"),
        ({"home": Path("/tidak-ada")}, "keys make"),
    ],
)
async def test_unsafe_settings_are_refused(
    guarded: FastAPI, context: Context, tmp_path: Path, changes: dict[str, object], reason: str
) -> None:
    with pytest.raises(UnsafeStart, match=reason):
        await refuse_unsafe(guarded, production(context, tmp_path, **changes), context.db)


@pytest.mark.parametrize("secret", ["", "pendek"])
async def test_an_unprotected_gateway_is_refused(
    guarded: FastAPI, context: Context, tmp_path: Path, secret: str
) -> None:
    install_guards(guarded, {"uji": SharedSecret("x", secret)})
    with pytest.raises(UnsafeStart, match="'uji' is unprotected"):
        await refuse_unsafe(guarded, production(context, tmp_path), context.db)
    install_guards(guarded, {"uji": LocalOnly()})
    await refuse_unsafe(guarded, production(context, tmp_path), context.db)


async def test_demo_accounts_are_refused_and_the_demo_goes_on(
    guarded: FastAPI, context: Context, tmp_path: Path
) -> None:
    _, login = await make_account(context, "operator")
    with pytest.raises(UnsafeStart, match=login):
        await refuse_unsafe(guarded, production(context, tmp_path), context.db)
    await refuse_unsafe(guarded, production(context, tmp_path, mode=Mode.demo), context.db)
