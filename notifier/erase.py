"""Forget a recipient by number: nothing that is still unsent goes out to them any more."""

from __future__ import annotations

from core.db import Tx
from core.machine import move
from notifier.states import DELIVERY

UNSENT = """
SELECT id, incident_id FROM delivery
WHERE recipient_hash = $1 AND state = 'queued' ORDER BY id FOR UPDATE
"""


async def forget_number(tx: Tx, phone_hash: bytes) -> int:
    """Cancel what waits for this number; the words themselves are found by core/erase.py."""
    rows = await tx.fetch(UNSENT, phone_hash)
    for row in rows:
        await move(
            tx, DELIVERY, row["id"], "cancelled", incident_id=row["incident_id"], reason="erased"
        )
    return len(rows)
