"""Too many at once: consoles that never read, and more requests than connections."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import psutil
import pytest

from tests.faults import ledger
from tests.faults.console import desk_session, following, get_ticket, sign_in
from tests.faults.crowd import Crowd, reports, together
from tests.faults.system import System, holding, until
from tests.fixtures.server import free_port

SILENT = 50
LATE_S = 2.5
"""An event may be this late at a console that reads, on a loaded machine; a hub that waits for
one reader that does not is late by its whole patience."""

HANDSHAKE = (
    "GET /api/v1/stream?ticket={ticket} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\n"
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: Y29udG9oIGNvbnRvaCAxMg==\r\n\r\n"
)


def figure(system: System, name: str) -> float:
    text = httpx.get(f"{system.base_url}/metrics", timeout=10).text
    found = re.search(rf"^{name} (\S+)$", text, re.MULTILINE)
    assert found is not None, name
    return float(found[1])


@pytest.fixture
def silent_readers(system: System) -> Iterator[list[socket.socket]]:
    """Consoles with a small window that say hello and never read a byte."""

    async def tickets() -> list[str]:
        async with desk_session(system) as session:
            await sign_in(session, "supervisor", system.logins["supervisor"])
            found = [await get_ticket(session) for _ in range(SILENT)]
        return [ticket for ticket in found if ticket is not None]

    where = urlsplit(system.base_url)
    sockets = []
    for ticket in asyncio.run(tickets()):
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        one.connect((where.hostname, where.port))
        hello = HANDSHAKE.format(ticket=ticket, host=where.netloc, origin=system.base_url)
        one.sendall(hello.encode())
        sockets.append(one)
    yield sockets
    for one in sockets:
        one.close()


def test_fifty_consoles_that_never_read_slow_nobody(
    system: System, silent_readers: list[socket.socket]
) -> None:
    assert len(silent_readers) == SILENT
    api = psutil.Process(system.processes["serve"].pid)
    until(lambda: figure(system, "siponcega_stream_sockets") >= SILENT, "all fifty sit")
    before_mb = api.memory_info().rss >> 20
    with following(system, "operator") as (desk,):
        crowd = Crowd(system.base_url, reports(300)).start()
        crowd.finish()
        system.settle()
        desk.sees_exactly_the_log()
        late = sorted(seen.late_s for seen in desk.events)
        system.facts["late at a console beside 50 silent ones, median"] = late[len(late) // 2]
        system.facts["late at a console beside 50 silent ones, at most"] = late[-1]
        assert late[-1] < LATE_S
        until(lambda: figure(system, "siponcega_stream_cut") >= SILENT, "the fifty were cut off")
        assert desk.lost == 0
    assert (api.memory_info().rss >> 20) - before_mb < 150, "MiB kept for them"


def test_without_a_free_connection_reports_are_put_off_politely(system: System) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    small = System(
        system.settings.model_copy(update={"port": port, "public_url": url}),
        url,
        system.logins,
        environment={
            "SIPONCEGA_POOL_MIN": "1",
            "SIPONCEGA_POOL_MAX": "2",
            "SIPONCEGA_STATEMENT_TIMEOUT_MS": "1000",
        },
    )
    work = reports(30)
    try:
        small.start("serve")
        with holding(system, "LOCK TABLE contact IN ACCESS EXCLUSIVE MODE"):
            answers = together(url, work)
        assert {status for status, _ in answers} == {503}
        assert {answer["code"] for _, answer in answers} == {"unavailable"}
        Crowd(url, work).start().finish()
    finally:
        small.stop()
    system.settle()
    ledger.holds_once(system, work)
