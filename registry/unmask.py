"""Reading what is masked on screen: only with a reason, and every time with a line in the log."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from core.db import Tx
from core.events import append
from core.events.kinds import Access

Reason = Literal["call_back", "incident", "correction", "own_request", "audit"]


class Unmasking(BaseModel):
    """Why somebody needs to see it, as a code: free words must not enter the log."""

    model_config = ConfigDict(extra="forbid")
    reason: Reason


async def note_reading(tx: Tx, subject: str, subject_id: int, reason: Reason) -> None:
    """Log that the actor read the private side of a row; call it in the same transaction."""
    await append(
        tx,
        "access.read",
        Access(subject=subject, subject_id=subject_id, reason=reason),
        subject=(subject, subject_id),
    )
