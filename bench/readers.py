"""A reading client of its own process: N sockets that count marked frames and note when each came.

    python -m bench.readers < job.json > result.json

job: {"host", "port", "upgrades": [path, …] | null (raw sockets), "sockets", "events", "marker"}
It prints "ready" on stderr when every socket is connected, then waits until each has seen `events`
marked frames. result: {"first": s, "last": s, "frames", "short": sockets that saw fewer}; times by
time.monotonic(), which all processes of a machine share; "at": when the n-th event was first seen.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import sys
import time
from typing import Any, cast

import uvloop

WAIT_S = 60.0


class Reader(asyncio.Protocol):
    def __init__(self, job: dict[str, Any], path: str | None, state: State) -> None:
        self.job, self.path, self.state = job, path, state
        self.marker = job["marker"].encode()
        self.seen = 0
        self.open = path is None
        self.tail = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        if self.path is None:
            self.state.opened()
            return
        host = f"{self.job['host']}:{self.job['port']}"
        key = base64.b64encode(os.urandom(16)).decode()
        self.transport.write(
            f"GET {self.path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        if not self.open:
            self.tail += data
            if b"\r\n\r\n" not in self.tail:
                return
            if b" 101 " not in self.tail[:20]:
                raise RuntimeError(self.tail[:200])
            self.open = True
            self.state.opened()
            data, self.tail = self.tail.split(b"\r\n\r\n", 1)[1], b""
        self.state.bytes += len(data)
        # A marker may be cut by the edge of a read: keep what could be its beginning.
        data = self.tail + data
        found = data.count(self.marker)
        self.tail = data[-(len(self.marker) - 1) :] if not data.endswith(self.marker) else b""
        if found:
            for _ in range(found):
                self.state.at.setdefault(self.seen, now)
                self.seen += 1
            self.state.frames += found
            self.state.last = now
            if self.seen >= self.job["events"]:
                self.state.finished(self)

    def connection_lost(self, error: Exception | None) -> None:
        self.state.finished(self)


class State:
    def __init__(self, sockets: int) -> None:
        self.sockets, self.connected, self.frames, self.last = sockets, 0, 0, 0.0
        self.bytes = 0
        self.at: dict[int, float] = {}
        self.done: set[Reader] = set()
        self.all_open, self.all_done = asyncio.Event(), asyncio.Event()

    def opened(self) -> None:
        self.connected += 1
        if self.connected == self.sockets:
            self.all_open.set()

    def finished(self, reader: Reader) -> None:
        self.done.add(reader)
        if len(self.done) == self.sockets:
            self.all_done.set()


async def run(job: dict[str, Any]) -> dict[str, Any]:
    state = State(job["sockets"])
    loop = asyncio.get_running_loop()
    readers: list[Reader] = []
    for number in range(job["sockets"]):
        path = job["upgrades"][number] if job["upgrades"] else None
        _, reader = await loop.create_connection(
            lambda path=path: Reader(job, path, state),  # type: ignore[misc]
            job["host"],
            job["port"],
        )
        readers.append(reader)
    await asyncio.wait_for(state.all_open.wait(), WAIT_S)
    state.bytes = 0
    print("ready", file=sys.stderr, flush=True)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(state.all_done.wait(), WAIT_S)
    return {
        "last": state.last,
        "frames": state.frames,
        "bytes": state.bytes,
        "short": sum(reader.seen < job["events"] for reader in readers),
        "at": [state.at.get(n) for n in range(job["events"])],
    }


if __name__ == "__main__":
    json.dump(uvloop.run(run(json.load(sys.stdin))), sys.stdout)
