"""Reading what is sensitive is itself a fact of the hash-chained log (invariant 9).

The reader is the transaction's actor. The reason is a code from a short list, never free text.
"""

from __future__ import annotations

from typing import Literal, get_args

from core.db import Tx
from core.errors import BadInput
from core.events import append
from core.events.kinds import Access

Reason = Literal["call_back", "dispatch", "handover", "follow_up", "complaint", "audit", "view"]
REASONS: tuple[str, ...] = get_args(Reason)


async def note_read(tx: Tx, subject: str, subject_id: int, reason: str = "view") -> int:
    """Write `access.read` for e.g. ('report_phone', 12). Call it where the plain text is made.

    Raises BadInput for a reason outside `REASONS`. Returns the event's id.
    """
    if reason not in REASONS:
        raise BadInput("Pilih alasan: {reasons}.", reasons=", ".join(REASONS))
    return await append(
        tx,
        "access.read",
        Access(subject=subject, subject_id=subject_id, reason=reason),
        subject=(subject, subject_id),
    )
