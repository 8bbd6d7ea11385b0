"""What an agency may not see of the rows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from console.board import masks
from console.board.positions import may_see
from console.hub.visibility import reduced_payload, view_of
from core.actor import Actor

FIRE, POLICE = 1, 2


def incident(*, hidden: bool) -> dict[str, Any]:
    own = {"agency_id": FIRE, "person": "Budi", "eta_s": 240, "distance_m": 900}
    return {"id": 9, "hidden": hidden, "place": "Gang Mawar", "lon": 99.1, "assignments": [own]}


def unit(**more: Any) -> dict[str, Any]:
    return {"agency_id": FIRE, "incident_id": 9, "lon": 99.1, "lat": 3.3, "position_at": 1, **more}


def test_the_desk_sees_rows_as_they_are() -> None:
    row = incident(hidden=True)
    assert masks.incident("desk", row) is row


def test_a_hidden_incident_is_gone_for_whom_it_does_not_concern() -> None:
    assert masks.incident("agency:2", incident(hidden=True)) == {"id": 9, "gone": True}
    assert masks.incident("agency:1", incident(hidden=True))["place"] == "Gang Mawar"


def test_names_of_other_agencies_people_are_kept_back() -> None:
    assert "Budi" not in json.dumps(masks.incident("agency:2", incident(hidden=False)))
    assert "Budi" in json.dumps(masks.incident("agency:1", incident(hidden=False)))


def test_a_unit_does_not_lead_to_a_hidden_address() -> None:
    known = {9: incident(hidden=True)}
    assert masks.unit("agency:2", unit(), known)["lon"] is None
    for view, row in (("agency:1", unit()), ("desk", unit()), ("agency:2", unit(incident_id=None))):
        assert masks.unit(view, row, known)["lon"] == 99.1
    assert masks.unit("agency:2", unit(), {9: incident(hidden=False)})["lon"] == 99.1


@pytest.mark.parametrize(
    ("view", "only_for", "seen"),
    [
        ("desk", [FIRE], True),
        ("agency:1", [FIRE], True),
        ("agency:2", [FIRE], False),
        ("agency:2", [FIRE, POLICE], True),
        ("agency:2", None, True),
    ],
)
def test_positions_of_units_on_hidden_incidents(
    view: str, only_for: list[int] | None, seen: bool
) -> None:
    row: Any = {"agency_id": FIRE, "only_for": only_for}
    assert may_see(view, row) is seen


def test_a_reduced_payload_keeps_the_kecamatan_and_no_more() -> None:
    payload = {"incident_id": 9, "kelurahan_code": "12.76.04.1005", "eta_s": 240}
    assert reduced_payload(payload) == {"incident_id": 9, "kecamatan_code": "12.76.04"}


@pytest.mark.parametrize(
    ("role", "agency", "view"),
    [
        ("operator", None, "desk"),
        ("auditor", None, "desk"),
        ("opd", 3, "agency:3"),
        ("petugas", 3, "agency:3"),
        ("petugas", None, None),
        ("warga", None, None),
        ("kepling", 3, None),
        ("service", 3, None),
    ],
)
def test_who_belongs_to_which_class(role: str, agency: int | None, view: str | None) -> None:
    assert view_of(Actor("account", 1, role, agency, "x")) == view
