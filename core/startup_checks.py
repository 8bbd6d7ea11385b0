"""What must be true before a real instance serves. A demo only warns; production refuses to start.

    await refuse_unsafe(app, settings, db)

Each check returns sentences for the administrator: what is wrong and what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import unquote, urlsplit

import structlog
from fastapi import FastAPI

from core import keyring
from core.access import GatewayRule, Guard, routes_with_rules
from core.db import Database
from core.settings import Settings

# Passwords that stand in examples, tutorials and compose files.
WELL_KNOWN = frozenset(
    ("postgres", "siponcega", "password", "secret", "changeme", "change-me", "admin", "example")
)

log = structlog.get_logger(__name__)


class UnsafeStart(RuntimeError):
    """Production would start unsafe. The message lists every reason."""


async def refuse_unsafe(app: FastAPI, settings: Settings, db: Database) -> None:
    """Raise UnsafeStart in production when any check fails; log the same in a demo."""
    reasons = [reason for check in CHECKS for reason in check(settings, app)]
    reasons += await demo_accounts(db)
    if not reasons:
        return
    if settings.demo:
        log.info("unsafe_for_production", reasons=len(reasons))
        return
    raise UnsafeStart("refusing to start in production:\n- " + "\n- ".join(reasons))


async def demo_accounts(db: Database) -> list[str]:
    """Accounts that came with a demo have no second factor and printed passwords."""
    async with db.read() as tx:
        rows = await tx.fetch("SELECT login FROM account WHERE demo ORDER BY login LIMIT 20")
    if not rows:
        return []
    names = ", ".join(row["login"] for row in rows)
    return [f"demo accounts exist ({names}): make a fresh instance with `siponcega init`"]


def encrypted_transport(settings: Settings, _app: FastAPI) -> list[str]:
    if settings.public_url.startswith("https://"):
        return []
    return [
        "SIPONCEGA_PUBLIC_URL must begin with https:// "
        "(session cookies, GPS and push need it; see the reverse-proxy configuration)"
    ]


def default_secrets(settings: Settings, _app: FastAPI) -> list[str]:
    """Passwords from examples in the server addresses."""
    reasons = []
    for name, url in (
        ("SIPONCEGA_DATABASE_URL", settings.database_url),
        ("SIPONCEGA_REDIS_URL", settings.redis_url),
    ):
        password = urlsplit(url).password
        if password is not None and unquote(password).lower() in WELL_KNOWN:
            reasons.append(f"{name} carries a password from an example: choose another")
    return reasons


def key_file(settings: Settings, _app: FastAPI) -> list[str]:
    try:
        keyring.read(settings.keys_dir)
    except keyring.KeyFileError as error:
        return [str(error)]
    return []


def simulator_off(settings: Settings, _app: FastAPI) -> list[str]:
    if "simulator" in settings.gateway_names:
        return ["SIPONCEGA_GATEWAYS names the simulator: messages would reach nobody"]
    return []


def guarded_gateways(_settings: Settings, app: FastAPI) -> list[str]:
    """Every gateway route has a guard that protects. One without any guard answers 404: harmless."""
    guards: dict[str, Guard] = app.state.guards
    names = {rule.name for _, rule in routes_with_rules(app) if isinstance(rule, GatewayRule)}
    return [
        f"the gateway {name!r} is unprotected: set its secret (at least 24 characters), see .env.example"
        for name in sorted(names)
        if name in guards and not guards[name].protected
    ]


Check = Callable[[Settings, FastAPI], Sequence[str]]
CHECKS: tuple[Check, ...] = (
    encrypted_transport,
    default_secrets,
    key_file,
    simulator_off,
    guarded_gateways,
)
