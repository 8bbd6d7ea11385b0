"""Our Redis: a unix socket, a memory limit, nothing on disk. All it holds can be lost."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from siponcega.cluster.places import Places
from siponcega.cluster.process import ClusterError, spawn

MAX_MEMORY_MB = 128


def binary() -> Path:
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name)
        if found:
            return Path(found)
    raise ClusterError(
        "no redis-server on this machine: run scripts/bootstrap.sh, or set SIPONCEGA_REDIS_URL"
    )


def start(places: Places) -> subprocess.Popen[bytes]:
    places.redis_socket.unlink(missing_ok=True)
    options = {
        "port": "0",
        "unixsocket": str(places.redis_socket),
        "unixsocketperm": "700",
        "dir": str(places.redis),
        "save": "",
        "appendonly": "no",
        "maxmemory": f"{MAX_MEMORY_MB}mb",
        "maxmemory-policy": "allkeys-lru",
        "daemonize": "no",
        "logfile": "",
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    with (places.logs / "redis.log").open("ab") as log:
        return spawn(
            [binary(), *arguments],
            user=places.user,
            cwd=Path("/"),
            env={"PATH": os.environ.get("PATH", os.defpath)},
            log=log,
            death_signal=signal.SIGTERM,
        )


def is_ready(places: Places) -> bool:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
            link.settimeout(1)
            link.connect(str(places.redis_socket))
            link.sendall(b"PING\r\n")
            return link.recv(64).startswith(b"+PONG")
    except OSError:
        return False


def wait_ready(places: Places, process: subprocess.Popen[bytes], timeout_s: float = 15.0) -> None:
    end = time.monotonic() + timeout_s
    while not is_ready(places):
        if process.poll() is not None or time.monotonic() > end:
            raise ClusterError(f"Redis did not start; see {places.logs / 'redis.log'}")
        time.sleep(0.02)
