"""Numbers and words of messages go when nobody needs them any more; what happened stays.

A delivery keeps its ids, codes and times for the timeline and the statistics of delivery.
"""

from __future__ import annotations

from core.context import Context

KEEP_WORDS_DAYS = 90
KEEP_RECEIPTS_DAYS = 90
BATCH = 2_000

# Final or long out of date: nobody will look it up or send it again.
FORGET_DELIVERIES = """
UPDATE delivery SET recipient_enc = NULL, recipient_hash = NULL, body_enc = NULL
WHERE id = ANY(ARRAY(
    SELECT id FROM delivery
    WHERE queued_at < clock_timestamp() - make_interval(days => $1)
      AND (recipient_enc IS NOT NULL OR body_enc IS NOT NULL)
    LIMIT $2))
"""
FORGET_INBOUND = """
UPDATE inbound_message SET raw_enc = NULL, sender_hash = NULL
WHERE id = ANY(ARRAY(
    SELECT id FROM inbound_message
    WHERE received_at < clock_timestamp() - make_interval(days => $1) AND handled_at IS NOT NULL
      AND (raw_enc IS NOT NULL OR sender_hash IS NOT NULL)
    LIMIT $2))
"""
DROP_RECEIPTS = """
DELETE FROM delivery_receipt WHERE id = ANY(ARRAY(
    SELECT id FROM delivery_receipt
    WHERE at < clock_timestamp() - make_interval(days => $1) LIMIT $2))
"""
DROP_SIMULATED = """
DELETE FROM simulator_message WHERE id = ANY(ARRAY(
    SELECT id FROM simulator_message
    WHERE at < clock_timestamp() - make_interval(days => $1) LIMIT $2))
"""

RULES = (
    (FORGET_DELIVERIES, KEEP_WORDS_DAYS),
    (FORGET_INBOUND, KEEP_WORDS_DAYS),
    (DROP_RECEIPTS, KEEP_RECEIPTS_DAYS),
    (DROP_SIMULATED, KEEP_WORDS_DAYS),
)


async def step(ctx: Context) -> int:
    """Forget what is due, in batches; returns how many rows were changed."""
    total = 0
    for statement, days in RULES:
        while changed := await _run(ctx, statement, days):
            total += changed
    return total


async def _run(ctx: Context, statement: str, days: int) -> int:
    async with ctx.db.tx() as tx:
        tag = await tx.execute(statement, days, BATCH)
    return int(tag.rpartition(" ")[2])
