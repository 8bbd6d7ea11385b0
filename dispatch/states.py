"""The state machines of dispatch, as tables. Nothing else writes these columns.

A state maps to the states that may follow it; a state with no followers is final.
"""

from __future__ import annotations

from core.machine import Machine

CONTACT = Machine(
    name="contact",
    table="contact",
    id_field="contact_id",
    moves={
        "received": (),
        "unreadable": ("received",),
        "ringing": ("answered", "ended"),
        "answered": ("ended",),
        "ended": ("called_back",),
        "called_back": (),
    },
    stamps={"answered": "answered_at", "ended": "ended_at"},
)

REPORT_PLACE = Machine(
    name="report",
    table="report",
    id_field="report_id",
    column="place",
    moves={"unlocated": ("located",), "located": ("located",)},
)

REPORT = Machine(
    name="report",
    table="report",
    id_field="report_id",
    column="handling",
    moves={
        "new": ("linked", "screened", "handed_over"),
        "linked": ("new", "linked"),
        "screened": ("new", "linked"),
        "handed_over": (),
    },
)

# Something is still to be done, or may flare up again: `incident.live` in the database.
INCIDENT_LIVE = frozenset({"open", "assigned", "active", "controlled"})

# open, assigned and active follow from the assignments (dispatch/progress.py), downwards too.
COMPUTED = frozenset({"open", "assigned", "active"})

INCIDENT = Machine(
    name="incident",
    table="incident",
    id_field="incident_id",
    moves={
        "open": ("assigned", "active", "closed", "cancelled", "merged"),
        "assigned": ("open", "active", "closed", "cancelled", "merged"),
        "active": ("open", "assigned", "controlled", "closed", "cancelled", "merged"),
        "controlled": ("active", "closed", "merged"),
        "closed": ("open",),
        "cancelled": ("open",),
        "merged": ("open", "assigned", "active", "controlled"),
    },
    stamps={"controlled": "controlled_at", "closed": "closed_at", "cancelled": "closed_at"},
    internal=frozenset({"open", "assigned"}),
)

ASSIGNMENT = Machine(
    name="assignment",
    table="assignment",
    id_field="assignment_id",
    moves={
        "planned": ("reserved", "recalled"),
        "reserved": ("offered", "declined", "expired", "recalled"),
        "offered": ("accepted", "declined", "expired", "recalled"),
        "accepted": ("en_route", "recalled"),
        "en_route": ("on_scene", "aborted"),
        "on_scene": ("transporting", "cleared", "aborted"),
        "transporting": ("at_facility", "on_scene", "aborted"),
        "at_facility": ("en_route", "cleared", "aborted"),
        "cleared": (),
        "declined": (),
        "expired": ("accepted",),
        "recalled": (),
        "aborted": (),
    },
    chain=(
        "reserved",
        "offered",
        "accepted",
        "en_route",
        "on_scene",
        "transporting",
        "at_facility",
        "cleared",
    ),
    stamps={
        "offered": "offered_at",
        "accepted": "accepted_at",
        "en_route": "en_route_at",
        "on_scene": "on_scene_at",
        "transporting": "transporting_at",
        "at_facility": "at_facility_at",
        "cleared": "ended_at",
        "declined": "ended_at",
        "expired": "ended_at",
        "recalled": "ended_at",
        "aborted": "ended_at",
    },
    # A late yes to an expired offer is dispatch's decision, not a move anybody may ask for.
    internal=frozenset({"expired"}),
)

UNIT = Machine(
    name="unit",
    table="unit",
    id_field="unit_id",
    moves={
        "off_duty": ("available", "out_of_service"),
        "available": ("off_duty", "out_of_service"),
        "out_of_service": ("available", "off_duty"),
    },
)

HANDOVER = Machine(
    name="handover",
    table="handover",
    id_field="handover_id",
    moves={
        "offered": ("accepted", "refused", "timed_out", "returned"),
        "refused": ("offered", "returned"),
        "timed_out": ("offered", "returned", "accepted"),
        "accepted": (),
        "returned": (),
    },
    stamps={"accepted": "answered_at", "refused": "answered_at", "timed_out": "answered_at"},
)

MACHINES = (CONTACT, REPORT_PLACE, REPORT, INCIDENT, ASSIGNMENT, UNIT, HANDOVER)
