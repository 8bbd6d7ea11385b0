"""Kinds of events of the satisfaction survey: ids and codes only."""

from __future__ import annotations

from core.events.kinds import Payload, declare


class Published(Payload):
    """A result was published. `ikm_hundredths` is the IKM times 100, e.g. 9148."""

    publication_id: int
    service_code: str
    period_id: int
    revision: int
    ikm_hundredths: int
    grade: str


class QuickAnswered(Payload):
    """A reporter answered the three questions after an incident."""

    quick_id: int
    incident_id: int | None = None


declare("desk", Published, "satisfaction.published")
declare("internal", QuickAnswered, "satisfaction.quick_answered")
