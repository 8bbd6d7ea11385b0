"""A moment as a device tells it."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(value: datetime | None) -> datetime | None:
    """In UTC. None without a zone, and for one that is no moment there (year 1 east of Greenwich),
    which no driver could send to the database."""
    if value is None or value.tzinfo is None:
        return None
    try:
        return value.astimezone(UTC)
    except OverflowError:
        return None
