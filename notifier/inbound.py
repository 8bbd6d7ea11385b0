"""What comes in is kept first, in a transaction of its own; understanding it comes after.

Keeping is idempotent by the provider's id, so a provider may tell us as often as it likes and the
reconciliation may list what was told already. What could not be handled is tried again by the
worker, and in the end shown to people as unreadable: never dropped (invariants 1, 2).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import structlog

from core.actor import Actor
from core.context import Context
from core.db import DOWN, Row
from core.errors import Unavailable
from dispatch.intake import Intake
from notifier.conversations import Conversations
from notifier.gateways.base import Incoming
from notifier.gateways.twilio_webhook import read_listed, read_webhook
from notifier.metrics import INBOUND
from notifier.simulated import read_simulated

log = structlog.get_logger(__name__)

KEEP = """
INSERT INTO inbound_message (gateway, provider_id, channel, source, raw_enc, sender_hash, sent_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (gateway, provider_id) DO NOTHING
RETURNING id
"""

CLAIM = """
UPDATE inbound_message SET
    attempts = attempts + 1, retry_at = clock_timestamp() + make_interval(secs => $2)
WHERE id = $1 AND handled_at IS NULL AND raw_enc IS NOT NULL
  AND ($3 OR retry_at <= clock_timestamp())
RETURNING id, gateway, provider_id, channel, source, raw_enc, attempts
"""

WAITING = """
SELECT id FROM inbound_message
WHERE handled_at IS NULL AND retry_at <= clock_timestamp() ORDER BY id LIMIT 50
"""

FAILED = """
UPDATE inbound_message SET error = $2,
    retry_at = clock_timestamp() + make_interval(secs => least(300, 2 ^ attempts))
WHERE id = $1 AND handled_at IS NULL
"""

UNREADABLE = """
UPDATE inbound_message SET
    handled_at = clock_timestamp(), outcome = 'unreadable', contact_id = $2, raw_enc = NULL
WHERE id = $1 AND handled_at IS NULL
"""

LEASE_S = 10.0
"""How long a message waits whose handling broke off with the database; handling twice is harmless."""
SHOW_AFTER = 5
"""Attempts after which people get to see the bytes."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The row of an inbound message; `new` is False when it was known already."""

    id: int | None
    new: bool


async def keep(ctx: Context, incoming: Incoming, source: str) -> Kept:
    """Store the bytes verbatim, encrypted; committed when this returns. Raises Unavailable."""
    vault = ctx.vault
    async with ctx.db.tx(Actor("gateway", name=incoming.gateway)) as tx:
        inbound_id = await tx.fetchval(
            KEEP,
            incoming.gateway,
            incoming.provider_id,
            incoming.channel,
            source,
            vault.encrypt(incoming.raw),
            vault.phone_hash(incoming.sender) if incoming.sender else None,
            incoming.sent_at,
        )
    new = inbound_id is not None
    INBOUND.labels(incoming.gateway, source, "new" if new else "known").inc()
    return Kept(inbound_id, new)


async def receive(ctx: Context, intake: Intake, incoming: Incoming, source: str) -> Kept:
    """Keep a message and handle it at once. Raises Unavailable only if it could not be kept."""
    kept = await keep(ctx, incoming, source)
    if kept.id is not None:
        await handle(ctx, intake, kept.id, first=True)
    return kept


async def handle(ctx: Context, intake: Intake, inbound_id: int, *, first: bool = False) -> bool:
    """Understand one kept message; whether it is done. A failure is noted and tried again."""
    try:
        async with ctx.db.tx() as tx:
            row = await tx.fetchrow(CLAIM, inbound_id, LEASE_S, first)
        if row is None:
            return False
        incoming = read(ctx, row)
        if incoming is None or row["attempts"] > SHOW_AFTER:
            await _show(ctx, intake, row)
        else:
            await Conversations(ctx, intake).handle(inbound_id, incoming)
    except (*DOWN, Unavailable):
        log.warning("inbound_waits_for_database", inbound_id=inbound_id)
        return False
    except Exception as error:
        log.exception("inbound_failed", inbound_id=inbound_id)
        async with ctx.db.tx() as tx:
            await tx.execute(FAILED, inbound_id, type(error).__name__)
        return False
    return True


async def sweep(ctx: Context, intake: Intake) -> int:
    """Handle what is waiting; returns how many were handled."""
    async with ctx.db.read() as tx:
        rows = await tx.fetch(WAITING)
    return sum([await handle(ctx, intake, row["id"]) for row in rows])


def read(ctx: Context, row: Row) -> Incoming | None:
    """A kept message as it was; None when its bytes cannot be read."""
    raw = ctx.vault.decrypt(row["raw_enc"])
    if row["gateway"] == "simulator":
        return read_simulated(raw)
    incoming = read_listed(raw) if row["source"] == "reconcile" else read_webhook(raw)
    # A form without an id was kept under a name of our own.
    return replace(incoming, provider_id=row["provider_id"]) if incoming else None


async def _show(ctx: Context, intake: Intake, row: Row) -> None:
    raw = ctx.vault.decrypt(row["raw_enc"])
    contact_id = await intake.keep_unreadable(row["channel"], raw, gateway=row["gateway"])
    async with ctx.db.tx() as tx:
        await tx.execute(UNREADABLE, row["id"], contact_id)
