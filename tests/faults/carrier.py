"""The fake Twilio of tests/notifier in a thread of its own, and a system that sends through it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import httpx
from twilio.request_validator import RequestValidator

from tests.faults.system import System
from tests.notifier import fake_twilio
from tests.notifier.fake_twilio import ACCOUNT, OURS, TOKEN, FakeTwilio

NEVER_S = 300.0
INBOUND, RECEIPTS = "/api/v1/inbound/twilio", "/api/v1/receipts/twilio"


@contextmanager
def carrying() -> Iterator[FakeTwilio]:
    """A running fake; its lists may be read and its faults written from the test's thread."""
    started = threading.Event()
    over = asyncio.Event()
    made: list[tuple[FakeTwilio, asyncio.AbstractEventLoop]] = []

    async def serve() -> None:
        async with fake_twilio.serving() as fake:
            made.append((fake, asyncio.get_running_loop()))
            started.set()
            await over.wait()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), name="twilio", daemon=True)
    thread.start()
    assert started.wait(10)
    fake, loop = made[0]
    try:
        yield fake
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)


def through(fake: FakeTwilio) -> dict[str, str]:
    """The environment that makes a system send through it."""
    return {
        "SIPONCEGA_GATEWAYS": "twilio",
        "SIPONCEGA_TWILIO_ACCOUNT_SID": ACCOUNT,
        "SIPONCEGA_TWILIO_AUTH_TOKEN": TOKEN,
        "SIPONCEGA_TWILIO_FROM": OURS,
        "SIPONCEGA_TWILIO_API_BASE": fake.base,
    }


def sent_to(fake: FakeTwilio, number: str) -> list[dict[str, Any]]:
    return [message for message in fake.outbound() if message["to"] == number]


def call(system: System, path: str, form: dict[str, str]) -> httpx.Response:
    """What Twilio posts to us, signed."""
    signature = RequestValidator(TOKEN).compute_signature(
        system.base_url + path, {"AccountSid": ACCOUNT} | form
    )
    return httpx.post(
        system.base_url + path,
        content=urlencode({"AccountSid": ACCOUNT} | form),
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": signature,
        },
        timeout=15,
    )
