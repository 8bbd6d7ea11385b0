"""Numbers behind messages of programs are forgotten when the limits on writing need them no more."""

from __future__ import annotations

from core.context import Context

KEEP_DAYS = 90
BATCH = 2_000

# The row stays for counting; the hash becomes one that belongs to nobody. The longest gap asked for
# counts, else a number could be written to again too soon.
FORGET = """
UPDATE message_recipient
SET phone_hash = sha256(convert_to(gen_random_uuid()::text, 'UTF8')), forgotten = true
WHERE id = ANY(ARRAY(
    SELECT recipient.id FROM message_recipient AS recipient
    JOIN message_request AS request ON request.id = recipient.request_id
    WHERE NOT recipient.forgotten
      AND recipient.claimed_at
          < clock_timestamp() - make_interval(days => greatest($1, request.min_gap_days))
      AND request.expires_at < clock_timestamp()
    LIMIT $2))
"""


async def step(context: Context) -> int:
    """Forget one batch; returns how many."""
    async with context.db.tx() as tx:
        return int((await tx.execute(FORGET, KEEP_DAYS, BATCH)).rpartition(" ")[2])
