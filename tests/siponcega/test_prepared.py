"""What the start does once only, and when it does it again."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from core.accounts import accounts
from core.db import Database
from core.settings import Mode, Settings
from siponcega import prepared


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pretended source tree."""
    root = tmp_path / "tree"
    (root / "core").mkdir(parents=True)
    (root / "core" / "a.py").write_text("x = 1\n")
    monkeypatch.setattr(prepared, "ROOT", root)
    return root


def test_same_code_and_database_same_fingerprint(code: Path, settings: Settings) -> None:
    assert prepared.fingerprint(settings) == prepared.fingerprint(settings)


def test_changed_code_another_city_or_mode_is_seeded_again(code: Path, settings: Settings) -> None:
    seen = {prepared.fingerprint(settings)}
    seen.add(prepared.fingerprint(settings.model_copy(update={"city": "elsewhere"})))
    seen.add(prepared.fingerprint(settings.model_copy(update={"mode": Mode.production})))
    (code / "core" / "b.csv").write_text("new\n")
    seen.add(prepared.fingerprint(settings))
    os.utime(code / "core" / "a.py", ns=(1, 1))
    seen.add(prepared.fingerprint(settings))
    assert len(seen) == 5


def test_another_database_is_seeded_again(
    code: Path, settings: Settings, fresh_settings: Settings
) -> None:
    assert prepared.fingerprint(settings) != prepared.fingerprint(fresh_settings)


async def test_no_demo_is_played_in_a_real_instance(
    code: Path, fresh_settings: Settings, fresh_db: Database
) -> None:
    await asyncio.to_thread(prepared.refuse_real, fresh_settings)  # empty: nobody's yet
    async with fresh_db.tx() as tx:
        await accounts.add(tx, "siti", "Siti", "admin")
    with pytest.raises(prepared.RealInstance, match="SIPONCEGA_MODE=production"):
        await asyncio.to_thread(prepared.seed, fresh_settings, print)
    async with fresh_db.tx() as tx:
        assert await tx.fetchval("SELECT count(*) FROM account") == 1, "nothing was written"
        await tx.execute("UPDATE account SET demo = true")
        await accounts.add(tx, "budi", "Budi", "operator")
    await asyncio.to_thread(prepared.refuse_real, fresh_settings)  # a demo that got one more


async def test_a_newer_database_is_left_alone(fresh_settings: Settings, fresh_db: Database) -> None:
    async with fresh_db.tx() as tx:
        await tx.execute("UPDATE alembic_version SET version_num = '9999_later'")
    with pytest.raises(prepared.NewerDatabase, match="9999_later"):
        await asyncio.to_thread(prepared.migrate, fresh_settings.database_url, print)
