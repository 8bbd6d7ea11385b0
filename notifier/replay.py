"""Sending again is a new delivery with the same words; the old one keeps its truth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.db import Row, Tx
from core.errors import Conflict, NotFound
from notifier import queue
from notifier.queries import BY_ID
from notifier.queue import Entry

# Not "unknown": what may have been taken is looked up, never sent again by hand.
REPLAYABLE = frozenset({"failed", "expired", "cancelled"})
LIFE = timedelta(minutes=10)


async def again(tx: Tx, row: Row, *, expires_at: datetime) -> int | None:
    """Queue the words of `row` (a whole delivery) once more; None when that was done already.

    A delivery has one replay at most: pressing twice, or two processes at once, send one message.
    """
    made = await queue.put(
        tx,
        [
            Entry(
                template=row["template"],
                channel=row["channel"],
                lane=row["lane"],
                urgency=row["urgency"],
                recipient_enc=row["recipient_enc"],
                recipient_hash=row["recipient_hash"],
                body_enc=row["body_enc"],
                segments=row["segments"],
                dedupe_key=f"replay:{row['id']}",
                event_id=row["event_id"],
                request_event_id=row["request_event_id"],
                inbound_id=row["inbound_id"],
                incident_id=row["incident_id"],
                assignment_id=row["assignment_id"],
                report_id=row["report_id"],
                staff_id=row["staff_id"],
                replay_of=row["id"],
                expires_at=expires_at,
            )
        ],
    )
    return made[0] if made else None


async def by_hand(tx: Tx, delivery_id: int) -> int:
    """A person asks for it; the new delivery's id.

    Raises NotFound, or Conflict for one that may have got through, whose words are gone, or that was
    sent again before.
    """
    row = await tx.fetchrow(BY_ID, delivery_id)
    if row is None:
        raise NotFound
    if row["state"] not in REPLAYABLE:
        raise Conflict("Hanya pesan yang gagal, lewat waktu atau dibatalkan bisa dikirim ulang.")
    if row["recipient_enc"] is None or row["body_enc"] is None:
        raise Conflict("Nomor atau isi pesan ini sudah dihapus; buat pesan baru.")
    made = await again(tx, row, expires_at=datetime.now(UTC) + LIFE)
    if made is None:
        raise Conflict("Pesan ini sudah dikirim ulang.")
    return made
