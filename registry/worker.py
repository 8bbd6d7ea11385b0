"""What the registry runs in the worker: retention."""

from __future__ import annotations

import asyncio

from core.background import Task
from core.context import Context
from core.events.consume import Consumer
from core.timers import Handler
from registry import retention

RETENTION_EVERY_S = 3_600.0


def tasks(context: Context) -> list[Task]:
    """Runs for ever; started again when it fails."""

    async def forget() -> None:
        while True:
            while await retention.step(context):
                pass
            await asyncio.sleep(RETENTION_EVERY_S)

    return [("registry_retention", forget)]


def consumers(_context: Context) -> list[Consumer]:
    return []


def timers(_context: Context) -> dict[str, Handler]:
    return {}
