"""A console that is connected, loses the link, and comes back with its cursor, as /konsol does."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp

from tests.faults.system import System, until

RETRY_S = 0.1
SILENT_S = 4.5
"""As console/static/konsol/stream.js: without a beat the link is taken for lost."""

SEEN_BY_DESK = """
SELECT position, kind FROM event
WHERE position > $1 AND audience IN ('staff', 'agencies', 'desk') ORDER BY position
"""
SEEN_BY_AGENCY = """
SELECT position, kind FROM event
WHERE position > $1
  AND (audience = 'staff' OR audience = 'agencies' AND $2::bigint = ANY(agencies))
ORDER BY position
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """An event frame; `late_s` from the row's time to its arrival here."""

    cursor: int
    kind: str
    late_s: float
    at: float


@dataclass(slots=True)
class Console:
    """Follows the stream in a thread of its own until `stop`."""

    system: System
    login: str
    events: list[Seen] = field(default_factory=list)
    snapshots: list[int] = field(default_factory=list)
    cursor: int | None = None
    lost: int = 0
    error: BaseException | None = None
    _thread: threading.Thread | None = None
    _ending: threading.Event = field(default_factory=threading.Event)

    def start(self) -> Console:
        self._thread = threading.Thread(target=self._run, name=f"console-{self.login}", daemon=True)
        self._thread.start()
        until(lambda: self.snapshots or self.error, "the console has its snapshot")
        if self.error is not None:
            raise self.error
        return self

    def stop(self) -> None:
        self._ending.set()
        assert self._thread is not None
        self._thread.join(15)
        assert not self._thread.is_alive()
        if self.error is not None:
            raise self.error

    def sees_exactly_the_log(self, agency_id: int | None = None) -> None:
        """Wait until it is at the head; then: nothing missing, nothing twice, in order."""
        head = self.system.value("SELECT position FROM event_head")
        until(lambda: self.error or (self.cursor or 0) >= head, "the console is at the head", 20)
        assert self.error is None, self.error
        assert len(self.snapshots) == 1, "it was replayed, not started anew"
        after = self.snapshots[0]
        rows = (
            self.system.sql(SEEN_BY_DESK, after)
            if agency_id is None
            else self.system.sql(SEEN_BY_AGENCY, after, agency_id)
        )
        wanted = [(row["position"], row["kind"]) for row in rows if row["position"] <= head]
        got = [(seen.cursor, seen.kind) for seen in list(self.events) if seen.cursor <= head]
        assert got == wanted

    def _run(self) -> None:
        try:
            asyncio.run(self._follow())
        except BaseException as error:  # noqa: BLE001 - raised again by `stop`
            self.error = error

    async def _follow(self) -> None:
        async with desk_session(self.system) as session:
            await sign_in(session, self.login, self.system.logins[self.login])
            while not self._ending.is_set():
                with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
                    await self._sit(session)
                if not self._ending.is_set():
                    self.lost += 1
                    await asyncio.sleep(RETRY_S)

    async def _sit(self, session: aiohttp.ClientSession) -> None:
        ticket = await get_ticket(session)
        if ticket is None:
            return
        query = {"ticket": ticket} | ({} if self.cursor is None else {"after": str(self.cursor)})
        async with session.ws_connect("/api/v1/stream", params=query, max_msg_size=0) as socket:
            while not self._ending.is_set():
                message = await socket.receive(timeout=SILENT_S)
                if message.type is not aiohttp.WSMsgType.TEXT:
                    return
                self._take(json.loads(message.data))

    def _take(self, frame: dict[str, Any]) -> None:
        if frame["t"] == "snapshot":
            self.snapshots.append(frame["cursor"])
        elif frame["t"] == "event":
            late_s = time.time() - datetime.fromisoformat(frame["at"]).timestamp()
            self.events.append(Seen(frame["cursor"], frame["kind"], late_s, time.monotonic()))
        if frame.get("cursor") is not None:
            self.cursor = frame["cursor"]


def desk_session(system: System) -> aiohttp.ClientSession:
    """A browser-like session; it keeps the cookie of an address, too."""
    return aiohttp.ClientSession(
        system.base_url,
        cookie_jar=aiohttp.CookieJar(unsafe=True),
        headers={"Origin": system.base_url},
        timeout=aiohttp.ClientTimeout(total=20),
        connector=aiohttp.TCPConnector(limit=0),
    )


async def sign_in(session: aiohttp.ClientSession, login: str, password: str) -> None:
    form = {"login": login, "password": password}
    async with session.post("/masuk", data=form, allow_redirects=False) as answer:
        assert answer.status == 303, await answer.text()


async def get_ticket(session: aiohttp.ClientSession) -> str | None:
    """None while the database recovers; being signed out would be a fault."""
    async with session.post("/api/v1/stream/ticket") as answer:
        assert answer.status in (200, 503), f"{answer.status}: {await answer.text()}"
        if answer.status == 503:
            return None
        ticket: str = (await answer.json())["ticket"]
        return ticket


@contextlib.contextmanager
def following(system: System, *logins: str):  # type: ignore[no-untyped-def]
    """Consoles of these log-ins, connected and with their snapshot."""
    consoles = [Console(system, login) for login in logins]
    try:
        for console in consoles:
            console.start()
        yield consoles
    finally:
        for console in consoles:
            console.stop()
