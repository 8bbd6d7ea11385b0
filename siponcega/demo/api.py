"""The running demo as the robots reach it: its real HTTP API, on this machine, in demo mode only.

A request that meets a restarting server is repeated with the same idempotency key, so that it counts
once. Nothing here touches the database.
"""

from __future__ import annotations

import asyncio
import json
import random
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from core.settings import Settings

AGAIN_S = 1.0
AWAY_S = 120.0
TIMEOUT = aiohttp.ClientTimeout(total=20)
# Addresses for documentation (RFC 5737): every caller has one, as in life, or all would share the
# limits of this machine's.
ADDRESSES = ("192.0.2", "198.51.100", "203.0.113")


class NotADemo(RuntimeError):
    """The robots play in a demo on this machine and nowhere else; the message says what to do."""


class Api:
    """One client session. `account`: signed in at the desk by the demo's own log-in."""

    def __init__(self, settings: Settings, session: aiohttp.ClientSession) -> None:
        self.base = f"http://127.0.0.1:{settings.port}"
        self._settings = settings
        self._session = session
        self._rng = random.Random()

    async def ready(self, within_s: float = 60.0) -> None:
        """Wait for the instance. Raises NotADemo when none answers, or it is no demo."""
        end = asyncio.get_running_loop().time() + within_s
        while True:
            try:
                async with self._session.get(f"{self.base}/readyz") as answer:
                    if answer.status == 200:
                        break
            except (aiohttp.ClientError, TimeoutError):
                pass
            if asyncio.get_running_loop().time() > end:
                raise NotADemo(
                    f"nothing answers at {self.base}; start it with `siponcega up` "
                    "(another port: --port)"
                )
            await asyncio.sleep(AGAIN_S)
        if await self.get("/api/v1/simulator/handsets?q=-") is None:
            raise NotADemo(f"{self.base} has no simulated telephones: it is not a demo")

    async def report(self, body: Mapping[str, Any]) -> dict[str, Any] | None:
        """POST /api/v1/reports, as from a phone of its own; the answer, or None when refused."""
        address = f"{self._rng.choice(ADDRESSES)}.{self._rng.randint(1, 254)}"
        return await self._send("POST", "/api/v1/reports", body, {"X-Forwarded-For": address})

    async def sms(self, sender: str, text: str) -> dict[str, Any] | None:
        return await self._send("POST", "/api/v1/inbound/simulator", {"from": sender, "text": text})

    async def call(self, event: str, call_id: str, phone: str) -> int | None:
        """What the telephone exchange tells; the contact's id."""
        secret = self._settings.inbound_phone_secret
        said = await self._send(
            "POST",
            "/api/v1/inbound/phone",
            {"event": event, "call_id": call_id, "phone": phone, "line": "112"},
            {"X-Siponcega-Secret": secret} if secret else {},
        )
        return None if said is None else int(said["contact_id"])

    async def get(self, path: str) -> dict[str, Any] | None:
        return await self._send("GET", path, None)

    async def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any] | None:
        return await self._send("POST", path, body)

    async def sign_in(self, login: str) -> None:
        """At the desk, by the log-in that the seed wrote. Raises NotADemo when it has none."""
        form = {"login": login, "password": password_of(self._settings.home, login)}
        async with self._session.post(
            f"{self.base}/masuk", data=form, headers={"Origin": self.base}, allow_redirects=False
        ) as answer:
            if answer.status != 303:
                raise NotADemo(f"{self.base} does not know the demo's log-in {login}")

    async def _send(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        headers: Mapping[str, str] | None = None,
    ) -> dict[str, Any] | None:
        """The JSON answer; None for a refusal (4xx). Waits for a server that is away."""
        sent = {"Origin": self.base, "Idempotency-Key": str(uuid.uuid4()), **(headers or {})}
        end = asyncio.get_running_loop().time() + AWAY_S
        while True:
            try:
                async with self._session.request(
                    method, self.base + path, json=body, headers=sent
                ) as answer:
                    if answer.status < 400:
                        return {} if answer.status == 204 else dict(await answer.json())
                    if answer.status < 500:
                        return None
            except (aiohttp.ClientError, TimeoutError):
                pass
            if asyncio.get_running_loop().time() > end:
                raise NotADemo(f"{self.base} has been away for {AWAY_S:.0f} s")
            await asyncio.sleep(AGAIN_S)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Api]:
    """A client of the running demo. Raises NotADemo in production."""
    if not settings.demo:
        raise NotADemo("example traffic is for a demo; this instance is in production mode")
    jar = aiohttp.CookieJar(unsafe=True)  # the cookies of an address without a name
    async with aiohttp.ClientSession(timeout=TIMEOUT, cookie_jar=jar) as session:
        yield Api(settings, session)


def password_of(home: Path, login: str) -> str:
    """Raises NotADemo when the seed has not written it."""
    file = home / "demo-logins.json"
    rows = json.loads(file.read_text("utf-8")) if file.exists() else []
    for row in rows:
        if row["login"] == login:
            return str(row["password"])
    raise NotADemo(f"no log-in {login} in {file}; run `siponcega seed`")
