"""A console that was connected ends with exactly the event log of its class, whatever dies.

On real processes: the API is killed in the middle of posts, then the database's connections are.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
import uuid
from typing import Any

import asyncpg
import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.fixtures.server import Server

pytestmark = pytest.mark.slow

POSTS = 60


class DeskConsole(threading.Thread):
    """Follows the stream as the page does: ticket, cursor, again after every loss."""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self.server = server
        self.cursors: list[int] = []
        self.start_cursor: int | None = None
        self.cursor: int | None = None
        self.lost = 0
        self.done = threading.Event()
        self.web = server.client()
        self.web.post("/masuk", data={"login": "operator", "password": server.logins["operator"]})

    def run(self) -> None:
        while not self.done.is_set():
            try:
                self.follow()
            except (ConnectionClosed, OSError, httpx.HTTPError, TimeoutError):
                self.lost += 1
                time.sleep(0.1)
        self.web.close()

    def follow(self) -> None:
        ticket = self.web.post("/api/v1/stream/ticket").raise_for_status().json()["ticket"]
        host = self.server.base_url.removeprefix("http://")
        after = "" if self.cursor is None else f"&after={self.cursor}"
        url = f"ws://{host}/api/v1/stream?ticket={ticket}{after}"
        with connect(url, origin=self.server.base_url, compression=None, proxy=None) as socket:  # type: ignore[arg-type]
            while not self.done.is_set():
                self.take(json.loads(socket.recv(timeout=5)))

    def take(self, frame: dict[str, Any]) -> None:
        if frame["t"] == "event":
            self.cursors.append(frame["cursor"])
        if frame["t"] in ("event", "beat", "snapshot"):
            self.cursor = frame["cursor"]
            if self.start_cursor is None:
                self.start_cursor = frame["cursor"]


def post_until_kept(server: Server, number: int) -> None:
    """As a client does: the same key again until it is acknowledged."""
    body = {"type": "medical", "text": f"orang pingsan {number}", "lat": 3.32, "lon": 99.15}
    key = str(uuid.UUID(int=number + 1))
    while True:
        try:
            with server.client() as web:
                answer = web.post("/api/v1/reports", json=body, headers={"Idempotency-Key": key})
            if answer.status_code == 201:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)


def asked(server: Server, sql: str, *args: Any) -> list[Any]:
    async def once() -> list[Any]:
        connection = await asyncpg.connect(server.settings.database_url)
        try:
            return list(await connection.fetch(sql, *args))
        finally:
            await connection.close()

    return asyncio.run(once())


def test_nothing_is_missed_and_nothing_comes_twice(server: Server) -> None:
    console = DeskConsole(server)
    console.start()
    wait(lambda: console.start_cursor is not None)
    for number in range(POSTS):
        if number == POSTS // 3:
            server.kill("serve")
            server.start("serve")
        if number == 2 * POSTS // 3:
            asked(
                server,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
        post_until_kept(server, number)
    (unsealed,) = asked(server, "SELECT count(*) AS n FROM report")
    assert unsealed["n"] == POSTS
    settle = "SELECT 1 FROM event WHERE position IS NULL"
    wait(lambda: not asked(server, settle))
    head = asked(server, "SELECT position FROM event_head")[0]["position"]
    wait(lambda: (console.cursor or 0) >= head)
    console.done.set()
    expected = [
        row["position"]
        for row in asked(
            server,
            "SELECT position FROM event WHERE position > $1 AND position <= $2 "
            "AND audience <> 'internal' ORDER BY position",
            console.start_cursor,
            head,
        )
    ]
    got = [cursor for cursor in console.cursors if cursor <= head]
    assert got == expected
    assert console.lost >= 1, "the console must have lost its stream at least once"


def wait(condition: Any, timeout_s: float = 30) -> None:
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.1)
