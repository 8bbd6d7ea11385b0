"""A `Progress` in the caller's language, as plain data for the page and for the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from console.pages.progress import Progress
from core.words import t


def clock(at: datetime, timezone: str) -> str:
    """Hour and minute on the city's wall, e.g. '03:14'."""
    return at.astimezone(ZoneInfo(timezone)).strftime("%H:%M")


def view(progress: Progress, lang: str, timezone: str) -> dict[str, Any]:
    """GET /api/v1/track: code, status, words, steps [{key, label, state, at, clock}], eta_min
    [low, high] or null, unit_label, advice [..], can_add, needs_place, has_phone, covert, final,
    updated_at (ISO 8601 of the last change)."""
    return {
        "code": progress.code,
        "status": progress.status,
        "words": t(progress.words, lang),
        "steps": [
            {
                "key": step.key,
                "label": t(step.label, lang),
                "state": step.state,
                "at": step.at.isoformat() if step.at else None,
                "clock": clock(step.at, timezone) if step.at else None,
            }
            for step in progress.steps
        ],
        "eta_min": list(progress.eta_min) if progress.eta_min else None,
        "unit_label": progress.unit_label,
        "advice": [t(line, lang) for line in progress.advice],
        "can_add": True,
        "needs_place": progress.needs_place,
        "has_phone": progress.has_phone,
        "covert": progress.covert,
        "final": progress.final,
        "updated_at": progress.changed_at.isoformat(),
    }
