"""The servers of this installation, for a command that needs them: running, ours to start, or named."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from core.settings import Settings, get_settings
from siponcega import named_servers
from siponcega.cluster import ClusterError, PrivateCluster


def private_parts() -> tuple[bool, bool]:
    """Whether PostgreSQL and Redis are to be our own (no address was given for them)."""
    return (
        not os.environ.get("SIPONCEGA_DATABASE_URL"),
        not os.environ.get("SIPONCEGA_REDIS_URL"),
    )


def private_cluster(home: Path) -> PrivateCluster | None:
    """The cluster this installation would run; None when both servers are named outside."""
    with_postgres, with_redis = private_parts()
    if not (with_postgres or with_redis):
        return None
    return PrivateCluster(home, with_postgres=with_postgres, with_redis=with_redis)


def adopt(cluster: PrivateCluster | None) -> Settings:
    """Tell this process and its children where the servers are; the settings afterwards."""
    if cluster is not None:
        if cluster.with_postgres:
            os.environ["SIPONCEGA_DATABASE_URL"] = cluster.urls.database
        if cluster.with_redis:
            os.environ["SIPONCEGA_REDIS_URL"] = cluster.urls.redis
    get_settings.cache_clear()
    return get_settings()


def is_running(home: Path) -> bool:
    """Whether a supervisor holds this home."""
    try:
        with (home / "lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


@contextmanager
def servers() -> Iterator[Settings]:
    """Settings whose servers answer: started for the moment when nothing runs."""
    home = Path(os.environ["SIPONCEGA_HOME"])
    cluster = private_cluster(home)
    if cluster is None or is_running(home):
        settings = adopt(cluster)
        named_servers.prove_database(settings)
        yield settings
        return
    with cluster:
        settings = adopt(cluster)
        if not cluster.with_postgres:
            named_servers.prove_database(settings)
        yield settings


def find() -> Settings:
    """Settings of a process that others keep alive: the addresses given, else our running servers."""
    if not all(os.environ.get(f"SIPONCEGA_{part}_URL") for part in ("DATABASE", "REDIS")):
        return adopt(private_cluster(Path(os.environ["SIPONCEGA_HOME"])))
    return get_settings()


@contextmanager
def servers_or_not() -> Iterator[Settings]:
    """As `servers`; when they cannot be started, the settings alone (for the doctor)."""
    with ExitStack() as stack:
        try:
            settings = stack.enter_context(servers())
        except ClusterError:
            settings = get_settings()
        yield settings
