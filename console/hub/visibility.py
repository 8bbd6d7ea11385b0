"""Who may see what. A view is `desk` or `agency:<id>`; a process serves a handful of them.

Whether a class sees an event at all stands in the event (`Event.visible_to`). Here stands what an
agency that is not on a hidden incident gets of it: that it exists, in which kecamatan, and nothing
that leads to the address.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.access import SEES_ALL
from core.actor import Actor

DESK = "desk"
AGENCY_ROLES = frozenset({"opd", "petugas"})

KECAMATAN_DIGITS = 8
"""'12.76.05' of '12.76.05.1001'."""

LEADS_TO_ADDRESS = frozenset({"kelurahan_code", "eta_s"})


def view_of(actor: Actor) -> str | None:
    """The visibility class of a person, or None when the console is not theirs."""
    if actor.role in SEES_ALL:
        return DESK
    if actor.role in AGENCY_ROLES and actor.agency_id is not None:
        return f"agency:{actor.agency_id}"
    return None


def agency_of(view: str) -> int | None:
    """The agency's id of an `agency:<id>` view; None for the desk."""
    return None if view == DESK else int(view.removeprefix("agency:"))


def reduced_payload(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A payload of a hidden incident for an agency that is not on it: kecamatan, no finer."""
    reduced = {key: value for key, value in payload.items() if key not in LEADS_TO_ADDRESS}
    code = payload.get("kelurahan_code")
    if code:
        reduced["kecamatan_code"] = str(code)[:KECAMATAN_DIGITS]
    return reduced
