"""Messages that a program asks for: limits per person, and a link of their own.

A program knows no reporter. It writes a request and the event `request.message`; the notifier, which
knows the reporters, `claim`s each number before it writes, and offers answers to `registry.answers`.
Both stand here because consent, age and "not twice in 30 days" are questions about people.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from core.db import Tx
from core.events import append
from core.events.kinds import MessageRequest as RequestMessage
from core.privacy import Vault

Refusal = Literal["unknown", "expired", "already", "withdrawn", "no_consent", "minor", "too_soon"]

UNLESS = (
    "anonymous",
    "silent",
    "hidden",
    "domestic_violence",
    "sexual_violence",
    "deaths",
    "casualties_p1",
    "minor",
    "noise",
    "desk_entry",
)
"""Facts of an incident or of its report that can forbid a message; the notifier knows them."""

ADULT_AGE = 18
# Short enough for one SMS beside a long city address; the link only lets its owner answer a question.
TOKEN_BYTES = 12

CREATE = """
INSERT INTO message_request (program, purpose, incident_id, audience, template, params, unless,
                             needs_consent, answer_digits, answer_max, min_gap_days, expires_at)
VALUES ($1, $2, $3, 'reporters', $4, $5, $6, $7, $8, $9, $10,
        clock_timestamp() + make_interval(secs => $11))
ON CONFLICT (program, purpose, incident_id) DO NOTHING
RETURNING id
"""
GET = """
SELECT id, program, purpose, incident_id, audience, template, params, unless, needs_consent,
       answer_digits, min_gap_days, expires_at, expires_at <= clock_timestamp() AS expired
FROM message_request WHERE id = $1
"""
# Two incidents of one caller may close at once: the second waits here and then sees the first.
LOCK_NUMBER = "SELECT pg_advisory_xact_lock(hashtextextended(encode($1::bytea, 'hex'), 12))"
LAST_WRITTEN = """
SELECT recipient.request_id, request.purpose = $2 AS same_purpose,
       recipient.claimed_at > clock_timestamp() - make_interval(days => $3) AS recent
FROM message_recipient AS recipient
JOIN message_request AS request ON request.id = recipient.request_id
WHERE recipient.phone_hash = $1
"""
CONSENT = """
SELECT bool_or(consent.withdrawn_at IS NULL) AS given,
       bool_or(consent.withdrawn_at IS NOT NULL) AS withdrawn
FROM consent
LEFT JOIN resident_private AS private ON private.resident_id = consent.resident_id
WHERE consent.purpose = $2 AND (consent.phone_hash = $1 OR private.phone_hash = $1)
"""
BIRTH_DATES = """
SELECT birth_date_enc, clock_timestamp()::date AS today FROM resident_private
WHERE phone_hash = $1 AND birth_date_enc IS NOT NULL
"""
CLAIM = """
INSERT INTO message_recipient (request_id, phone_hash, token_hash) VALUES ($1, $2, $3) RETURNING id
"""
BY_LINK = """
SELECT recipient.id, request.program, request.purpose, request.incident_id,
       recipient.answered_at IS NOT NULL AS answered
FROM message_recipient AS recipient
JOIN message_request AS request ON request.id = recipient.request_id
WHERE recipient.token_hash = $1 AND request.expires_at > clock_timestamp()
"""


@dataclass(frozen=True, slots=True)
class MessageRequest:
    """What the notifier needs to know of a request. `unless` holds codes of `UNLESS`."""

    id: int
    program: str
    purpose: str
    incident_id: int | None
    audience: str
    template: str
    params: dict[str, Any]
    unless: tuple[str, ...]
    needs_consent: bool
    answer_digits: int
    min_gap_days: int
    expires_at: datetime
    expired: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """Leave to write to one number, or the reason why not."""

    ok: bool
    reason: Refusal | None = None
    recipient_id: int | None = None
    params: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who stands behind a link: a number without its digits."""

    id: int
    program: str
    purpose: str
    incident_id: int | None
    answered: bool


