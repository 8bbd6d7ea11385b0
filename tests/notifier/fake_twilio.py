"""A loopback Twilio that speaks its HTTP API (2010-04-01), with the faults of the real one.

Messages are kept as Twilio keeps them; a script of faults says what the next creations meet:
429 with Retry-After, 500, a refused body, a dropped connection, accepted and then silence.
"""

from __future__ import annotations

import asyncio
import base64
import secrets
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

ACCOUNT = "AC00000000000000000000000000000001"
TOKEN = "contoh-rahasia-twilio"
OURS = "+6281199000001"
OURS_CHAT = "whatsapp:+6281199000002"


@dataclass(frozen=True, slots=True)
class Fault:
    """`status` to answer with; `accept`: the message is taken all the same; `hang` seconds."""

    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    code: int | None = None
    accept: bool = False
    hang_s: float = 0.0
    drop: bool = False


@dataclass(slots=True)
class FakeTwilio:
    base: str = ""
    messages: list[dict[str, Any]] = field(default_factory=list)
    callbacks: dict[str, str] = field(default_factory=dict)
    faults: deque[Fault] = field(default_factory=deque)
    creations: int = 0
    in_flight: int = 0
    most_in_flight: int = 0
    busy_at: int = 64
    busy: asyncio.Event = field(default_factory=asyncio.Event)
    delay_s: float = 0.0
    lists_down: bool = False
    pages_served: int = 0

    def outbound(self) -> list[dict[str, Any]]:
        return [m for m in self.messages if m["direction"].startswith("outbound")]

    def bodies(self) -> list[str]:
        return [m["body"] for m in self.outbound()]

    def receive(self, sender: str, body: str, *, ago_s: float = 0, to: str = OURS) -> str:
        """A message that reached Twilio for us; whether we were told is another matter."""
        sid = "SM" + secrets.token_hex(16)
        made = datetime.now(UTC) - timedelta(seconds=ago_s)
        self._keep(sid, sender, to, body, "inbound", "received", made)
        return sid

    def _keep(
        self, sid: str, sender: str, to: str, body: str, direction: str, status: str, at: datetime
    ) -> dict[str, Any]:
        message = {
            "sid": sid,
            "account_sid": ACCOUNT,
            "from": sender,
            "to": to,
            "body": body,
            "direction": direction,
            "status": status,
            "error_code": None,
            "date_created": format_datetime(at),
            "date_sent": None if status == "queued" else format_datetime(at),
        }
        self.messages.append(message)
        return message

    async def create(self, request: web.Request) -> web.StreamResponse:
        self._authorise(request)
        self.creations += 1
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        if self.in_flight >= self.busy_at:
            self.busy.set()
        try:
            form = await request.post()
            fault = self.faults.popleft() if self.faults else None
            await asyncio.sleep(self.delay_s)
            if fault is not None and not fault.accept:
                return await self._fail(request, fault)
            sid = "SM" + secrets.token_hex(16)
            message = self._keep(
                sid,
                str(form["From"]),
                str(form["To"]),
                str(form["Body"]),
                "outbound-api",
                "queued",
                datetime.now(UTC),
            )
            self.callbacks[sid] = str(form.get("StatusCallback", ""))
            if fault is not None:
                return await self._fail(request, fault)
            return web.json_response(message, status=201)
        finally:
            self.in_flight -= 1

    async def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.hang_s:
            await asyncio.sleep(fault.hang_s)
        if fault.drop:
            assert request.transport is not None
            request.transport.abort()
        return web.json_response(
            {"code": fault.code, "message": "contoh", "status": fault.status},
            status=fault.status,
            headers=fault.headers,
        )

    async def listing(self, request: web.Request) -> web.StreamResponse:
        self._authorise(request)
        if self.lists_down:
            return web.json_response({"status": 503}, status=503)
        self.pages_served += 1
        query = request.query
        found = [m for m in self.messages if query.get("To") in (None, m["to"])]
        if since := query.get("DateSent>"):
            found = [m for m in found if m["date_sent"] and _day(m["date_sent"]) >= since]
        found.reverse()  # newest first
        size, page = int(query.get("PageSize", "50")), int(query.get("Page", "0"))
        shown = found[page * size : (page + 1) * size]
        following = None
        if (page + 1) * size < len(found):
            parameters = {**query, "Page": str(page + 1)}
            following = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json?{urlencode(parameters)}"
        return web.json_response({"messages": shown, "next_page_uri": following})

    async def one(self, request: web.Request) -> web.StreamResponse:
        self._authorise(request)
        for message in self.messages:
            if message["sid"] == request.match_info["sid"]:
                return web.json_response(message)
        return web.json_response({"status": 404}, status=404)

    async def account(self, request: web.Request) -> web.StreamResponse:
        self._authorise(request)
        return web.json_response({"friendly_name": "Contoh", "status": "active"})

    def _authorise(self, request: web.Request) -> None:
        expected = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {expected}":
            raise web.HTTPUnauthorized(text='{"code": 20003}', content_type="application/json")


def _day(value: str) -> str:
    return datetime.strptime(value, "%a, %d %b %Y %H:%M:%S %z").strftime("%Y-%m-%d")


@asynccontextmanager
async def serving() -> AsyncIterator[FakeTwilio]:
    """The fake on a free port of the loopback interface."""
    fake = FakeTwilio()
    app = web.Application()
    root = f"/2010-04-01/Accounts/{ACCOUNT}"
    app.router.add_post(f"{root}/Messages.json", fake.create)
    app.router.add_get(f"{root}/Messages.json", fake.listing)
    app.router.add_get(root + "/Messages/{sid}.json", fake.one)
    app.router.add_get(f"{root}.json", fake.account)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    fake.base = f"http://{host}:{port}"
    try:
        yield fake
    finally:
        await runner.cleanup()
