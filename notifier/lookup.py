"""Finding out what became of messages whose fate is unclear, before anything is sent again.

`unknown` is looked up twice, because a provider may list a message a moment late. Found: it takes
the state the provider says. Not found: it was never taken, so it failed, and the same words go out
as a new delivery while they are still worth it. A message that was sent but never confirmed is
asked about too: its receipt may have come while we were down.
"""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from core.context import Context
from core.db import Row, Tx
from notifier import receipts
from notifier.gateways.base import Gateway, GatewayDown, Outgoing
from notifier.replay import again
from notifier.sealed import opened
from notifier.sender import BELL
from notifier.states import advance

log = structlog.get_logger(__name__)

SURE_AFTER = 2
"""Look-ups that must agree that the provider does not have it."""
LEASE_S = 30.0
AGAIN_S = 5.0
PROVIDER_DOWN_WAIT_S = 15.0
UNCONFIRMED_AFTER_S = 120.0
MAX_ASKS = 6
BATCH = 20

DUE = """
UPDATE delivery SET
    lookups = lookups + 1, lookup_at = clock_timestamp() + make_interval(secs => $2)
WHERE id = ANY(ARRAY(
    SELECT id FROM delivery
    WHERE gateway = ANY($1::text[])
      AND (state = 'unknown' AND lookup_at <= clock_timestamp()
        OR state = 'sent' AND sent_at < clock_timestamp() - make_interval(secs => $4)
           AND provider_id IS NOT NULL AND lookups < $5
           AND (lookup_at IS NULL OR lookup_at <= clock_timestamp()))
    ORDER BY (state = 'unknown') DESC, (lane = 'life') DESC, id
    LIMIT $3 FOR UPDATE SKIP LOCKED))
RETURNING *, expires_at > clock_timestamp() AS still_due
"""

# Equal words to one number are told apart by what other deliveries already own.
TAKEN = """
SELECT provider_id FROM delivery
WHERE recipient_hash = $1 AND gateway = $2 AND provider_id IS NOT NULL AND id <> $3
"""

PUT_OFF = """
UPDATE delivery SET lookup_at = clock_timestamp() + make_interval(secs => $2)
WHERE id = $1 AND state IN ('unknown', 'sent')
"""


async def step(ctx: Context, gateways: Mapping[str, Gateway]) -> int:
    """Ask about what is due, between transactions; returns how many were asked about."""
    async with ctx.db.tx() as tx:
        rows = await tx.fetch(DUE, list(gateways), LEASE_S, BATCH, UNCONFIRMED_AFTER_S, MAX_ASKS)
    for row in rows:
        async with ctx.db.read() as tx:
            found = await tx.fetch(TAKEN, row["recipient_hash"], row["gateway"], row["id"])
        taken = frozenset(other["provider_id"] for other in found)
        await _ask(ctx, gateways[row["gateway"]], row, taken)
    return len(rows)


async def _ask(ctx: Context, gateway: Gateway, row: Row, taken: frozenset[str]) -> None:
    message = Outgoing(
        delivery_id=row["id"],
        channel=row["channel"],
        # Erased meanwhile: nothing will be found, and nothing can be sent again.
        to=opened(ctx.vault, row["recipient_enc"]) or "",
        body=opened(ctx.vault, row["body_enc"]) or "",
        life_s=1,
    )
    try:
        found = await gateway.lookup(message, row["sending_at"], row["provider_id"], taken)
    except GatewayDown as error:
        log.info("lookup_failed", delivery_id=row["id"], gateway=gateway.name, error=str(error))
        async with ctx.db.tx() as tx:
            # A question without an answer is no look-up: it must not count towards being sure.
            await tx.execute(PUT_OFF, row["id"], PROVIDER_DOWN_WAIT_S)
            await tx.execute("UPDATE delivery SET lookups = lookups - 1 WHERE id = $1", row["id"])
        return
    async with ctx.db.tx() as tx:
        if found is not None:
            await receipts.apply(
                tx,
                gateway.name,
                found.provider_id,
                found.status,
                found.state,
                delivery_id=row["id"],
                error_code=found.error_code,
                source="lookup",
            )
        elif row["state"] == "unknown":
            await _not_there(ctx, tx, row)


async def _not_there(ctx: Context, tx: Tx, row: Row) -> None:
    if row["lookups"] < SURE_AFTER:
        await tx.execute(PUT_OFF, row["id"], AGAIN_S)
        return
    values = {"reason": "never_taken"}
    failed = await advance(
        tx, row["id"], "failed", values=values, reason="never_taken", source="lookup"
    )
    readable = row["recipient_enc"] and row["body_enc"]
    if (
        failed
        and readable
        and row["still_due"]
        and await again(tx, row, expires_at=row["expires_at"])
    ):
        tx.after_commit(lambda: ctx.bell.ring(BELL))
