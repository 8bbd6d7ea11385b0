"""Edit an incident: kind, priority, place, alarm level. A moved pin is said to those under way."""

from __future__ import annotations

from typing import Any

from core.db import Row, Tx
from core.errors import BadInput
from dispatch.inbound import PRIORITIES, TYPES
from dispatch.incidents import locked, new_card, say
from dispatch.linking import HIDDEN_TYPES
from geo.geography import Geography

# What a PATCH may set, and what it means in the event's `fields`.
FIELDS = {
    "type": "type",
    "priority": "priority",
    "place_label": "place",
    "lingkungan": "place",
    "casualties": "casualties",
    "alarm_level": "alarm_level",
    "hidden": "hidden",
}
MAX_ALARM = 5


async def change(
    tx: Tx, incident_id: int, wanted: dict[str, Any], geography: Geography, if_match: int | None
) -> Row:
    """Apply the fields that are given and differ; one `incident.changed` event names them.

    lon and lat move the pin and with it the areas. Raises NotFound, PreconditionFailed, BadInput.
    """
    row = await locked(tx, incident_id, if_match)
    _check(wanted)
    if wanted.get("type") in HIDDEN_TYPES:
        wanted = {"hidden": True, **wanted}
    values: dict[str, Any] = {
        name: wanted[name] for name in FIELDS if name in wanted and wanted[name] != row[name]
    }
    changed = {FIELDS[name] for name in values}
    if wanted.get("lon") is not None and wanted.get("lat") is not None:
        lon, lat = float(wanted["lon"]), float(wanted["lat"])
        areas = geography.at(lon, lat)
        values |= {
            "geom": await tx.fetchval("SELECT ST_SetSRID(ST_MakePoint($1, $2), 4326)", lon, lat),
            "kelurahan_code": areas.kelurahan_code,
            "kelurahan_alt": list(areas.alternatives),
            "uncertainty_m": int(wanted.get("uncertainty_m") or 30),
            "out_of_city": not areas.inside,
        }
        if areas.kelurahan_code and "place_label" not in values:
            values["place_label"] = geography.name(areas.kelurahan_code)
        changed.add("place")
    if not values:
        return row
    sets = ", ".join(f"{column} = ${n}" for n, column in enumerate(values, start=2))
    changed_row = await tx.fetchrow(
        f"UPDATE incident SET {sets}, version = version + 1 WHERE id = $1 RETURNING *",
        incident_id,
        *values.values(),
    )
    assert changed_row is not None
    row = changed_row
    if changed & {"type", "priority", "alarm_level"}:
        await new_card(tx, row)
    await say(tx, row, "incident.changed", fields=sorted(changed))
    return row


def _check(wanted: dict[str, Any]) -> None:
    if "type" in wanted and (wanted["type"] not in TYPES or wanted["type"] == "none"):
        raise BadInput("Jenis tidak dikenal.", extra={"field": "type", "known": list(TYPES)})
    for name in ("hidden", "alarm_level"):
        if name in wanted and wanted[name] is None:
            raise BadInput("Isian ini tidak boleh kosong.", extra={"field": name})
    if (wanted.get("lat") is None) != (wanted.get("lon") is None):
        raise BadInput("Koordinat harus berpasangan: lat dan lon.", extra={"field": "lat"})
    if "priority" in wanted and wanted["priority"] not in PRIORITIES[:3]:
        raise BadInput("Prioritas harus P1, P2 atau P3.", extra={"field": "priority"})
    level = wanted.get("alarm_level")
    if level is not None and not 1 <= level <= MAX_ALARM:
        raise BadInput(
            "Tingkat alarm antara 1 dan {most}.", most=MAX_ALARM, extra={"field": "alarm_level"}
        )
