"""What an agency may not see of the rows. The desk sees them as they are. Pure.

An agency is on an incident when one of its units is or was on it in this round. A hidden incident
of others keeps its kecamatan and loses whatever leads to the address, the whereabouts of the units
that go there included.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from console.hub.visibility import DESK, KECAMATAN_DIGITS, agency_of

Row = dict[str, Any]

HIDDEN_FIELDS = (
    "place", "kelurahan", "kelurahan_code", "lk", "lon", "lat", "uncertainty_m", "casualties",
)  # fmt: skip
HIDDEN_ASSIGNMENT_FIELDS = ("eta_s", "distance_m")
OTHERS_PERSONS = ("person",)


def is_on(agency: int | None, incident: Mapping[str, Any]) -> bool:
    """Whether the agency has or had a unit on the incident, in this round."""
    return any(a["agency_id"] == agency for a in incident["assignments"])


def conceals(view: str, incident: Mapping[str, Any] | None) -> bool:
    """Whether the address of this incident must not reach this class."""
    if view == DESK or incident is None or not incident["hidden"]:
        return False
    return not is_on(agency_of(view), incident)


def incident(view: str, row: Row) -> Row:
    """The row as a class may see it."""
    if view == DESK:
        return row
    agency = agency_of(view)
    shown = {**row, "assignments": [_assignment(agency, a) for a in row["assignments"]]}
    if conceals(view, row):
        code = row["kelurahan_code"]
        shown |= dict.fromkeys(HIDDEN_FIELDS)
        shown["kelurahan_alt"] = []
        shown["kecamatan_code"] = code[:KECAMATAN_DIGITS] if code else None
        for assignment in shown["assignments"]:
            assignment |= dict.fromkeys(HIDDEN_ASSIGNMENT_FIELDS)
    return shown


def _assignment(agency: int | None, row: Row) -> Row:
    own = row["agency_id"] == agency
    return dict(row) if own else {**row, **dict.fromkeys(OTHERS_PERSONS)}


def unit(view: str, row: Row, incidents: Mapping[int, Row]) -> Row:
    """The row as a class may see it: no position of a unit of others on a concealed incident."""
    if view == DESK or row["agency_id"] == agency_of(view):
        return row
    if row["incident_id"] is None or not conceals(view, incidents.get(row["incident_id"])):
        return row
    return {**row, "lon": None, "lat": None, "position_at": None}


def board(
    view: str, rows: Mapping[str, Iterable[Row]], incidents: Mapping[int, Row]
) -> dict[str, list[Row]]:
    """Rows by kind as a class may see them; reports and calls are the desk's alone."""
    shown = {
        "incidents": [incident(view, row) for row in rows["incidents"]],
        "units": [unit(view, row, incidents) for row in rows["units"]],
    }
    if view == DESK:
        shown |= {"reports": list(rows["reports"]), "calls": list(rows["calls"])}
    else:
        shown |= {"reports": [], "calls": []}
    return shown
