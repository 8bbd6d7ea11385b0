"""Servers named by address: what cannot be used is said in words, without anybody's password."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from core.settings import Settings
from siponcega import named_servers
from siponcega.named_servers import Unreachable
from tests.fixtures.cluster import Servers
from tests.fixtures.server import free_port


@pytest.fixture
def bare(cluster: Servers) -> Iterator[str]:
    """A database without extensions, of a role that may not bring PostGIS."""
    cluster.run("CREATE DATABASE siponcega_bare")
    yield cluster.url("siponcega_bare")
    cluster.drop("siponcega_bare")


def test_a_database_that_has_all_is_fine(settings: Settings) -> None:
    named_servers.prove_database(settings)


def test_a_missing_extension_names_the_administrators_command(
    settings: Settings, bare: str
) -> None:
    with pytest.raises(Unreachable, match="psql siponcega_bare -c 'CREATE EXTENSION postgis'"):
        named_servers.prove_database(settings.model_copy(update={"database_url": bare}))


def test_tables_must_be_allowed(settings: Settings, cluster: Servers) -> None:
    if cluster.owned is None:
        pytest.skip("needs the administrator of the server")
    name = urlsplit(settings.database_url).path[1:]
    cluster.owned.sql("REVOKE CREATE ON SCHEMA public FROM PUBLIC, pg_database_owner", name)
    with pytest.raises(Unreachable, match=f"ALTER DATABASE {name} OWNER TO"):
        named_servers.prove_database(settings)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://x/y", "is not like postgresql://"),
        ("postgresql://budi:rahasia@127.0.0.1:1/kota", "no PostgreSQL answers at 127.0.0.1:1"),
        ("postgresql://budi:rahasia@tiada.invalid/kota", "tiada.invalid"),
    ],
)
def test_wrong_addresses_are_explained(settings: Settings, url: str, words: str) -> None:
    with pytest.raises(Unreachable) as refused:
        named_servers.prove_database(settings.model_copy(update={"database_url": url}))
    assert words in str(refused.value)
    assert "rahasia" not in str(refused.value)


def test_no_such_database(settings: Settings, cluster: Servers) -> None:
    with pytest.raises(Unreachable, match="createdb"):
        named_servers.prove_database(
            settings.model_copy(update={"database_url": cluster.url("tiada")})
        )


def test_redis_may_be_away_but_not_misspelt(settings: Settings) -> None:
    assert named_servers.prove_redis(settings)
    away = f"redis://127.0.0.1:{free_port()}/0"
    assert not named_servers.prove_redis(settings.model_copy(update={"redis_url": away}))
    with pytest.raises(Unreachable, match="redis://"):
        named_servers.prove_redis(settings.model_copy(update={"redis_url": "quatsch"}))
