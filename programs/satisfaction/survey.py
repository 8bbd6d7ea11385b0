"""Surveys in the making: services, periods, tickets, and the answers that come in."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date

import asyncpg

from core.db import Row, Tx
from core.errors import BadInput, Conflict, NotFound
from core.events import append
from programs.satisfaction.events import Published
from programs.satisfaction.form import Answers
from programs.satisfaction.formula import ELEMENTS
from programs.satisfaction.options import Options
from programs.satisfaction.results import live
from registry import answers as registry_answers
from registry import requests

TOKEN_BYTES = 16
MAX_TICKETS = 50

OPEN_PERIODS = """
SELECT period.id, period.starts_on, period.ends_on, service.code, service.name, service.id AS service_id,
       service.agency_id, period.example
FROM satisfaction_period AS period
JOIN satisfaction_service AS service ON service.id = period.service_id AND service.active
WHERE (clock_timestamp() AT TIME ZONE $1)::date BETWEEN period.starts_on AND period.ends_on
  AND ($2::text IS NULL OR service.code = $2)
ORDER BY service.name
"""
PERIOD = """
SELECT period.id, period.starts_on, period.ends_on, period.example, service.id AS service_id,
       service.code, service.name, service.agency_id, service.population
FROM satisfaction_period AS period
JOIN satisfaction_service AS service ON service.id = period.service_id
WHERE period.id = $1
"""
ALL_PERIODS = """
SELECT service.id AS service_id, service.code, service.name, service.agency_id, service.population,
       service.example, period.id AS period_id, period.starts_on, period.ends_on,
       (SELECT max(revision) FROM satisfaction_publication AS pub WHERE pub.period_id = period.id)
           AS revision
