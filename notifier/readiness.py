"""Gateways for `/readyz`: which one messages do not get through, why, and since when."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from core.context import Context
from core.settings import Settings
from core.web.health import Check, Trouble

STATE = "SELECT failing_since, last_error FROM gateway_state WHERE gateway = $1"


def checks(settings: Settings) -> Mapping[str, Check]:
    """One for each gateway in use; a gateway that nobody has used yet is well."""
    return {f"gateway:{name}": partial(_gateway, name) for name in settings.gateway_names}


async def _gateway(name: str, context: Context) -> str | Trouble:
    async with context.db.read() as tx:
        row = await tx.fetchrow(STATE, name)
    if row is None or row["failing_since"] is None:
        return ""
    return Trouble(f"failing: {row['last_error'] or 'no answer'}", row["failing_since"])
