"""`siponcega up` as a whole: started, hurt in every part, ended with Ctrl-C."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from tests.fixtures.server import ROOT, free_port

BACK_WITHIN_S = 30.0


@dataclass
class Running:
    process: subprocess.Popen[str]
    port: int
    home: Path

    def ready(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def children(self) -> dict[str, psutil.Process]:
        """The direct children by what they are."""
        found = {}
        for child in psutil.Process(self.process.pid).children():
            try:
                line = " ".join(child.cmdline())
            except psutil.NoSuchProcess:  # dead, not yet collected
                continue
            for name in ("redis", "postgres", "worker", "serve"):  # redis-server has "serve" in it
                if name in line.replace(str(self.home), ""):
                    found[name] = child
                    break
        return found

    def everybody(self) -> list[psutil.Process]:
        """Every process below the supervisor, at any depth."""
        return psutil.Process(self.process.pid).children(recursive=True)


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    home = Path(tempfile.mkdtemp(prefix="siponcega-up-", dir="/tmp"))
    home.chmod(0o711)
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SIPONCEGA_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "siponcega", "up", "--no-traffic", "--port", str(port)],
        cwd=ROOT,
        env={**environment, "SIPONCEGA_HOME": str(home)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    running = Running(process, port, home)
    try:
        wait_for(running.ready, 90, process)
        yield running
    finally:
        process.kill()
        process.communicate()
        shutil.rmtree(home, ignore_errors=True)


def wait_for(true: Callable[[], bool], seconds: float, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + seconds
    while not true():
        if process.poll() is not None:
            raise AssertionError(process.communicate()[1])
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)


@pytest.mark.parametrize("part", ["worker", "serve", "redis", "postgres"])
def test_each_part_comes_back_after_a_kill(running: Running, part: str) -> None:
    victim = running.children()[part]
    victim.kill()

    def back() -> bool:
        now = running.children().get(part)
        return now is not None and now.pid != victim.pid and running.ready()

    wait_for(back, BACK_WITHIN_S, running.process)


def test_a_second_one_in_the_same_home_is_told_who_is_first(running: Running) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "siponcega", "up", "--port", str(free_port())],
        cwd=ROOT,
        env={**os.environ, "SIPONCEGA_HOME": str(running.home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert f"process {running.process.pid}" in second.stderr


def test_a_taken_port_is_told_with_a_way_out(running: Running, tmp_path: Path) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "siponcega", "up", "--port", str(running.port)],
        cwd=ROOT,
        env={**os.environ, "SIPONCEGA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert f"port {running.port} is in use" in second.stderr
    assert "PORT=" in second.stderr


def test_commands_find_the_running_instance(running: Running) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "siponcega", "migrate", "--check"],
        cwd=ROOT,
        env={**os.environ, "SIPONCEGA_HOME": str(running.home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_ctrl_c_ends_every_process(running: Running) -> None:
    """Last in this module: it ends the instance."""
    everybody = running.everybody()
    assert len(everybody) >= 4
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(30) == 0
    assert not [one for one in everybody if one.is_running() and one.status() != "zombie"]
    assert not list((running.home / "cluster" / "run").glob("*.sock"))
