"""The lossy lane: where units are. Not in the log, no cursor; a lost frame is made good by the next.

Asked of the database, not of Redis: one look a second over a table of a few dozen units finds
those that moved, and nothing has to be rebuilt when a cache dies. Compared unit by unit, since
`position_at` comes from devices whose clocks disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from console.board.queries import POSITIONS
from console.hub import frames
from console.hub.visibility import agency_of
from core.db import Database, Row


class Positions:
    """Remembers what it has told of each unit."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._told: dict[int, datetime] = {}

    async def changed(self, views: Iterable[str]) -> list[tuple[str, bytes]]:
        """(view, frame) for each class that may see any unit that moved since the last call."""
        views = list(views)
        if not views:
            return []
        async with self._db.read() as tx:
            known = await tx.fetch(POSITIONS)
        rows = [row for row in known if self._told.get(row["id"]) != row["position_at"]]
        self._told = {row["id"]: row["position_at"] for row in known}
        told = []
        for view in views:
            units = [
                (row["id"], row["lon"], row["lat"], max(0, row["age_s"]))
                for row in rows
                if may_see(view, row)
            ]
            if units:
                told.append((view, frames.positions(units)))
        return told


def may_see(view: str, row: Row) -> bool:
    """A unit on a hidden incident is seen by the desk, its agency and those beside it there."""
    agency = agency_of(view)
    only_for = row["only_for"]
    return only_for is None or agency is None or agency in (row["agency_id"], *only_for)
