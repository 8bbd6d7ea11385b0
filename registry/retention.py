"""Numbers behind messages of programs are forgotten when the limits on writing need them no more."""

from __future__ import annotations

from core.context import Context
from core.db import Tx

BATCH = 2_000

# The longest gap asked for counts, else a number could be written to again too soon.
DUE = """
SELECT recipient.id FROM message_recipient AS recipient
JOIN message_request AS request ON request.id = recipient.request_id
WHERE NOT recipient.forgotten
  AND recipient.claimed_at
      < clock_timestamp() - make_interval(days => greatest($1, request.min_gap_days))
  AND request.expires_at < clock_timestamp()
"""

# The row stays for counting; the hash becomes one that belongs to nobody.
FORGET = f"""
UPDATE message_recipient
SET phone_hash = sha256(convert_to(gen_random_uuid()::text, 'UTF8')), forgotten = true
WHERE id = ANY(ARRAY({DUE} LIMIT $2))
"""


async def due(tx: Tx, days: int) -> int:
    """How many numbers are older than `days` and not needed."""
    count: int = await tx.fetchval(f"SELECT count(*) FROM ({DUE}) AS due", days)
    return count


async def forget(tx: Tx, days: int) -> int:
    """Forget one batch; returns how many."""
    return int((await tx.execute(FORGET, days, BATCH)).rpartition(" ")[2])


async def step(context: Context) -> int:
    """Forget one batch by the settings; returns how many."""
    async with context.db.tx() as tx:
        return await forget(tx, context.settings.message_days)