async def create(
    tx: Tx,
    *,
    program: str,
    purpose: str,
    template: str,
    incident_id: int,
    params: dict[str, Any],
    unless: tuple[str, ...] = (),
    needs_consent: bool = False,
    answer_digits: int = 0,
    answer_max: int = 9,
    min_gap_days: int = 0,
    expires_s: int = 3 * 86_400,
) -> int | None:
    """Ask for a message to the reporters of an incident, with its event; None: asked before."""
    unknown = set(unless) - set(UNLESS)
    if unknown:
        raise ValueError(f"unknown facts in unless: {sorted(unknown)}")
    request_id: int | None = await tx.fetchval(
        CREATE,
        program,
        purpose,
        incident_id,
        template,
        params,
        list(unless),
        needs_consent,
        answer_digits,
        answer_max,
        min_gap_days,
        float(expires_s),
    )
    if request_id is not None:
        await append(
            tx,
            "request.message",
            RequestMessage(
                program=program,
                template=template,
                incident_id=incident_id,
                subject_id=request_id,
                expires_s=expires_s,
            ),
            incident_id=incident_id,
            subject=("message_request", request_id),
        )
    return request_id


async def get(tx: Tx, request_id: int) -> MessageRequest | None:
    """The request behind a `request.message` event (its `subject_id`)."""
    row = await tx.fetchrow(GET, request_id)
    if row is None:
        return None
    fields = dict(row)
    fields["unless"] = tuple(fields["unless"])
    return MessageRequest(**fields)


async def claim(tx: Tx, vault: Vault, request_id: int, phone_hash: bytes) -> Claim:
    """Leave to write to this number once for this request, kept in the same transaction."""
    request = await get(tx, request_id)
    if request is None or request.expired:
        return Claim(False, "unknown" if request is None else "expired")
    await tx.execute(LOCK_NUMBER, phone_hash)
    reason = await _refusal(tx, vault, request, phone_hash)
    if reason is not None:
        return Claim(False, reason)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    recipient_id: int = await tx.fetchval(CLAIM, request_id, phone_hash, _token_hash(token))
    params = {
        name: value.replace("{token}", token) if isinstance(value, str) else value
        for name, value in request.params.items()
    }
    return Claim(True, None, recipient_id, params)


async def by_token(tx: Tx, token: str) -> Recipient | None:
    """Who a personal link belongs to; None when it is unknown or has expired."""
    row = await tx.fetchrow(BY_LINK, _token_hash(token))
    return Recipient(*row.values()) if row else None


async def _refusal(
    tx: Tx, vault: Vault, request: MessageRequest, phone_hash: bytes
) -> Refusal | None:
    for row in await tx.fetch(LAST_WRITTEN, phone_hash, request.purpose, request.min_gap_days):
        if row["request_id"] == request.id:
            return "already"
        if row["same_purpose"] and row["recent"]:
            return "too_soon"
    consent = await tx.fetchrow(CONSENT, phone_hash, request.purpose)
    given = bool(consent and consent["given"])
    # Consent once withdrawn and given again counts; a withdrawal alone forbids.
    if consent and consent["withdrawn"] and not given:
        return "withdrawn"
    if request.needs_consent and not given:
        return "no_consent"
    if "minor" in request.unless:
        for row in await tx.fetch(BIRTH_DATES, phone_hash):
            born = date.fromisoformat(vault.decrypt_text(row["birth_date_enc"]))
            if is_minor(born, row["today"]):
                return "minor"
    return None


def is_minor(born: date, today: date) -> bool:
    """Under 18 on that day. One born on 29 February comes of age on 1 March of a common year.

    >>> is_minor(date(2008, 2, 29), date(2026, 2, 28)), is_minor(date(2008, 2, 29), date(2026, 3, 1))
    (True, False)
    """
    return (today.year - born.year) - (
        (today.month, today.day) < (born.month, born.day)
    ) < ADULT_AGE


def _token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
