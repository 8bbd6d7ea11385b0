"""Start-up, cold (an empty home) and warm, against the bare parts: initdb, the servers, one FastAPI."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure
from bench.world import REPO, World, free_port, wait_for, web
from siponcega.cluster import PrivateCluster


async def measure(world: World) -> list[Figure]:
    with web(world, "bench.apps:bare"):
        pass  # the first start compiles and fills the page cache
    began = time.perf_counter()
    with web(world, "bench.apps:bare"):
        bare_s = time.perf_counter() - began
    with TemporaryDirectory(prefix="siponcega-bench-", dir="/var/tmp") as folder:
        Path(folder).chmod(0o711)
        servers = [_servers(Path(folder) / "bare") for _ in range(2)]
        starts = [_up(Path(folder) / "ours") for _ in range(2)]
    names = ("start-up, empty home", "start-up, second")
    return [
        Figure(
            name, ours, "s", cluster_s + bare_s, "servers + bare FastAPI", target,
            lower_is_better=True,
        )
        for name, ours, cluster_s, target in zip(
            names, starts, servers, ("", "< 5 s"), strict=True
        )
    ]  # fmt: skip


def _servers(home: Path) -> float:
    home.mkdir(exist_ok=True)
    home.chmod(0o711)
    began = time.perf_counter()
    with PrivateCluster(home):
        return time.perf_counter() - began


def _up(home: Path) -> float:
    """Seconds of `siponcega up` until the pages answer; then it is ended as by Ctrl-C."""
    home.mkdir(exist_ok=True)
    port = free_port()
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("SIPONCEGA_")},
        "SIPONCEGA_HOME": str(home),
        "SIPONCEGA_DEMO_TRAFFIC": "0",
        "PORT": str(port),
    }
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "siponcega", "up"], cwd=REPO, env=environment,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port, 120)
        return time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
