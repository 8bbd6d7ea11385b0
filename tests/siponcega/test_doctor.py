"""The doctor: it finds what is wrong and never falls ill itself."""

from __future__ import annotations

from pathlib import Path

import asyncpg

from core.privacy import Vault
from core.settings import Mode, Settings
from siponcega import doctor
from siponcega.doctor import Finding


def by_part(findings: list[Finding]) -> dict[str, Finding]:
    return {one.part: one for one in findings}


async def test_a_healthy_installation(fresh_settings: Settings) -> None:
    Vault.open(fresh_settings.keys_dir)
    found = by_part(await doctor.examine(fresh_settings))
    for part in ("packages", "keys", "postgres", "extensions", "clock", "migrations", "redis"):
        assert found[part].state == "ok", found[part]


async def test_dead_servers_are_findings_not_crashes(settings: Settings) -> None:
    broken = settings.model_copy(
        update={
            "database_url": "postgresql://u@/d?host=/nowhere",
            "redis_url": "unix:///nowhere/redis.sock",
        }
    )
    found = by_part(await doctor.examine(broken))
    assert found["postgres"].state == "fail"
    assert found["redis"].state == "fail"
    assert "SIPONCEGA_DATABASE_URL" in found["postgres"].mend


async def test_a_missing_migration_and_a_missing_extension_are_told(
    fresh_settings: Settings,
) -> None:
    connection = await asyncpg.connect(fresh_settings.database_url)
    await connection.execute("UPDATE alembic_version SET version_num = '0001_core'")
    await connection.close()
    found = by_part(await doctor.examine(fresh_settings))
    assert found["migrations"].state == "fail"
    assert found["migrations"].mend == "siponcega migrate"


def test_production_is_held_to_more(settings: Settings) -> None:
    production = settings.model_copy(
        update={"mode": Mode.production, "inbound_phone_secret": "short"}
    )
    assert doctor.public_address(production).state == "fail"
    assert doctor.secrets(production).state == "fail"
    assert doctor.keys(production).state == "fail"
    assert doctor.backup_age(production).state == "warn"


def test_open_key_file_is_told(settings: Settings) -> None:
    Vault.open(settings.keys_dir)
    (settings.keys_dir / "vault.json").chmod(0o644)
    finding = doctor.keys(settings)
    assert finding.state == "fail"
    assert "chmod 600" in finding.mend


def test_what_cannot_be_looked_at_is_a_finding(tmp_path: Path) -> None:
    def look() -> Finding:
        raise OSError("disk on fire")

    assert doctor.guard("disk", look) == Finding(
        "disk", "fail", "could not be looked at: disk on fire", "see the message"
    )
