"""What the worker runs for all programs."""

from __future__ import annotations

from core.background import Task
from core.context import Context
from core.events.consume import Consumer
from core.timers import Handler
from programs import PROGRAMS


def tasks(_context: Context) -> list[Task]:
    """Programs only react: to events and to timers."""
    return []


def consumers(_context: Context) -> list[Consumer]:
    """What every program hears."""
    return [consumer for program in PROGRAMS for consumer in program.consumers]


def timers(_context: Context) -> dict[str, Handler]:
    """What every program set itself to do later."""
    return {kind: run for program in PROGRAMS for kind, run in program.timers.items()}
