"""What an agency may not see of the rows. The desk sees them as they are. Pure.

An agency is on an incident when one of its units is or was on it in this round. A hidden incident
of others is not on its board: the events that would keep such a row true do not reach it, and a row
that nobody keeps true must not be shown (invariant 8). The whereabouts of the units that go there
are kept back too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from console.hub.visibility import DESK, agency_of

Row = dict[str, Any]

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
    """The row as a class may see it; gone when its address is concealed from the class."""
    if view == DESK:
        return row
    if conceals(view, row):
        return {"id": row["id"], "gone": True}
    agency = agency_of(view)
    return {**row, "assignments": [_assignment(agency, a) for a in row["assignments"]]}


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
