"""Contoh rows of all programs, for the demo."""

from __future__ import annotations

from core.db import Tx
from programs import PROGRAMS


async def seed(tx: Tx) -> None:
    """Write what is missing; cheap when all is there."""
    for program in PROGRAMS:
        await program.seed(tx)
