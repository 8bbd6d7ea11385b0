"""Twilio's Programmable Messaging over its HTTP API (2010-04-01): SMS out, WhatsApp both ways.

On aiohttp, because many sends are in flight at once; `SIPONCEGA_TWILIO_API_BASE` points it at
another server. Twilio has no idempotency key for creating a message: a time-out is `Unclear` and is
looked up in its list before anything is sent again.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

import aiohttp

from core.context import Context
from core.phone import normalize
from notifier.gateways.base import (
    Accepted,
    Channel,
    Found,
    GatewayDown,
    GatewayMisconfigured,
    Incoming,
    NotNow,
    Outcome,
    Outgoing,
    Refused,
    Unclear,
)

NAME = "twilio"
COUNTRY_PREFIX = "+62"
"""The allow-list: a city writes to Indonesian numbers only, whatever somebody typed."""
MAX_VALIDITY_S = 36_000
CONNECTIONS = 320
"""More than both lanes may have in flight, so that an offer never waits for a connection."""
PAGE_SIZE = 100
CLOCK_SKEW = timedelta(seconds=60)
BUSY = 429
UNAVAILABLE = 503

STATES: Mapping[str, str] = {
    "accepted": "sent",
    "scheduled": "sent",
    "queued": "sent",
    "sending": "sent",
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "failed",
    "failed": "failed",
    "canceled": "failed",
}
"""Twilio's word for a message's status → DELIVERY's. 'sent' there means: the carrier took it."""

# Certainly before the request left: nothing can have been accepted.
NOT_REACHED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class Twilio:
    """One account. Needs account sid, token and at least one sender."""

    name = NAME
    metered = True
    delivers = True

    def __init__(self, ctx: Context) -> None:
        settings = ctx.settings
        missing = [
            f"SIPONCEGA_{name.upper()}"
            for name in ("twilio_account_sid", "twilio_auth_token")
            if not getattr(settings, name)
        ]
        if not settings.twilio_from and not settings.twilio_whatsapp_from:
            missing.append("SIPONCEGA_TWILIO_FROM")
        if missing:
            raise GatewayMisconfigured(f"gateway twilio: {', '.join(missing)} not set")
        self._base = settings.twilio_api_base.rstrip("/")
        self._account = settings.twilio_account_sid
        self._authorization = aiohttp.encode_basic_auth(
            settings.twilio_account_sid, settings.twilio_auth_token
        )
        self._senders: dict[str, str] = {}
        if settings.twilio_from:
            self._senders["sms"] = settings.twilio_from
        if settings.twilio_whatsapp_from:
            self._senders["chat"] = _whatsapp(settings.twilio_whatsapp_from)
        self.channels = frozenset(self._senders)
        self._callback = settings.public_url.rstrip("/") + "/api/v1/receipts/twilio"
        self._session: aiohttp.ClientSession | None = None

    async def send(self, message: Outgoing) -> Outcome:
        if not message.to.startswith(COUNTRY_PREFIX):
            return Refused("not_on_allow_list")
        form = {
            "To": _address(message.channel, message.to),
            "From": self._senders[message.channel],
            "Body": message.body,
            "StatusCallback": f"{self._callback}?{urlencode({'d': message.delivery_id})}",
            "ValidityPeriod": str(min(max(message.life_s, 1), MAX_VALIDITY_S)),
        }
        try:
            async with self._http().post(self._url("Messages.json"), data=form) as response:
                return _outcome(response, await _json(response))
        except NOT_REACHED as error:
            return NotNow(type(error).__name__)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            return Unclear(type(error).__name__)

    async def lookup(
        self, message: Outgoing, since: datetime, provider_id: str | None, taken: frozenset[str]
    ) -> Found | None:
        if provider_id is not None:
            found = await self._get(self._url(f"Messages/{provider_id}.json"))
            return _found(found) if found else None
        to = _address(message.channel, message.to)
        # Not by DateSent: a message still queued at Twilio has none.
        async for item in self._list({"To": to}):
            made = _time(item.get("date_created"))
            if made is not None and made < since - CLOCK_SKEW:
                return None  # newest first: what follows is older still
            if (
                item.get("body") == message.body
                and item.get("from") == self._senders[message.channel]
                and str(item.get("direction", "")).startswith("outbound")
                and item.get("sid") not in taken
            ):
                return _found(item)
        return None

    async def inbound_since(self, since: datetime) -> AsyncIterator[Incoming]:
        for channel, ours in self._senders.items():
            query = {"To": ours, "DateSent>": (since - CLOCK_SKEW).strftime("%Y-%m-%d")}
            async for item in self._list(query):
                made = _time(item.get("date_created"))
                if made is not None and made < since - CLOCK_SKEW:
                    break
                if item.get("direction") == "inbound":
                    yield incoming_of(item, "chat" if channel == "chat" else "sms")

    async def check(self) -> str:
        account = await self._get(self._url("", suffix=".json"))
        if account is None:
            raise GatewayDown("the account does not exist")
        return f"akun {account.get('friendly_name', '?')}: {account.get('status', '?')}"

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers={"Authorization": self._authorization},
                timeout=aiohttp.ClientTimeout(total=9.5, sock_connect=4.0),
                connector=aiohttp.TCPConnector(limit=CONNECTIONS),
            )
        return self._session

    def _url(self, path: str, suffix: str = "") -> str:
        root = f"{self._base}/2010-04-01/Accounts/{self._account}{suffix}"
        return f"{root}/{path}" if path else root

    async def _list(self, query: Mapping[str, str]) -> AsyncIterator[dict[str, Any]]:
        """All messages of a query, page after page, newest first."""
        parameters = urlencode({**query, "PageSize": PAGE_SIZE})
        url: str | None = f"{self._url('Messages.json')}?{parameters}"
        while url:
            page = await self._get(url) or {}
            for item in page.get("messages", []):
                yield item
            following = page.get("next_page_uri")
            url = f"{self._base}{following}" if following else None

    async def _get(self, url: str) -> dict[str, Any] | None:
        try:
            async with self._http().get(url) as response:
                if response.status == 404:
                    return None
                body = await _json(response)
                if response.status != 200 or not isinstance(body, dict):
                    raise GatewayDown(f"HTTP {response.status}")
                return body
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise GatewayDown(type(error).__name__) from error


