"""Forget a caller by number: where their phone was. Numbers and words are found by core/erase.py."""

from __future__ import annotations

from core.db import Tx

FORGET_POSITIONS = """
UPDATE report SET reporter_geom = NULL
FROM contact_private p
WHERE p.contact_id = report.contact_id AND p.phone_hash = $1 AND report.reporter_geom IS NOT NULL
"""


async def forget_number(tx: Tx, phone_hash: bytes) -> int:
    """The callers' own positions; the place of the event stays. Returns how many were forgotten."""
    return int((await tx.execute(FORGET_POSITIONS, phone_hash)).rpartition(" ")[2])
