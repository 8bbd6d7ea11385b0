"""siponcega user, keys and audit, against a database of their own."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from core.settings import get_settings
from siponcega.cli import app

Cli = Callable[..., Result]


@pytest.fixture
def cli(
    fresh_database_url: str, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Cli:
    monkeypatch.setenv("SIPONCEGA_DATABASE_URL", fresh_database_url)
    monkeypatch.setenv("SIPONCEGA_REDIS_URL", redis_url)
    monkeypatch.setenv("SIPONCEGA_HOME", str(tmp_path))
    monkeypatch.setenv("SIPONCEGA_PUBLIC_URL", "https://darurat.contoh.example")
    get_settings.cache_clear()

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, list(words))

    return run


def test_an_account_from_invitation_to_closing(cli: Cli) -> None:
    made = cli("user", "add", "Budi", "--name", "Budi Contoh", "--role", "operator")
    assert made.exit_code == 0, made.output
    assert made.stdout.startswith("https://darurat.contoh.example/tautan/")
    again = cli("user", "add", "budi", "--name", "x", "--role", "operator")
    assert again.exit_code == 1
    assert "budi is taken" in again.stderr
    assert cli("user", "add", "a", "--name", "A", "--role", "raja").exit_code == 2

    assert cli("user", "role", "budi", "supervisor").exit_code == 0
    assert cli("user", "disable", "budi").exit_code == 0
    (row,) = json.loads(cli("user", "list", "--json").stdout)
    assert (row["login"], row["role"]) == ("budi", "supervisor")
    assert row["disabled_at"]
    assert cli("user", "enable", "budi").exit_code == 0
    assert "/tautan/" in cli("user", "link", "budi").stdout
    assert cli("user", "link", "tidak-ada").exit_code == 1
    assert cli("user", "token", "budi").exit_code == 1, "tokens are for machines"


def test_a_machine_gets_a_token(cli: Cli) -> None:
    assert cli("user", "add", "traccar", "--name", "GPS", "--role", "service").exit_code == 0
    assert len(cli("user", "token", "traccar").stdout.strip()) == 43
    assert cli("user", "token", "traccar", "--revoke").exit_code == 0
    assert "0 session(s)" in cli("user", "sessions", "traccar", "--end").stderr


def test_keys_are_made_once_rotated_and_retired(cli: Cli, tmp_path: Path) -> None:
    assert cli("keys", "list").exit_code == 1, "no keys yet: said so, not made in passing"
    made = cli("keys", "make")
    assert made.exit_code == 0, made.output
    file = Path(made.stdout.strip())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    assert cli("keys", "make").exit_code == 3
    assert file.read_bytes() == before
    assert "key 2 is in use" in cli("keys", "rotate").stdout
    assert [row["id"] for row in json.loads(cli("keys", "list", "--json").stdout)] == [1, 2]
    assert "retired: 1" in cli("keys", "retire").stderr
    assert "every old key" in cli("keys", "retire").stderr


def test_the_chain_is_verified(cli: Cli) -> None:
    intact = cli("audit", "verify")
    assert intact.exit_code == 0
    assert intact.stdout.startswith("intact: 0 event(s)")
    assert json.loads(cli("audit", "verify", "--json").stdout)["ok"] is True
    longer = cli("audit", "verify", "--anchor", "5:" + "0" * 64)
    assert longer.exit_code == 3
    assert "BROKEN" in longer.stdout
    assert cli("audit", "verify", "--anchor", "x").exit_code == 2
