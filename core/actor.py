"""Who does something: written into every event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ActorKind = Literal["system", "account", "reporter", "gateway"]


@dataclass(frozen=True, slots=True)
class Actor:
    """An account of staff, an anonymous reporter, a gateway or the system itself.

    `name` is for the screen only and never enters the event log.
    """

    kind: ActorKind
    account_id: int | None = None
    role: str | None = None
    agency_id: int | None = None
    name: str = ""


SYSTEM = Actor("system")
REPORTER = Actor("reporter")
