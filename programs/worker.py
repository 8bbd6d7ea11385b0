"""What the worker runs for all programs."""

from __future__ import annotations

from collections.abc import Mapping

from core.events.consume import Consumer
from core.timers import Handler
from programs import PROGRAMS

CONSUMERS: tuple[Consumer, ...] = tuple(
    consumer for program in PROGRAMS for consumer in program.consumers
)
TIMERS: Mapping[str, Handler] = {
    kind: handler for program in PROGRAMS for kind, handler in program.timers.items()
}
