"""Durable servers for this folder, and two running systems that its tests hurt in turn."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from siponcega import migrate, seed
from siponcega.cluster import PrivateCluster
from tests.faults.carrier import carrying, through
from tests.faults.system import Ground, System
from tests.fixtures.rooms import make_settings
from tests.fixtures.server import free_port, read_logins
from tests.notifier.fake_twilio import FakeTwilio

TEMPLATE = "siponcega_ground"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.faults)


@pytest.fixture(scope="package")
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


@contextmanager
def running(ground: Ground, name: str, environment: dict[str, str]) -> Iterator[System]:
    """API and worker on a copy of the seeded database; what they measured is printed at the end."""
    cluster = ground.cluster
    cluster.sql(f"CREATE DATABASE {name} TEMPLATE {ground.template} OWNER siponcega")
    # A copied sequence believes that its next values are in the write-ahead log, where they are only
    # for the original: without a checkpoint a crash would hand them out twice.
    cluster.sql("CHECKPOINT")
    home = ground.home / name
    shutil.copytree(ground.home / "keys", home / "keys")
    shutil.copy(ground.home / "demo-logins.json", home)
    port = free_port()
    settings = make_settings(cluster.url(name), cluster.urls.redis, home).model_copy(
        update={"port": port, "public_url": f"http://127.0.0.1:{port}"}
    )
    system = System(settings, settings.public_url, read_logins(home), environment=environment)
    try:
        system.launch("worker")
        system.start("serve")
        yield system
    finally:
        system.stop()
    for what, seconds in system.facts.items():
        print(f"{what}: {seconds:.2f} s")


@pytest.fixture(scope="package")
def _system(ground: Ground) -> Iterator[System]:
    with running(ground, "faults", {}) as system:
        yield system


@pytest.fixture
def system(ground: Ground, _system: System) -> Iterator[System]:
    """The demo as it is started by `siponcega up`; whole again after each test."""
    _system.clean()
    yield _system
    ground.mend()
    _system.mend()


@pytest.fixture(scope="package")
def fake() -> Iterator[FakeTwilio]:
    """A Twilio that never was one; its lists stay from test to test."""
    with carrying() as fake:
        yield fake


@pytest.fixture(scope="package")
def _sending(ground: Ground, fake: FakeTwilio) -> Iterator[System]:
    with running(ground, "faults_sending", through(fake)) as system:
        system.sql("UPDATE run_card SET auto = false")
        yield system


@pytest.fixture
def sending(ground: Ground, _sending: System) -> Iterator[System]:
    """A system that sends through `fake`; nothing is dispatched by itself."""
    _sending.clean()
    yield _sending
    ground.mend()
    _sending.mend()
