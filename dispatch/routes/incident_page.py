"""What the incident routes share: whether the caller may see it, and the whole page as the answer."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import Response

from core.access import SEES_ALL
from core.actor import Actor
from core.context import Context
from core.db import Row, Tx
from core.errors import NotFound
from core.web.deps import AppContext
from dispatch import candidates, incidents, views
from dispatch.recommend import as_json
from dispatch.routes.reply import reply, wanted_version

UNITS_OF = "SELECT coalesce(array_agg(id), '{}') FROM unit WHERE agency_id = $1"


async def seen(tx: Tx, incident_id: int, who: Actor) -> Row:
    """The incident if the caller may see it; a hidden one only exists for who is on it."""
    row = await tx.fetchrow(views.INCIDENT_BY_ID, incident_id)
    if row is None:
        raise NotFound
    if row["hidden"] and who.role not in SEES_ALL:
        agencies = await tx.fetchval(incidents.AGENCIES, incident_id) or []
        if who.agency_id not in agencies:
            raise NotFound
    return row


async def answer(tx: Tx, context: Context, who: Actor, incident_id: int) -> Response:
    row = await seen(tx, incident_id, who)
    page = await views.incident_page(tx, context.vault, row, who)
    return reply(page, version=row["version"])


async def outside_times(context: AppContext, incident_id: int) -> None:
    """A dependency of the route itself, so that it runs before the handler's transaction opens."""
    await candidates.prepare(context.db, incident_id)


async def ranking(tx: Tx, incident_id: int, who: Actor) -> dict[str, Any]:
    """The recommendation; an agency sees its own units of it, as in the list of units."""
    lines = await candidates.recommendation(tx, incident_id)
    shown = as_json(lines)
    if who.role not in SEES_ALL:
        own = await tx.fetchval(UNITS_OF, who.agency_id)
        for line in shown:
            for part in ("units", "left_out"):
                line[part] = [unit for unit in line[part] if unit["unit_id"] in own]
    return {
        "lines": shown,
        "shortfalls": [
            {"capability": line.capability, "missing": line.shortfall}
            for line in lines
            if line.shortfall
        ],
    }


async def unchanged(request: Request, tx: Tx, incident_id: int) -> None:
    """Lock the incident; where the caller sent If-Match, it must still fit (412 names who)."""
    await incidents.locked(tx, incident_id, wanted_version(request, required=False))
