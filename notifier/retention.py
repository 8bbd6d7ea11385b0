"""Numbers and words of messages go when nobody needs them any more; what happened stays.

A delivery keeps its ids, codes and times for the timeline and the statistics of delivery. How long:
`message_days` of the settings.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.context import Context
from core.db import Tx

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Rule:
    """`due` selects ids that are older than $1 days; `change` says what becomes of them."""

    due: str
    change: str


RULES = (
    # Final or long out of date: nobody will look it up or send it again.
    Rule(
        "SELECT id FROM delivery WHERE queued_at < clock_timestamp() - make_interval(days => $1) "
        "AND (recipient_enc IS NOT NULL OR body_enc IS NOT NULL)",
        "UPDATE delivery SET recipient_enc = NULL, recipient_hash = NULL, body_enc = NULL",
    ),
    Rule(
        "SELECT id FROM inbound_message "
        "WHERE received_at < clock_timestamp() - make_interval(days => $1) "
        "AND handled_at IS NOT NULL AND (raw_enc IS NOT NULL OR sender_hash IS NOT NULL)",
        "UPDATE inbound_message SET raw_enc = NULL, sender_hash = NULL",
    ),
    Rule(
        "SELECT id FROM delivery_receipt WHERE at < clock_timestamp() - make_interval(days => $1)",
        "DELETE FROM delivery_receipt",
    ),
    Rule(
        "SELECT id FROM simulator_message WHERE at < clock_timestamp() - make_interval(days => $1)",
        "DELETE FROM simulator_message",
    ),
)


async def due(tx: Tx, days: int) -> int:
    """How many rows are older than `days` and still hold something."""
    counted = [await tx.fetchval(f"SELECT count(*) FROM ({r.due}) AS due", days) for r in RULES]
    return sum(counted)


async def forget(tx: Tx, days: int) -> int:
    """One batch of each kind; returns how many rows were changed."""
    tags = [
        await tx.execute(f"{r.change} WHERE id = ANY(ARRAY({r.due} LIMIT $2))", days, BATCH)
        for r in RULES
    ]
    return sum(int(tag.rpartition(" ")[2]) for tag in tags)


async def step(ctx: Context) -> int:
    """Forget what is due, in batches; returns how many rows were changed."""
    total = 0
    while True:
        async with ctx.db.tx() as tx:
            changed = await forget(tx, ctx.settings.message_days)
        if not changed:
            return total
        total += changed
