"""A real instance: what it gets, what it refuses, what is not in it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest

from core.settings import get_settings
from siponcega import init, up
from siponcega.cluster import ClusterError
from siponcega.init import InitError, Wanted
from tests.fixtures.cluster import Servers


@pytest.fixture
def wanted(cluster: Servers, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wanted]:
    """An empty database with the extensions, as an administrator would hand it over."""
    cluster.run("CREATE DATABASE siponcega_init")
    if cluster.owned is not None:
        cluster.owned.sql(
            "CREATE EXTENSION postgis; CREATE EXTENSION btree_gist; "
            "CREATE EXTENSION pg_trgm; CREATE EXTENSION pgcrypto",
            "siponcega_init",
        )
    for name in init.environment(asked(cluster, redis_url)):
        monkeypatch.setenv(name, "")  # so that what init sets is taken back afterwards
        monkeypatch.delenv(name)
    yield asked(cluster, redis_url)
    monkeypatch.undo()
    get_settings.cache_clear()
    cluster.drop("siponcega_init")


def asked(cluster: Servers, redis_url: str) -> Wanted:
    return Wanted(
        public_url="https://112.example.go.id/",
        city="tebing_tinggi",
        admin_login="Siti",
        admin_name="Siti Aminah",
        gateways="log",
        database_url=cluster.url("siponcega_init"),
        redis_url=redis_url,
    )


def test_a_real_instance_has_secrets_keys_and_one_administrator(
    wanted: Wanted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIPONCEGA_HOME", str(tmp_path / "home"))
    said: list[str] = []
    link = init.make(tmp_path / "home", wanted, said.append)

    assert link.startswith("https://112.example.go.id/tautan/")
    assert len(link.rpartition("/")[2]) >= 43, "256 random bits"
    env = tmp_path / "home" / ".env"
    assert env.stat().st_mode & 0o777 == 0o600
    assert "SIPONCEGA_MODE=production" in env.read_text()
    settings = get_settings()
    assert not settings.demo
    assert len(settings.inbound_phone_secret) >= 32
    assert (settings.keys_dir / "vault.json").stat().st_mode & 0o777 == 0o600
    assert not any(link.rpartition("/")[2] in line for line in said)


async def test_no_contoh_rows_are_in_it(
    wanted: Wanted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIPONCEGA_HOME", str(tmp_path / "home"))
    await asyncio.to_thread(init.make, tmp_path / "home", wanted, lambda line: None)
    connection = await asyncpg.connect(wanted.database_url)
    try:
        accounts = await connection.fetch("SELECT login, role, demo, password_hash FROM account")
        assert [tuple(row) for row in accounts] == [("siti", "admin", False, None)]
        assert (
            await connection.fetchval("SELECT count(*) FROM area WHERE level = 'kelurahan'") == 35
        )
        cards = await connection.fetch("SELECT auto FROM run_card")
        assert cards
        assert not any(row["auto"] for row in cards), "nothing goes out by itself"
        marked = await connection.fetch(
            "SELECT table_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND column_name = 'example'"
        )
        assert marked
        for row in marked:
            table = row["table_name"]
            assert not await connection.fetchval(f'SELECT count(*) FROM "{table}" WHERE example')
    finally:
        await connection.close()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"public_url": "http://112.example.go.id"}, "https"),
        ({"public_url": "112.example.go.id"}, "https"),
        ({"gateways": "log,simulator"}, "simulator"),
        ({"city": "atlantis"}, "atlantis"),
        ({"gateways": "log,twillio"}, "no gateway is called twillio"),
    ],
)
def test_a_wrong_wish_is_refused_before_anything_is_written(
    change: dict[str, str], reason: str, tmp_path: Path
) -> None:
    right = {
        "public_url": "https://112.example.go.id",
        "city": "tebing_tinggi",
        "admin_login": "siti",
        "admin_name": "Siti",
    }
    with pytest.raises(InitError, match=reason):
        init.make(tmp_path / "home", Wanted(**(right | change)), print)
    assert not (tmp_path / "home").exists()


def test_an_instance_is_not_made_twice(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SIPONCEGA_MODE=production\n")
    with pytest.raises(InitError, match="already"):
        init.make(
            tmp_path, Wanted("https://112.example.go.id", "tebing_tinggi", "siti", "Siti"), print
        )


def test_a_failed_try_leaves_no_instance_behind(
    wanted: Wanted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("SIPONCEGA_HOME", str(home))
    nowhere = replace(wanted, database_url="postgresql://siapa@127.0.0.1:1/tiada")
    with pytest.raises(ClusterError, match=r"no PostgreSQL answers at 127\.0\.0\.1:1"):
        init.make(home, nowhere, print)
    assert not (home / ".env").exists()
    assert init.make(home, wanted, print).startswith("https://"), "the next try begins again"


def test_what_a_gateway_still_needs_is_said_and_stands_empty_in_the_file(
    wanted: Wanted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("SIPONCEGA_HOME", str(home))
    for name in init.TWILIO:
        monkeypatch.setenv(name, "")
    said: list[str] = []
    init.make(home, replace(wanted, gateways="twilio,log"), said.append)
    assert any("before the first start" in line and init.TWILIO[0] in line for line in said)
    assert f"{init.TWILIO[0]}=\n" in (home / ".env").read_text()
    with pytest.raises(ClusterError, match="SIPONCEGA_TWILIO_AUTH_TOKEN"):
        up.require_fit(get_settings())
