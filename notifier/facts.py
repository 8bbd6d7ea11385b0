"""What a rule may know of an event: its incident, assignment and report, read once.

Personal parts stay encrypted here; only `audiences` and `compose` open them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core.db import Row, Tx
from core.events import Event

OF_INCIDENT = """i.id AS incident_id, i.code AS incident_code, i.type, i.hidden, i.clock_round,
    i.place_label, i.lingkungan, area.name AS kelurahan"""

ASSIGNMENT = f"""
SELECT a.id AS assignment_id, a.code AS assignment_code, a.state AS assignment_state, a.trip,
    a.capability, a.unit_id, u.code AS unit_code, u.agency_id, a.eta_s, a.distance_m, {OF_INCIDENT}
FROM assignment AS a
JOIN unit AS u ON u.id = a.unit_id
JOIN incident AS i ON i.id = a.incident_id
LEFT JOIN area ON area.code = i.kelurahan_code
WHERE a.id = $1
"""

INCIDENT = f"""
SELECT {OF_INCIDENT} FROM incident AS i LEFT JOIN area ON area.code = i.kelurahan_code
WHERE i.id = $1
"""

REPORT = """
SELECT r.id AS report_id, r.code AS report_code, r.class AS report_class, r.silent, r.type,
    r.incident_id, c.channel, p.phone_enc,
    coalesce(i.hidden, false) OR r.type = 'domestic_violence' AS hidden
FROM report AS r
JOIN contact AS c ON c.id = r.contact_id
LEFT JOIN contact_private AS p ON p.contact_id = c.id
LEFT JOIN incident AS i ON i.id = r.incident_id
WHERE r.id = $1
"""


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one event. Absent parts are None; `hidden` covers the incident and its type."""

    kind: str
    payload: dict[str, Any] = field(default_factory=dict)
    incident_id: int | None = None
    incident_code: str | None = None
    type: str | None = None
    hidden: bool = False
    clock_round: int = 1
    place: str = ""
    assignment_id: int | None = None
    assignment_code: str | None = None
    assignment_state: str | None = None
    trip: int = 1
    capability: str | None = None
    unit_id: int | None = None
    unit_code: str | None = None
    agency_id: int | None = None
    eta_s: int | None = None
    distance_m: int | None = None
    report_id: int | None = None
    report_code: str | None = None
    report_class: str | None = None
    silent: bool = False
    channel: str | None = None
    report: Row | None = None


async def load(tx: Tx, event: Event) -> Facts:
    """Facts of an event, as the rows stand now."""
    payload = event.payload
    assignment_id = payload.get("assignment_id")
    report_id = payload.get("report_id")
    incident_id = payload.get("incident_id") or event.incident_id
    if assignment_id is not None:
        row = await tx.fetchrow(ASSIGNMENT, assignment_id)
    elif report_id is not None:
        row = await tx.fetchrow(REPORT, report_id)
        return _report(event, row) if row else Facts(event.kind, payload)
    else:
        row = await tx.fetchrow(INCIDENT, incident_id) if incident_id is not None else None
    return _incident(event, row) if row else Facts(event.kind, payload)


def _incident(event: Event, row: Row) -> Facts:
    known = {name: row[name] for name in Facts.__slots__ if name in row}
    return Facts(event.kind, event.payload, place=place_of(row), **known)


def _report(event: Event, row: Row) -> Facts:
    known = {name: row[name] for name in Facts.__slots__ if name in row}
    return Facts(event.kind, event.payload, report=row, **known)


def place_of(row: Row) -> str:
    """'Jl. Pala dekat masjid, Bandar Sono Lk 4': published names, nothing twice."""
    label, kelurahan, lk = row["place_label"] or "", row["kelurahan"] or "", row["lingkungan"] or ""
    parts = [label] if label else []
    if kelurahan and kelurahan.lower() not in label.lower():
        parts.append(kelurahan)
    place = ", ".join(parts) or "lokasi menyusul, tanya pusat"
    return f"{place} Lk {lk}" if lk and "lk" not in place.lower().split() else place
