"""Reading what is masked on screen takes a reason; `core.audit` writes it into the log."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Unmasking(BaseModel):
    """Why somebody needs to see it, as one of the codes of `core.audit`."""

    model_config = ConfigDict(extra="forbid")
    reason: Literal["call_back", "dispatch", "handover", "follow_up", "complaint", "audit"]
