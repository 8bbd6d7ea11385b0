"""What providers say about a message, in whatever order and however often they say it."""

from __future__ import annotations

from core.db import Tx
from notifier.metrics import RECEIPTS
from notifier.states import advance

FIND = """
SELECT id, provider_id FROM delivery WHERE gateway = $1 AND provider_id = $2 FOR UPDATE
"""

# Our own "sent" may not be written yet: then the address of the callback says which one it is.
FIND_BY_ID = """
SELECT id, provider_id FROM delivery
WHERE id = $1 AND gateway = $2 AND provider_id IS NULL AND state IN ('sending', 'unknown', 'sent')
FOR UPDATE
"""

NAME = "UPDATE delivery SET provider_id = $2 WHERE id = $1"

KEEP = """
INSERT INTO delivery_receipt (delivery_id, gateway, provider_id, status, error_code, applied)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (gateway, provider_id, status) DO NOTHING
"""


async def apply(
    tx: Tx,
    gateway: str,
    provider_id: str,
    status: str,
    state: str,
    *,
    delivery_id: int | None = None,
    error_code: str | None = None,
    source: str = "receipt",
) -> bool:
    """Take in one receipt; `status` is the provider's word, `state` DELIVERY's.

    Every receipt is kept once, also one that comes too late to matter. Returns whether it moved
    the delivery. A receipt for a message that is not ours is counted and passed over.
    """
    row = await tx.fetchrow(FIND, gateway, provider_id)
    if row is None and delivery_id is not None:
        row = await tx.fetchrow(FIND_BY_ID, delivery_id, gateway)
    if row is None:
        RECEIPTS.labels(gateway, "stranger").inc()
        return False
    if row["provider_id"] is None:
        await tx.execute(NAME, row["id"], provider_id)
    reason = f"{gateway}:{error_code or status}" if state == "failed" else None
    values = (
        {"provider_status": status, "reason": reason} if reason else {"provider_status": status}
    )
    moved = await advance(tx, row["id"], state, values=values, reason=reason, source=source)
    await tx.execute(KEEP, row["id"], gateway, provider_id, status, error_code, moved)
    RECEIPTS.labels(gateway, "moved" if moved else "known").inc()
    return moved