FROM satisfaction_service AS service
LEFT JOIN satisfaction_period AS period ON period.service_id = service.id
WHERE $1::bigint IS NULL OR service.agency_id = $1
ORDER BY service.name, period.starts_on DESC
"""
KEEP = """
INSERT INTO satisfaction_response (period_id, source, u1, u2, u3, u4, u5, u6, u7, u8, u9,
    sex, age_band, education, job, client_key, ticket_id, recipient_id, entered_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
ON CONFLICT DO NOTHING
RETURNING id
"""
TICKET = """
SELECT ticket.id, ticket.period_id, ticket.used_at, service.name, service.code,
       (clock_timestamp() AT TIME ZONE $2)::date BETWEEN period.starts_on AND period.ends_on
           AS open
FROM satisfaction_ticket AS ticket
JOIN satisfaction_period AS period ON period.id = ticket.period_id
JOIN satisfaction_service AS service ON service.id = period.service_id
WHERE ticket.token_hash = $1
"""
USE_TICKET = """
UPDATE satisfaction_ticket SET used_at = clock_timestamp() WHERE id = $1 AND used_at IS NULL
RETURNING id
"""
NEW_TICKET = "INSERT INTO satisfaction_ticket (period_id, token_hash, made_by) VALUES ($1, $2, $3)"
LOCK_PERIOD = "SELECT id FROM satisfaction_period WHERE id = $1 FOR UPDATE"
LAST_PUBLISHED = """
SELECT revision, respondents, totals FROM satisfaction_publication
WHERE period_id = $1 ORDER BY revision DESC LIMIT 1
"""
PUBLISH = """
INSERT INTO satisfaction_publication (period_id, revision, respondents, totals, ikm_hundredths,
                                      grade, reason, published_by, example)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id
"""
PLAN = """
INSERT INTO satisfaction_action (period_id, element, action, owner, due_on)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (period_id, element) DO UPDATE SET
    action = excluded.action, owner = excluded.owner, due_on = excluded.due_on,
    done_on = NULL, version = satisfaction_action.version + 1
"""
DONE = """
UPDATE satisfaction_action SET done_on = (clock_timestamp() AT TIME ZONE $3)::date,
       version = version + 1
WHERE period_id = $1 AND element = $2 AND done_on IS NULL
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """How an answer came: its source, and the ticket or SMS link that may be used once."""

    source: str
    ticket_id: int | None = None
    recipient_id: int | None = None


async def open_periods(tx: Tx, timezone: str, code: str | None = None) -> list[Row]:
    """Surveys that take answers today, of all services or of one."""
    return await tx.fetch(OPEN_PERIODS, timezone, code)


async def period_of(tx: Tx, period_id: int) -> Row:
    """A period with its service. Raises NotFound."""
    row = await tx.fetchrow(PERIOD, period_id)
    if row is None:
        raise NotFound
    return row


async def keep(tx: Tx, period_id: int, answers: Answers, origin: Origin) -> bool:
    """Keep one respondent's answers; False when this form, ticket or link answered before."""
    if answers.errors:
        raise BadInput("Sembilan jawaban belum lengkap.")
    if origin.ticket_id and await tx.fetchval(USE_TICKET, origin.ticket_id) is None:
        return False
    if origin.recipient_id:
        # Answering by link or by SMS digits first does not take away the other.
        await registry_answers.mark_answered(tx, origin.recipient_id)
    profile = answers.profile
    kept = await tx.fetchval(
        KEEP,
        period_id,
        origin.source,
        *answers.scores,
        profile.get("sex"),
        profile.get("age_band"),
        profile.get("education"),
        profile.get("job"),
        answers.client_key,
        origin.ticket_id,
        origin.recipient_id,
        tx.actor.account_id,
    )
    return kept is not None


async def find_ticket(tx: Tx, token: str, timezone: str) -> Row:
    """The ticket behind a printed link. Raises NotFound."""
    row = await tx.fetchrow(TICKET, _hash(token), timezone)
    if row is None:
        raise NotFound
    return row


async def find_recipient(tx: Tx, slug: str, token: str) -> requests.Recipient:
    """Who an SMS link belongs to. Raises NotFound when unknown, expired or another program's."""
    found = await requests.by_token(tx, token)
    if found is None or found.program != slug:
        raise NotFound
    return found


async def make_tickets(tx: Tx, period_id: int, count: int) -> list[str]:
    """Tokens of new tickets: shown once, kept only as hashes."""
    if not 1 <= count <= MAX_TICKETS:
        raise BadInput("Jumlah tiket antara 1 dan {most}.", most=MAX_TICKETS)
    tokens = [secrets.token_urlsafe(TOKEN_BYTES) for _ in range(count)]
    await tx.executemany(
        NEW_TICKET, [(period_id, _hash(token), tx.actor.account_id) for token in tokens]
    )
    return tokens


async def add_service(
    tx: Tx, code: str, name: str, agency_id: int | None, population: int | None
) -> int:
    """A service unit to survey. Raises Conflict when the code is taken."""
    try:
        async with tx.savepoint():
            service_id: int = await tx.fetchval(
                "INSERT INTO satisfaction_service (code, name, agency_id, population)"
                " VALUES ($1, $2, $3, $4) RETURNING id",
                code,
                name,
                agency_id,
                population,
            )
    except asyncpg.UniqueViolationError as error:
        raise Conflict("Kode layanan ini sudah dipakai.") from error
    return service_id


async def add_period(tx: Tx, service_id: int, starts_on: date, ends_on: date) -> int:
    """A survey from one day to another, both included."""
    if ends_on < starts_on:
        raise BadInput("Hari terakhir harus sesudah hari pertama.")
    try:
        async with tx.savepoint():
            period_id: int = await tx.fetchval(
                "INSERT INTO satisfaction_period (service_id, starts_on, ends_on)"
                " VALUES ($1, $2, $3) RETURNING id",
                service_id,
                starts_on,
                ends_on,
            )
    except asyncpg.ExclusionViolationError as error:
        raise Conflict("Layanan ini sudah punya survei pada hari-hari itu.") from error
    return period_id


async def publish(tx: Tx, period_id: int, wanted: Options, reason: str | None) -> int:
    """Publish what was found as the next revision; returns it. A correction needs its reason.

    Raises Conflict with too few respondents, or when nothing changed since the last revision.
    """
    period = await period_of(tx, period_id)
    await tx.execute(LOCK_PERIOD, period_id)
    found = await live(tx, period_id)
    if found.result is None or found.respondents < wanted.min_respondents:
        raise Conflict(
            "Baru {have} responden; hasil diterbitkan mulai {need} supaya tidak ada yang dikenali.",
            have=found.respondents,
            need=wanted.min_respondents,
        )
    last = await tx.fetchrow(LAST_PUBLISHED, period_id)
    if last and (last["respondents"], tuple(last["totals"])) == (found.respondents, found.totals):
        raise Conflict("Tidak ada yang berubah sejak revisi {revision}.", revision=last["revision"])
    if last and not reason:
        raise BadInput("Tulis alasan koreksi; alasan itu ikut diterbitkan.")
    revision = last["revision"] + 1 if last else 1
    hundredths = int(found.result.ikm.scaleb(2))
    publication_id = await tx.fetchval(
        PUBLISH,
        period_id,
        revision,
        found.respondents,
        list(found.totals),
        hundredths,
        found.result.grade.letter,
        reason,
        tx.actor.account_id,
        found.example or period["example"],
    )
    await append(
        tx,
        "satisfaction.published",
        Published(
            publication_id=publication_id,
            service_code=period["code"],
            period_id=period_id,
            revision=revision,
            ikm_hundredths=hundredths,
            grade=found.result.grade.letter,
        ),
        subject=("satisfaction_publication", publication_id),
    )
    return revision


async def plan(tx: Tx, period_id: int, element: str, action: str, owner: str, due_on: date) -> None:
    """What will be done about an element, by which office, by when. Replaces an earlier plan."""
    if element not in ELEMENTS:
        raise BadInput("Unsur tidak dikenal.")
    if not action.strip() or not owner.strip():
        raise BadInput("Isi tindakan dan penanggung jawabnya.")
    await tx.execute(PLAN, period_id, element, action.strip(), owner.strip(), due_on)


async def plan_done(tx: Tx, period_id: int, element: str, timezone: str) -> None:
    """The plan for an element has been carried out today."""
    await tx.execute(DONE, period_id, element, timezone)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
