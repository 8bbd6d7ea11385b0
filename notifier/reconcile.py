"""After an outage: fetch what came in while nobody could tell us, by the provider's own list.

A webhook that failed is not repeated for ever, but the message stands in the provider's list. Each
round reads from the last time that was read to the end, with an overlap; what is known is passed
over by its id.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import structlog

from core.context import Context
from dispatch.intake import Intake
from notifier.gateways.base import Gateway, GatewayDown
from notifier.inbound import receive

log = structlog.get_logger(__name__)

FIRST_LOOK_BACK = timedelta(hours=24)
OVERLAP = timedelta(minutes=10)

SEEN = "SELECT inbound_seen_at FROM gateway_state WHERE gateway = $1"
MARK = """
INSERT INTO gateway_state (gateway, inbound_seen_at) VALUES ($1, $2)
ON CONFLICT (gateway) DO UPDATE SET
    inbound_seen_at = greatest(gateway_state.inbound_seen_at, excluded.inbound_seen_at)
"""


async def step(ctx: Context, intake: Intake, gateways: Mapping[str, Gateway]) -> int:
    """One round over all gateways; returns how many missed messages were found."""
    found = 0
    for gateway in gateways.values():
        try:
            found += await fetch(ctx, intake, gateway)
        except GatewayDown as error:
            log.info("reconcile_waits", gateway=gateway.name, error=str(error))
    return found


async def fetch(ctx: Context, intake: Intake, gateway: Gateway) -> int:
    """Take in what one gateway's list has and we have not. Raises GatewayDown, Unavailable.

    The mark moves only when the list was read to its end, so a round cut short is done again.
    """
    async with ctx.db.read() as tx:
        seen: datetime | None = await tx.fetchval(SEEN, gateway.name)
    started = datetime.now(UTC)
    since = (seen or started - FIRST_LOOK_BACK) - OVERLAP
    missed = [incoming async for incoming in gateway.inbound_since(since)]
    found = 0
    for incoming in reversed(missed):  # the list has the newest first
        found += (await receive(ctx, intake, incoming, "reconcile")).new
    async with ctx.db.tx() as tx:
        await tx.execute(MARK, gateway.name, started)
    if found:
        log.info("reconciled", gateway=gateway.name, found=found)
    return found
