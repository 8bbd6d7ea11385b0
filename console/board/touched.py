"""Which rows of the board an event touches. Pure: from its subject and payload."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from core.events import Event


@dataclass(slots=True)
class Touched:
    """Ids by kind of row. `assignments` are those whose unit the event did not name."""

    incidents: set[int] = field(default_factory=set)
    reports: set[int] = field(default_factory=set)
    units: set[int] = field(default_factory=set)
    assignments: set[int] = field(default_factory=set)
    calls: set[int] = field(default_factory=set)

    def add(self, other: Touched) -> None:
        self.incidents |= other.incidents
        self.reports |= other.reports
        self.units |= other.units
        self.assignments |= other.assignments
        self.calls |= other.calls

    def without(self, other: Touched) -> Touched:
        """What is here and not there."""
        return Touched(
            self.incidents - other.incidents,
            self.reports - other.reports,
            self.units - other.units,
            self.assignments - other.assignments,
            self.calls - other.calls,
        )


def by(event: Event) -> Touched:
    """Rows that may look different after this event."""
    touched = Touched()
    payload = event.payload
    subject = {event.subject_type: event.subject_id} if event.subject_id is not None else {}

    def ids(*values: int | None) -> Iterable[int]:
        return (value for value in values if value is not None)

    touched.incidents.update(
        ids(event.incident_id, payload.get("incident_id"), payload.get("merged_into"))
    )
    touched.reports.update(ids(subject.get("report"), payload.get("report_id")))
    touched.units.update(ids(subject.get("unit"), payload.get("unit_id")))
    touched.calls.update(ids(subject.get("contact"), payload.get("contact_id")))
    if event.kind.startswith("assignment.") and not touched.units:
        touched.assignments.update(ids(subject.get("assignment"), payload.get("assignment_id")))
    return touched
