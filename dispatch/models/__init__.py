"""Tables of dispatch, one file a concept."""

from dispatch.models.assignments import Assignment, AssignmentStamp, Recommendation
from dispatch.models.contacts import Contact, ContactPrivate, Report, ReportMessage, ReportPrivate
from dispatch.models.incidents import Handover, Incident, IncidentMerge, Need
from dispatch.models.units import RunCard, RunCardLine, Unit, UnitCapability

__all__ = [
    "Assignment",
    "AssignmentStamp",
    "Contact",
    "ContactPrivate",
    "Handover",
    "Incident",
    "IncidentMerge",
    "Need",
    "Recommendation",
    "Report",
    "ReportMessage",
    "ReportPrivate",
    "RunCard",
    "RunCardLine",
    "Unit",
    "UnitCapability",
]
