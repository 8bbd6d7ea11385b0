"""What Twilio posts to us: its signature over the public address, and its form.

The signature covers the exact address Twilio was told to call, so it is checked against
`SIPONCEGA_PUBLIC_URL`, whatever a proxy made of host and scheme.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import ImmutableMultiDict
from starlette.requests import HTTPConnection, Request
from twilio.request_validator import (  # type: ignore[import-untyped]
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)

from core.phone import normalize
from core.privacy import same
from core.settings import Settings
from notifier.gateways.base import Channel, Incoming
from notifier.gateways.twilio import NAME, incoming_of

MAX_BODY = 65_536


class TwilioSignature:
    """Lets in who signs with our token and speaks for our account."""

    def __init__(self, settings: Settings) -> None:
        self._public_url = settings.public_url.rstrip("/")
        self._account = settings.twilio_account_sid
        self._token = settings.twilio_auth_token
        self._validator = RequestValidator(settings.twilio_auth_token)

    @property
    def protected(self) -> bool:
        return bool(self._token and self._account)

    async def __call__(self, conn: HTTPConnection) -> bool:
        if not self.protected or not isinstance(conn, Request):
            return False
        if int(conn.headers.get("content-length") or 0) > MAX_BODY:
            return False
        form = form_of(await conn.body())
        if form is None:
            return False
        query = f"?{conn.url.query}" if conn.url.query else ""
        signed = self._validator.validate(
            f"{self._public_url}{conn.url.path}{query}",
            form,
            conn.headers.get(SIGNATURE_HEADER, ""),
            get_signature_algorithm(conn.headers.get(SIGNATURE_SETTINGS_HEADER)),
        )
        return bool(signed) and same(str(form.get("AccountSid") or ""), self._account)


def form_of(body: bytes) -> ImmutableMultiDict[str, str] | None:
    """The fields of a posted form; None when the bytes are no form."""
    if len(body) > MAX_BODY:
        return None
    try:
        return ImmutableMultiDict(parse_qsl(body.decode(), keep_blank_values=True))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class StatusCall:
    """A status callback; `status` is Twilio's word."""

    provider_id: str
    status: str
    error_code: str | None


def status_of(body: bytes) -> StatusCall | None:
    """The callback in a form, or None when the fields are missing."""
    form: Mapping[str, str] = form_of(body) or {}
    sid = form.get("MessageSid") or form.get("SmsSid")
    status = form.get("MessageStatus") or form.get("SmsStatus")
    if not sid or not status:
        return None
    return StatusCall(sid, status, form.get("ErrorCode") or None)


def read_webhook(body: bytes) -> Incoming | None:
    """The inbound message in a form; None when it lacks its id."""
    form: Mapping[str, str] = form_of(body) or {}
    sid = form.get("MessageSid") or form.get("SmsSid")
    if not sid:
        return None
    sender = form.get("From", "")
    channel: Channel = "chat" if sender.startswith("whatsapp:") else "sms"
    return Incoming(
        gateway=NAME,
        provider_id=sid,
        channel=channel,
        sender=normalize(sender),
        text=form.get("Body", ""),
        raw=body,
        lon=_degrees(form.get("Longitude"), 180),
        lat=_degrees(form.get("Latitude"), 90),
    )


def read_listed(body: bytes) -> Incoming:
    """The inbound message in one item of Twilio's list (see reconciliation)."""
    item = json.loads(body)
    return incoming_of(item, "chat" if str(item.get("to", "")).startswith("whatsapp:") else "sms")


def _degrees(value: str | None, limit: float) -> float | None:
    try:
        number = float(value) if value else None
    except ValueError:
        return None
    return number if number is not None and -limit <= number <= limit else None
