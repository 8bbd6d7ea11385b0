"""What is known beside the words, for a report whose words leave several places open.

Asked only then: a report with coordinates, or with one clear place, costs nothing. Hints choose
between places that the words name, they never make one; without them the report is kept as it is.
"""

from __future__ import annotations

import structlog

from core.db import Database
from core.privacy import Vault
from dispatch import queries
from dispatch.inbound import Inbound
from geo.geocoder.hints import NO_HINTS, Hints
from registry.queries import home_by_phone_hash

log = structlog.get_logger(__name__)

RECENT_S = 900.0
PRECISE_M = 500  # a report that is no better placed says nothing about another one


async def hints(db: Database, vault: Vault, inbound: Inbound, type_: str) -> Hints:
    """Where reports of the same type came from in the last quarter of an hour, and the caller's
    house, if the caller said yes to being looked up. Never raises: nothing may cost the contact."""
    try:
        async with db.read() as tx:
            rows = await tx.fetch(queries.RECENT_PLACES, type_, RECENT_S, PRECISE_M)
            home = None
            if inbound.phone:
                home = await home_by_phone_hash(tx, vault.phone_hash(inbound.phone))
    except Exception:  # whatever it is: the report is kept without them
        log.exception("hints_failed", channel=inbound.channel)
        return NO_HINTS
    return Hints(tuple((row["lon"], row["lat"]) for row in rows), home)
