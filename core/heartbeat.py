"""Signs of life of processes, in the database: Redis may forget, and `/readyz` must not."""

from __future__ import annotations

from typing import Any

from core.db import Tx

BEAT = """
INSERT INTO heartbeat (name, at, detail) VALUES ($1, clock_timestamp(), $2)
ON CONFLICT (name) DO UPDATE SET at = excluded.at, detail = excluded.detail
"""
AGES = """
SELECT name, extract(epoch FROM clock_timestamp() - at)::float8 AS age_s FROM heartbeat
"""


async def beat(tx: Tx, name: str, detail: dict[str, Any] | None = None) -> None:
    """Say that `name` ('worker', 'sequencer') lives; call it every few seconds."""
    await tx.execute(BEAT, name, detail or {})


async def ages(tx: Tx) -> dict[str, float]:
    """Seconds since the last sign of life, by name."""
    return {row["name"]: row["age_s"] for row in await tx.fetch(AGES)}
