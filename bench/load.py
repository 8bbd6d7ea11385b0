"""A load client of its own process: N keep-alive connections, each waits for its answer.

    python -m bench.load < job.json > result.json

job: {"host", "port", "path", "connections", "bodies": [...], "expect": 201}
result: {"seconds", "requests", "errors", "latencies_ms": [...], "answers": [...first few]}
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import deque
from typing import Any, cast

import uvloop


class Client(asyncio.Protocol):
    """One connection. Reads just enough HTTP/1.1 to know where an answer ends."""

    def __init__(self, job: dict[str, Any], work: deque[bytes], done: asyncio.Event) -> None:
        self.job, self.work, self.done = job, work, done
        self.head = (
            f"POST {job['path']} HTTP/1.1\r\nHost: {job['host']}:{job['port']}\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        ).encode()
        self.expect = b"HTTP/1.1 %d" % job["expect"]
        self.buffer = b""
        self.latencies: list[float] = []
        self.answers: list[str] = []
        self.errors = 0
        self.sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do not derive from asyncio's classes.
        self.transport = cast(asyncio.Transport, transport)
        self._next()

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self.buffer[:end].lower()
        at = head.find(b"content-length: ")
        length = int(head[at + 16 :].split(b"\r\n", 1)[0])
        if len(self.buffer) < end + 4 + length:
            return
        self.latencies.append((time.perf_counter() - self.sent_at) * 1000)
        if not self.buffer.startswith(self.expect):
            self.errors += 1
        if len(self.answers) < 3:
            self.answers.append(self.buffer[end + 4 : end + 4 + length].decode())
        self.buffer = b""
        self._next()

    def connection_lost(self, error: Exception | None) -> None:
        self.done.set()

    def _next(self) -> None:
        if not self.work:
            self.transport.close()
            return
        body = self.work.popleft()
        self.sent_at = time.perf_counter()
        self.transport.write(self.head + b"%d\r\n\r\n" % len(body) + body)


async def run(job: dict[str, Any]) -> dict[str, Any]:
    work = deque(body.encode() for body in job["bodies"])
    wanted = len(work)
    loop = asyncio.get_running_loop()
    clients: list[Client] = []
    ends: list[asyncio.Event] = []
    began = time.perf_counter()
    for _ in range(job["connections"]):
        done = asyncio.Event()
        _, client = await loop.create_connection(
            lambda done=done: Client(job, work, done),  # type: ignore[misc]
            job["host"],
            job["port"],
        )
        clients.append(client)
        ends.append(done)
    await asyncio.gather(*(done.wait() for done in ends))
    seconds = time.perf_counter() - began
    latencies = [ms for client in clients for ms in client.latencies]
    return {
        "seconds": seconds,
        "requests": len(latencies),
        "errors": sum(client.errors for client in clients) + wanted - len(latencies),
        "latencies_ms": latencies,
        "answers": [a for client in clients for a in client.answers][:3],
    }


if __name__ == "__main__":
    json.dump(uvloop.run(run(json.load(sys.stdin))), sys.stdout)
