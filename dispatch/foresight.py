"""The next offer's times are known before its transaction: an outside router is asked ahead of it.

An offer that expires is replaced in the transaction that ends it, where nothing can be waited for. So
shortly before, the router says its times of the free units; they are remembered for a minute. A crew
that declines by SMS in between finds our own net's times.
"""

from __future__ import annotations

import asyncio

from core.context import Context
from core.db import Database
from dispatch import candidates

LOOK_EVERY_S = 10.0

EXPIRING = """
SELECT DISTINCT incident_id FROM assignment
WHERE state = 'offered' AND expires_at < clock_timestamp() + make_interval(secs => $1)
"""
INCIDENT_OF = "SELECT incident_id FROM assignment WHERE id = $1"


async def watch(context: Context) -> None:
    """For ever; wanted only where an outside router is asked."""
    while True:
        await look(context.db)
        await asyncio.sleep(LOOK_EVERY_S)


async def look(db: Database) -> None:
    """Ask for the incidents one of whose offers ends before the next look but one."""
    async with db.read() as tx:
        rows = await tx.fetch(EXPIRING, 2 * LOOK_EVERY_S)
    for row in rows:
        await candidates.prepare(db, row["incident_id"])


async def before_answer(db: Database, assignment_id: int) -> None:
    """A crew is about to say no: who is next?"""
    async with db.read() as tx:
        incident_id = await tx.fetchval(INCIDENT_OF, assignment_id)
    if incident_id is not None:
        await candidates.prepare(db, incident_id)
