"""The private cluster: where it lies, what it survives, what it leaves behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from siponcega.cluster import ClusterError, PrivateCluster, places, postgres, redis
from siponcega.cluster.places import LONGEST_SOCKET, SOCKET_PATH_MAX
from tests.fixtures.cluster import Servers

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that the servers' user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="siponcega-home-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def remove_outside(arranged: places.Places) -> None:
    for folder in (arranged.data, arranged.run):
        if folder.name.startswith("siponcega-"):
            shutil.rmtree(folder, ignore_errors=True)


async def test_postgis_is_really_there(cluster: Servers) -> None:
    connection = await asyncpg.connect(cluster.url("siponcega"))
    try:
        assert await connection.fetchval("SELECT postgis_version()")
        assert await connection.fetchval("SELECT ST_AsText(ST_MakePoint(99.16, 3.33))") == (
            "POINT(99.16 3.33)"
        )
        names = await connection.fetch("SELECT extname FROM pg_extension")
        assert {row["extname"] for row in names} >= set(postgres.EXTENSIONS)
        assert not await connection.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = USER")
    finally:
        await connection.close()


def test_no_port_is_opened_and_no_statement_is_logged(cluster: Servers) -> None:
    assert cluster.owned is not None
    assert cluster.owned.sql("SHOW listen_addresses") == ""
    with pytest.raises(ClusterError):
        cluster.owned.sql("SELECT 1/0 AS nomor_081234567890")
    assert "081234567890" not in (cluster.owned.places.logs / "postgres.log").read_text()


def test_durable_unless_told_otherwise(home: Path) -> None:
    chosen = postgres.settings(places.arrange(home), durable=True)
    assert {chosen[name] for name in ("fsync", "synchronous_commit", "full_page_writes")} == {"on"}


def test_a_long_path_gets_a_short_place_for_its_sockets(home: Path) -> None:
    deep = home / ("x" * 60) / ("y" * 60)
    deep.mkdir(parents=True)
    arranged = places.arrange(deep)
    try:
        assert len(os.fsencode(arranged.run / LONGEST_SOCKET)) <= SOCKET_PATH_MAX
        assert arranged.data.is_relative_to(deep), "the data stay at home"
        assert arranged.run.stat().st_mode & 0o777 == 0o700
        other = places.arrange(home / ("x" * 60) / ("z" * 60))
        assert other.run != arranged.run
        remove_outside(other)
    finally:
        remove_outside(arranged)


@as_root
def test_a_home_closed_to_the_servers_gets_a_place_outside(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    arranged = places.arrange(closed / "inner")
    try:
        assert not arranged.data.is_relative_to(closed)
        assert arranged.data.owner() == arranged.user != "root"
        assert "/tmp" not in str(arranged.data), "temporary folders are swept"
        assert str(arranged.data) in (closed / "inner" / "places.json").read_text()
        (arranged.data / "old").touch()
        assert (places.arrange(closed / "inner").data / "old").exists()
        # The clone is removed and made again: its keys are new, so the old data is put aside.
        shutil.rmtree(closed / "inner")
        assert not (places.arrange(closed / "inner").data / "old").exists()
        for left in arranged.data.parent.glob(f"{arranged.data.name}.left-*"):
            assert (left / "old").exists()
            shutil.rmtree(left)
    finally:
        remove_outside(arranged)


@as_root
def test_a_folder_that_somebody_else_put_there_is_refused(home: Path) -> None:
    inside = home / "cluster"
    (home / "elsewhere").mkdir()
    inside.symlink_to(home / "elsewhere")
    with pytest.raises(ClusterError, match="belongs to somebody else"):
        places.arrange(home)


def test_killed_servers_come_back_with_what_was_committed(home: Path) -> None:
    with PrivateCluster(home) as ours:
        assert ours.postgres is not None
        ours.sql("CREATE TABLE kept AS SELECT 41 + 1 AS answer", "siponcega")
        ours.postgres.send_signal(signal.SIGKILL)
        ours.postgres.wait(5)
        ours.start_postgres()
        assert ours.sql("SELECT answer FROM kept", "siponcega") == "42"
        assert ours.redis is not None
        ours.redis.send_signal(signal.SIGKILL)
        ours.redis.wait(5)
        ours.start_redis()
        assert redis.is_ready(ours.places)


def test_a_dead_pid_now_worn_by_a_stranger_does_not_stop_the_start(home: Path) -> None:
    with PrivateCluster(home, with_redis=False) as ours:
        assert ours.postgres is not None
        ours.postgres.send_signal(signal.SIGKILL)
        ours.postgres.wait(5)
        stranger = subprocess.Popen(["sleep", "60"])
        try:
            file = ours.places.postgres / "postmaster.pid"
            _, _, rest = file.read_text().partition("\n")
            file.write_text(f"{stranger.pid}\n{rest}")
            ours.start_postgres()
            assert stranger.poll() is None, "the stranger is left alone"
        finally:
            stranger.kill()
            stranger.wait()


def test_a_first_start_that_was_cut_short_begins_again(home: Path) -> None:
    arranged = places.arrange(home)
    half = arranged.postgres
    half.mkdir(mode=0o700)
    (half / "PG_VERSION").write_text("15\n")
    if arranged.user:
        shutil.chown(half, arranged.user)
    with PrivateCluster(home, with_redis=False) as ours:
        assert ours.sql("SELECT 1") == "1"


def test_one_home_has_one_supervisor(home: Path) -> None:
    with (
        PrivateCluster(home, with_postgres=False),
        pytest.raises(ClusterError, match=f"process {os.getpid()}"),
    ):
        PrivateCluster(home, with_postgres=False).start()
    with PrivateCluster(home, with_postgres=False):
        pass  # free again


def test_servers_do_not_outlive_a_killed_supervisor(home: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path\n"
        "from siponcega.cluster import PrivateCluster\n"
        "with PrivateCluster(Path(sys.argv[1])) as c:\n"
        "    print(c.postgres.pid, c.redis.pid, flush=True); time.sleep(60)\n"
    )
    command = [sys.executable, "-c", code, str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        pids = [int(word) for word in supervisor.stdout.readline().split()]
        assert len(pids) == 2
        supervisor.kill()
    end = time.monotonic() + 10
    while any(is_alive(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.05)
    assert not [pid for pid in pids if is_alive(pid)]
    with PrivateCluster(home) as again:
        assert again.sql("SELECT 1") == "1"


def is_alive(pid: int) -> bool:
    """A zombie that nobody collects is dead."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
