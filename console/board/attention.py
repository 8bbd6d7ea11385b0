"""What nobody may overlook about an incident. Pure: from its row, without time.

What depends on how long something waits is judged where the clock runs, in the console itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

LIVE = frozenset(
    {"reserved", "offered", "accepted", "en_route", "on_scene", "transporting", "at_facility"}
)
UNDER_WAY = LIVE - {"reserved", "offered"}
COVERS = LIVE | {"cleared"}
"""A unit that has done its work still covers the need; one that declined or broke down does not."""


def met(needs: Sequence[Mapping[str, Any]], assignments: Sequence[Mapping[str, Any]]) -> list[int]:
    """How many of each need line are covered; a unit counts once, for the first line it fits."""
    left: dict[str, int] = {}
    for assignment in assignments:
        if assignment["state"] in COVERS:
            capability = assignment["capability"]
            left[capability] = left.get(capability, 0) + 1
    counts = []
    for need in needs:
        covered = min(need["wanted"], left.get(need["capability"], 0))
        left[need["capability"]] = left.get(need["capability"], 0) - covered
        counts.append(covered)
    return counts


def of_incident(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Attention rows {id, kind, incident_id, …}: unmet needs, exhausted ladder, hand-overs."""
    found: list[dict[str, Any]] = []

    def add(kind: str, key: object, **more: Any) -> None:
        entry = {"id": f"{kind}:{row['id']}:{key}", "kind": kind, "incident_id": row["id"]}
        found.append({**entry, **more})

    if row["state"] == "controlled":
        return found
    for need in row["needs"]:
        missing = need["wanted"] - need["met"]
        if missing > 0 and not need["waived"]:
            add("need", need["id"], capability=need["capability"], missing=missing)
    exhausted_at = row["exhausted_at"]
    if exhausted_at and not any(a["state"] in UNDER_WAY for a in row["assignments"]):
        add("exhausted", "ladder", since=exhausted_at)
    # What was said before somebody accepted is history; what was said after it is not.
    had = max((h["id"] for h in row["handovers"] if h["state"] == "accepted"), default=0)
    for handover in row["handovers"]:
        if handover["state"] in ("refused", "timed_out") and handover["id"] > had:
            add("handover", handover["id"], to=handover["to"], state=handover["state"])
    return found
