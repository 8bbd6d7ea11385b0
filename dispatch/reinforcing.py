"""A graver report joined an incident: where the graver run card acts by itself, more units are taken."""

from __future__ import annotations

from core.actor import Actor
from core.db import Database
from dispatch.candidates import NEEDS
from dispatch.ladder import TRIED
from dispatch.reserve import Reserved, reserve_best
from geo.eta import EtaSource

AUTOMATIC = """
SELECT c.veto_s, i.clock_round, ST_X(i.geom) AS lon, ST_Y(i.geom) AS lat
FROM incident i JOIN run_card c ON c.type = i.type AND c.priority = i.priority
WHERE i.id = $1 AND c.auto AND i.live AND NOT i.out_of_city AND i.geom IS NOT NULL
FOR UPDATE OF i
"""


async def reinforce(db: Database, eta: EtaSource, actor: Actor, incident_id: int) -> list[Reserved]:
    """What is missing now is taken as if the graver report had opened the incident, with its veto
    window; who said no before, or was called back, is not asked again. Nothing without such a card."""
    found: list[Reserved] = []
    async with db.tx(actor) as tx:
        row = await tx.fetchrow(AUTOMATIC, incident_id)
        if row is None:
            return found
        tried = await tx.fetchval(TRIED, incident_id, row["clock_round"]) or []
        for capability, wanted, assigned in await tx.fetch(NEEDS, incident_id):
            if wanted > assigned:
                found += await reserve_best(
                    tx, eta, incident_id=incident_id, capability=capability,
                    count=wanted - assigned, lon=row["lon"], lat=row["lat"],
                    exclude=[*tried, *(r.unit_id for r in found)], auto=True,
                    offer_after_s=row["veto_s"],
                )  # fmt: skip
    return found
