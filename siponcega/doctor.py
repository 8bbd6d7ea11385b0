"""Every part of an installation looked at, each with what to do about it.

A check never raises: what it cannot look at is itself a finding. `ok`, `warn` (works, but somebody
should look) or `fail` (does not work).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from typing import Any, Literal
from urllib.parse import urlsplit

import asyncpg
from packaging.requirements import Requirement
from redis.asyncio import Redis
from redis.exceptions import RedisError

from core import keyring
from core.settings import Settings
from siponcega import instance, revisions
from siponcega.environment import ROOT
from siponcega.named_servers import EXTENSIONS, POSTGRES_LEAST

State = Literal["ok", "warn", "fail"]
POSTGIS_LEAST = (3, 1)
DISK_FAIL_MB, DISK_WARN_MB = 500, 3_000
CLOCK_WARN_S = 2.0
BACKUP_WARN_DAYS = 2
EXTENSIONS_SQL = "SELECT extname, extversion FROM pg_extension"
SECRETS = ("inbound_phone_secret", "twilio_auth_token")
SECRET_LEAST = 24


@dataclass(frozen=True, slots=True)
class Finding:
    part: str
    state: State
    found: str
    mend: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


async def examine(settings: Settings) -> list[Finding]:
    """All findings, in the order in which a person would mend them."""
    findings = [
        guard("python", python),
        guard("packages", packages),
        guard("front end", front_end),
        guard("home", lambda: home(settings)),
        guard("disk", lambda: disk(settings)),
        guard("keys", lambda: keys(settings)),
        guard("public address", lambda: public_address(settings)),
        guard("secrets", lambda: secrets(settings)),
        guard("port", lambda: port(settings)),
        guard("backup", lambda: backup_age(settings)),
    ]
    return [*findings, *await database(settings), await redis(settings)]


def guard(part: str, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        return Finding(part, "fail", f"could not be looked at: {error}", "see the message")


def python() -> Finding:
    version = sys.version.split()[0]
    if sys.prefix == sys.base_prefix:
        return Finding("python", "warn", f"{version}, not from .venv", "run scripts/bootstrap.sh")
    return Finding("python", "ok", version)


def packages() -> Finding:
    """Installed versions against requirements.txt (the lines whose markers hold here)."""
    wanted = []
    for line in (ROOT / "requirements.txt").read_text().splitlines():
        if line and line[0].isalnum():
            requirement = Requirement(line.rstrip("\\ "))
            if requirement.marker is None or requirement.marker.evaluate():
                wanted.append(requirement)
    wrong = []
    for one in wanted:
        try:
            found = metadata.version(one.name)
            if not one.specifier.contains(found, prereleases=True):
                wrong.append(f"{one.name} {found}")
        except metadata.PackageNotFoundError:
            wrong.append(f"{one.name} missing")
    if wrong:
        return Finding("packages", "fail", ", ".join(wrong[:5]), "run scripts/bootstrap.sh")
    return Finding("packages", "ok", f"{len(wanted)} as locked")


def front_end() -> Finding:
    locked = json.loads((ROOT / "package.json").read_text())["dependencies"]
    missing = [name for name in locked if not (ROOT / "node_modules" / name).is_dir()]
    if missing:
        return Finding(
            "front end", "fail", f"missing: {', '.join(missing)}", "scripts/bootstrap.sh"
        )
    return Finding("front end", "ok", f"{len(locked)} packages")


def home(settings: Settings) -> Finding:
    folder = settings.home
    if not os.access(folder, os.W_OK):
        return Finding("home", "fail", f"{folder} cannot be written", f"mkdir -p {folder}")
    return Finding("home", "ok", f"{folder} ({settings.mode}, {settings.city})")


def disk(settings: Settings) -> Finding:
    free_mb = shutil.disk_usage(settings.home).free // 2**20
    found = f"{free_mb:,} MB free"
    if free_mb < DISK_FAIL_MB:
        return Finding("disk", "fail", found, "make room now: reports can soon not be stored")
    return Finding("disk", "warn" if free_mb < DISK_WARN_MB else "ok", found, "make room")


def keys(settings: Settings) -> Finding:
    if not (settings.keys_dir / keyring.FILE_NAME).exists() and settings.demo:
        return Finding("keys", "ok", "made at the first start (demo)")
    try:
        ring = keyring.read(settings.keys_dir)
    except keyring.KeyFileError as error:
        return Finding("keys", "fail", "no usable keys", str(error))
    return Finding("keys", "ok", f"{len(ring.keys)} key(s), number {ring.current.id} in use")


def public_address(settings: Settings) -> Finding:
    url = urlsplit(settings.public_url)
    if not url.scheme or not url.hostname:
        return Finding("public address", "fail", settings.public_url, "set SIPONCEGA_PUBLIC_URL")
    if url.scheme != "https" and not settings.demo:
        mend = "GPS, push and offline pages need https: put the shipped Caddyfile in front"
        return Finding("public address", "fail", settings.public_url, mend)
    return Finding("public address", "ok", settings.public_url)


def secrets(settings: Settings) -> Finding:
    short = [name for name in SECRETS if 0 < len(getattr(settings, name)) < SECRET_LEAST]
    if short:
        return Finding("secrets", "fail", f"too short: {', '.join(short)}", "32 random characters")
    if not settings.demo and "simulator" in settings.gateway_names:
        mend = "take simulator out of SIPONCEGA_GATEWAYS"
        return Finding("secrets", "fail", "the simulator gateway is on in production", mend)
    if not settings.demo and not settings.gateway_names:
        return Finding("secrets", "warn", "no gateway: nobody is told", "set SIPONCEGA_GATEWAYS")
    if missing := missing_of_gateways(settings):
        mend = f"write them into {settings.home / '.env'} (.env.example says what they are)"
        return Finding("secrets", "fail", f"not set: {', '.join(missing)}", mend)
    return Finding("secrets", "ok", f"gateways: {', '.join(settings.gateway_names) or 'none'}")


def missing_of_gateways(settings: Settings) -> list[str]:
    """Settings without which a gateway in SIPONCEGA_GATEWAYS does not start."""
    if "twilio" not in settings.gateway_names:
        return []
    needed = ["twilio_account_sid", "twilio_auth_token"]
    if not settings.twilio_whatsapp_from:
        needed.append("twilio_from")
    return [f"SIPONCEGA_{name.upper()}" for name in needed if not getattr(settings, name)]


def unfit(settings: Settings) -> list[str]:
    """Why a real instance would refuse to start, as far as its settings and keys tell."""
    looks = (keys, public_address, secrets)
    found = [guard(look.__name__, lambda look=look: look(settings)) for look in looks]  # type: ignore[misc]
    return [f"{one.part}: {one.found}. {one.mend}" for one in found if one.state == "fail"]


def port(settings: Settings) -> Finding:
    running = instance.is_running(settings.home)
    with socket.socket() as probe:
        probe.settimeout(1)
        taken = probe.connect_ex((settings.host, settings.port)) == 0
    found = f"{settings.host}:{settings.port}"
    if taken and not running:
        mend = (
            "stop that program, or set SIPONCEGA_PORT (fine when siponcega serve runs by systemd)"
        )
        return Finding("port", "warn", f"{found} is in use", mend)
    return Finding("port", "ok", f"{found} {'answers' if taken else 'is free'}")


def backup_age(settings: Settings) -> Finding:
    note = settings.home / "last-backup.json"
    if not note.exists():
        state: State = "ok" if settings.demo else "warn"
        return Finding("backup", state, "none yet", "siponcega backup FOLDER, every night")
    made_at = datetime.fromisoformat(json.loads(note.read_text())["made_at"])
    days = (datetime.now(UTC) - made_at).total_seconds() / 86_400
    state = "warn" if days > BACKUP_WARN_DAYS else "ok"
    return Finding("backup", state, f"{days:.1f} days old", "siponcega backup FOLDER, every night")


async def database(settings: Settings) -> list[Finding]:
    try:
        connection = await asyncpg.connect(settings.database_url, timeout=5)
    except (OSError, asyncpg.PostgresError, TimeoutError, ValueError) as error:
        mend = "siponcega up starts its own; else see SIPONCEGA_DATABASE_URL and log/postgres.log"
        return [Finding("postgres", "fail", f"no connection: {error}", mend)]
    try:
        return await _database(connection)
    except asyncpg.PostgresError as error:
        return [Finding("postgres", "fail", str(error), "see log/postgres.log")]
    finally:
        await connection.close()


async def _database(connection: asyncpg.Connection[Any]) -> list[Finding]:
    number = int(await connection.fetchval("SHOW server_version_num"))
    version = str(await connection.fetchval("SHOW server_version"))
    fine = number >= POSTGRES_LEAST
    findings = [Finding("postgres", "ok" if fine else "fail", version, "PostgreSQL 15 or newer")]
    has = {row["extname"]: row["extversion"] for row in await connection.fetch(EXTENSIONS_SQL)}
    missing = [name for name in EXTENSIONS if name not in has]
    if missing:
        mend = "as the server's administrator: CREATE EXTENSION " + ", ".join(missing)
        findings.append(Finding("extensions", "fail", f"missing: {', '.join(missing)}", mend))
    else:
        postgis = tuple(int(part) for part in re.findall(r"\d+", has["postgis"])[:2])
        state: State = "ok" if postgis >= POSTGIS_LEAST else "fail"
        findings.append(Finding("extensions", state, f"PostGIS {has['postgis']}", "PostGIS 3.1+"))
    before = time.time()
    theirs = float(await connection.fetchval("SELECT extract(epoch FROM clock_timestamp())"))
    drift_s = abs(theirs - (before + time.time()) / 2)
    state = "warn" if drift_s > CLOCK_WARN_S else "ok"
    findings.append(
        Finding("clock", state, f"{drift_s:.2f} s from the database's", "run an NTP client on both")
    )
    revision, newest = await revisions.revision(connection), revisions.newest()
    state = "ok" if revision == newest else "fail"
    findings.append(Finding("migrations", state, f"{revision or 'none'}", "siponcega migrate"))
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        if await connection.fetchval("SELECT current_setting($1)", setting) == "off":
            mend = f"an acknowledged report can be lost in a power cut: turn {setting} on"
            findings.append(Finding("durability", "fail", f"{setting} is off", mend))
    return findings


async def redis(settings: Settings) -> Finding:
    mend = "siponcega up starts its own; else see SIPONCEGA_REDIS_URL. Reports come in without it"
    if not settings.redis_url:
        return Finding("redis", "fail", "no address", mend)
    link = Redis.from_url(settings.redis_url, socket_timeout=2, socket_connect_timeout=2)
    try:
        info = await link.info("server")
        return Finding("redis", "ok", str(info["redis_version"]))
    except (OSError, RedisError) as error:
        return Finding("redis", "fail", f"no answer: {error}", mend)
    finally:
        await link.aclose()
