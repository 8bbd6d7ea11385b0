"""Sending again is a new delivery with the same words; the old one keeps its truth."""

from __future__ import annotations

from datetime import datetime

from core.db import Row, Tx
from notifier import queue
from notifier.queue import Entry


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
