"""Durable servers for this folder, and a running system for each of its modules."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from siponcega import migrate, seed
from siponcega.cluster import PrivateCluster
from tests.faults.system import Ground, System
from tests.fixtures.rooms import make_settings
from tests.fixtures.server import free_port, read_logins

TEMPLATE = "siponcega_ground"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.faults)


@pytest.fixture(scope="session")
def ground() -> Iterator[Ground]:
    """PostgreSQL with fsync and Redis, in a folder of their own; nobody else's tests use them."""
    home = Path(tempfile.mkdtemp(prefix="siponcega-faults-", dir="/tmp"))
    home.chmod(0o711)
    try:
        with PrivateCluster(home, database=TEMPLATE, durable=True) as cluster:
            url = cluster.url(TEMPLATE)
            migrate.upgrade(url, "head")
            asyncio.run(seed.seed(make_settings(url, "", home)))
            yield Ground(cluster, TEMPLATE, home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module")
def stopped(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A database of this module and everything set, nothing started; what starts is ended."""
    name = f"faults_{time.monotonic_ns()}"
    cluster = ground.cluster
    cluster.sql(f"CREATE DATABASE {name} TEMPLATE {ground.template} OWNER siponcega")
    # A copied sequence believes that its next values are in the write-ahead log, where they are only
    # for the original: without a checkpoint a crash would hand them out twice.
    cluster.sql("CHECKPOINT")
    home = tmp_path_factory.mktemp("faults")
    for item in ("keys", "demo-logins.json"):
        source = ground.home / item
        if source.is_dir():
            shutil.copytree(source, home / item)
        else:
            shutil.copy(source, home / item)
    port = free_port()
    settings = make_settings(cluster.url(name), cluster.urls.redis, home).model_copy(
        update={"port": port, "public_url": f"http://127.0.0.1:{port}"}
    )
    system = System(settings, settings.public_url, read_logins(home))
    yield system
    system.stop()
    ground.mend()
    for what, seconds in system.facts.items():
        print(f"{what}: {seconds:.2f} s")
    cluster.sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def system(stopped: System) -> System:
    """API and worker, running."""
    stopped.launch("worker")
    stopped.start("serve")
    return stopped
