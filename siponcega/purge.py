"""Retention of the whole installation, and the erasure of one person: every room's part in order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import dispatch.erase
import dispatch.retention
import notifier.erase
import notifier.retention
import registry.erase
import registry.retention
from core.db import Database, Tx
from core.erase import erase_phone
from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Part:
    """What of one room grows old. `forget` does one batch and says how many; 0 ends it."""

    name: str
    days: Callable[[Settings], int]
    due: Callable[[Tx, Settings], Awaitable[int]]
    forget: Callable[[Tx, Settings], Awaitable[int]]


PARTS = (
    Part(
        "contacts",
        lambda s: s.contact_days,
        lambda tx, s: dispatch.retention.due(tx, s.contact_days),
        lambda tx, s: dispatch.retention.forget(tx, s.contact_days, s.uploads_dir),
    ),
    Part(
        "messages",
        lambda s: s.message_days,
        lambda tx, s: notifier.retention.due(tx, s.message_days),
        lambda tx, s: notifier.retention.forget(tx, s.message_days),
    ),
    Part(
        "program_recipients",
        lambda s: s.message_days,
        lambda tx, s: registry.retention.due(tx, s.message_days),
        lambda tx, s: registry.retention.forget(tx, s.message_days),
    ),
)

# Their rules come before the search for the number, which would hide it from them.
ROOMS = (registry.erase.forget_number, notifier.erase.forget_number, dispatch.erase.forget_number)


async def due(db: Database, settings: Settings) -> dict[str, int]:
    """How many rows of each part would be forgotten now."""
    async with db.read() as tx:
        return {part.name: await part.due(tx, settings) for part in PARTS}


async def purge(db: Database, settings: Settings) -> dict[str, int]:
    """Forget all that is due, a batch a transaction; how many of each part."""
    done = dict.fromkeys((part.name for part in PARTS), 0)
    for part in PARTS:
        while True:
            async with db.tx() as tx:
                changed = await part.forget(tx, settings)
            if not changed:
                break
            done[part.name] += changed
    return done


class _Undone(Exception):
    """Carries what a dry run found out of its transaction."""

    def __init__(self, found: dict[str, int]) -> None:
        self.found = found


async def person(
    db: Database, settings: Settings, phone_hash: bytes, *, dry_run: bool = False
) -> dict[str, int]:
    """Forget one person by the hash of their number; rows touched by table, empty when unknown.

    The event chain is not touched: it never held the number.
    """
    try:
        async with db.tx() as tx:
            found = await erase_phone(tx, phone_hash, settings.uploads_dir, first=ROOMS)
            if dry_run:
                raise _Undone(found)
    except _Undone as undone:
        return undone.found
    return found