async def _json(response: aiohttp.ClientResponse) -> Any:
    try:
        return await response.json(content_type=None)
    except (ValueError, aiohttp.ContentTypeError):
        return None


def _outcome(response: aiohttp.ClientResponse, body: Any) -> Outcome:
    status = response.status
    answer = body if isinstance(body, dict) else {}
    if status in (200, 201) and answer.get("sid"):
        word = str(answer.get("status") or "accepted")
        if STATES.get(word) == "failed":
            return Refused(f"twilio:{answer.get('error_code') or word}")
        return Accepted(str(answer["sid"]), word)
    reason = f"twilio:{answer.get('code') or status}"
    if status in (BUSY, UNAVAILABLE):
        return NotNow(reason, _retry_after(response))
    if status in (401, 403):
        # Our account is not let in: the next gateway may be, and the message is not to blame.
        return NotNow(reason)
    if 400 <= status < 500:
        return Refused(reason)
    return Unclear(reason)


def _retry_after(response: aiohttp.ClientResponse) -> float | None:
    """Seconds, from either form that RFC 9110 allows."""
    value = response.headers.get("Retry-After")
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    at = _time(value)
    return max(0.0, (at - datetime.now(UTC)).total_seconds()) if at else None


def _found(item: Mapping[str, Any]) -> Found:
    word = str(item.get("status"))
    error = item.get("error_code")
    return Found(
        str(item["sid"]), word, STATES.get(word, "sent"), str(error) if error is not None else None
    )


def incoming_of(item: dict[str, Any], channel: Channel) -> Incoming:
    """A message of Twilio's list as one that came in."""
    return Incoming(
        gateway=NAME,
        provider_id=str(item["sid"]),
        channel=channel,
        sender=normalize(str(item.get("from") or "")),
        text=str(item.get("body") or ""),
        raw=json.dumps(item, ensure_ascii=False).encode(),
        sent_at=_time(item.get("date_created")),
    )


def _time(value: Any) -> datetime | None:
    """Twilio's RFC 2822 times."""
    try:
        return parsedate_to_datetime(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _address(channel: str, e164: str) -> str:
    return _whatsapp(e164) if channel == "chat" else e164


def _whatsapp(number: str) -> str:
    return number if number.startswith("whatsapp:") else f"whatsapp:{number}"
