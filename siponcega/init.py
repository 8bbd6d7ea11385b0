"""Making a real instance: folders, keys, secrets, database, the first administrator. No contoh rows."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from core import keyring
from core.accounts import accounts
from core.db import Database
from core.settings import Settings
from dispatch import run_cards
from geo import pack
from geo import seed as geo_seed
from notifier.gateways import FACTORIES
from siponcega import doctor, instance, prepared

SECRET_BYTES = 32
ENV_FILE = ".env"
# Put into the file empty, for the administrator to fill in.
TWILIO = ("SIPONCEGA_TWILIO_ACCOUNT_SID", "SIPONCEGA_TWILIO_AUTH_TOKEN", "SIPONCEGA_TWILIO_FROM")


class InitError(RuntimeError):
    """The instance was not made; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the administrator said."""

    public_url: str
    city: str
    admin_login: str
    admin_name: str
    gateways: str = ""
    database_url: str = ""
    redis_url: str = ""


def make(home: Path, wanted: Wanted, say: Callable[[str], None]) -> str:
    """Make the instance in `home`; the one-time link of its first administrator."""
    check(home, wanted)
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    lines = environment(wanted)
    write_env(home / ENV_FILE, lines)
    os.environ.update(lines)
    try:
        with instance.servers() as settings:
            keyring.ensure(settings.keys_dir)
            settings.uploads_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            prepared.migrate(settings.database_url, say)
            token = asyncio.run(furnish(settings, wanted))
    except BaseException:
        (home / ENV_FILE).unlink()  # no instance came of it: the next try may begin again
        raise
    say(f"settings: {home / ENV_FILE}")
    say(f"keys: {settings.keys_dir} (copy both to another place than the backups)")
    if missing := doctor.missing_of_gateways(settings):
        say(f"before the first start, write into {home / ENV_FILE}: {', '.join(missing)}")
    return f"{wanted.public_url.rstrip('/')}/tautan/{token}"


def check(home: Path, wanted: Wanted) -> None:
    """Refuse before anything is written."""
    if (home / ENV_FILE).exists():
        raise InitError(
            f"{home} is an instance already; for another administrator: siponcega user add"
        )
    url = urlsplit(wanted.public_url)
    if url.scheme != "https" or not url.hostname:
        raise InitError(
            "the public address must begin with https:// (GPS, push and offline pages need it); "
            "deploy/Caddyfile brings the certificate"
        )
    names = [name.strip() for name in wanted.gateways.split(",") if name.strip()]
    if "simulator" in names:
        raise InitError("the simulator gateway is for the demo only")
    if unknown := [name for name in names if name not in FACTORIES]:
        known = ", ".join(name for name in FACTORIES if name != "simulator")
        raise InitError(f"no gateway is called {', '.join(unknown)}; there are: {known}")
    try:
        pack.load(wanted.city)
    except pack.UnknownCity:
        raise InitError(f"there is no folder geo/city/{wanted.city}") from None


def environment(wanted: Wanted) -> dict[str, str]:
    """The lines of the instance's settings file."""
    url = urlsplit(wanted.public_url)
    lines = {
        "SIPONCEGA_MODE": "production",
        "SIPONCEGA_PUBLIC_URL": url.geturl().rstrip("/"),
        "SIPONCEGA_CITY": wanted.city,
        "SIPONCEGA_HOST": "127.0.0.1",
        "SIPONCEGA_PORT": os.environ.get("SIPONCEGA_PORT", "8000"),
        "SIPONCEGA_GATEWAYS": wanted.gateways,
        "SIPONCEGA_INBOUND_PHONE_SECRET": secrets.token_urlsafe(SECRET_BYTES),
    }
    if "twilio" in wanted.gateways:
        lines |= dict.fromkeys(TWILIO, "")
    if wanted.database_url:
        lines["SIPONCEGA_DATABASE_URL"] = wanted.database_url
    if wanted.redis_url:
        lines["SIPONCEGA_REDIS_URL"] = wanted.redis_url
    return lines


def write_env(file: Path, lines: dict[str, str]) -> None:
    """Mode 0600 from the first byte: it holds secrets."""
    text = "".join(f"{name}={value}\n" for name, value in lines.items())
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        opened.write("# Settings of this instance. All there are: .env.example\n" + text)


async def furnish(settings: Settings, wanted: Wanted) -> str:
    """City facts, run cards to begin with and the first administrator, in one transaction."""
    db = await Database.open(settings)
    try:
        async with db.tx() as tx:
            if await accounts.find(tx, wanted.admin_login) is not None:
                raise InitError(
                    f"this database has an account {wanted.admin_login!r} already; "
                    "give an empty database, or another login"
                )
            await geo_seed.seed(tx, wanted.city)
            # Configuration to begin with, not example data: none of them dispatches by itself.
            await run_cards.seed(tx, auto=False)
            await tx.execute("UPDATE run_card SET example = false")
            account_id = await accounts.add(tx, wanted.admin_login, wanted.admin_name, "admin")
            return await accounts.make_link(tx, account_id, "invite")
    finally:
        await db.close()
