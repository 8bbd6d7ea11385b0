"""How a read row of each import file becomes rows of the registry."""

from __future__ import annotations

from typing import Any

from core.db import Tx
from registry.consents import give, withdraw
from registry.models import (
    Agency,
    Hospital,
    House,
    HousePrivate,
    Resident,
    ResidentPrivate,
    Shelter,
    Staff,
    StaffPrivate,
    Station,
)
from registry.sheet import BadRow, Outcome, Saving, Values, combined
from registry.upsert import upsert, upsert_private, with_place

FIND = {
    "agency": "SELECT id FROM agency WHERE code = $1",
    "station": "SELECT id FROM station WHERE code = $1",
    "house": "SELECT id FROM house WHERE code = $1",
}
WORDS = {"agency": "OPD", "station": "Pos", "house": "Rumah"}
HAS_REGISTER_CONSENT = """
SELECT true FROM consent JOIN resident ON resident.id = consent.resident_id
WHERE resident.code = $1 AND consent.purpose = 'rescue_register' AND consent.withdrawn_at IS NULL
"""


async def save_agency(saving: Saving, values: Values) -> Outcome:
    return (await upsert(saving.tx, Agency, ("code",), _marked(saving, values)))[1]


async def save_station(saving: Saving, values: Values) -> Outcome:
    row = await _resolved(saving.tx, with_place(values), "agency")
    return (await upsert(saving.tx, Station, ("code",), _marked(saving, row)))[1]


async def save_staff(saving: Saving, values: Values) -> Outcome:
    row = await _resolved(saving.tx, values, "agency", "station")
    private = _take(row, "phone", "nik")
    staff_id, outcome = await upsert(saving.tx, Staff, ("agency_id", "code"), _marked(saving, row))
    side = await upsert_private(
        saving.tx, saving.vault, StaffPrivate, "staff_id", staff_id, private
    )
    return combined(outcome, side)


async def save_house(saving: Saving, values: Values) -> Outcome:
    row = with_place(values)
    private = _take(row, "address", "access")
    house_id, outcome = await upsert(saving.tx, House, ("code",), _marked(saving, row))
    side = await upsert_private(
        saving.tx, saving.vault, HousePrivate, "house_id", house_id, private
    )
    return combined(outcome, side)


async def save_resident(saving: Saving, values: Values) -> Outcome:
    row = await _resolved(saving.tx, values, "house")
    if "birth_date" in row and row["birth_date"] is not None:
        row["birth_date"] = row["birth_date"].isoformat()
    private = _take(row, "name", "phone", "nik", "birth_date")
    agreed = {
        name.removeprefix("consent_"): row.pop(name)
        for name in [name for name in row if name.startswith("consent_")]
    }
    if row.get("vulnerability"):
        agrees = agreed.get("rescue_register")
        if agrees is None:
            agrees = await saving.tx.fetchval(HAS_REGISTER_CONSENT, row["code"])
        if not agrees:
            raise BadRow(
                "vulnerability",
                "Kerentanan hanya boleh disimpan dengan izin warga: isi izin_pendataan = ya, "
                "atau kosongkan kolom ini.",
            )
    resident_id, outcome = await upsert(saving.tx, Resident, ("code",), _marked(saving, row))
    side = await upsert_private(
        saving.tx, saving.vault, ResidentPrivate, "resident_id", resident_id, private
    )
    changed = [
        await (give if yes else withdraw)(saving.tx, resident_id, purpose, channel="import")
        for purpose, yes in agreed.items()
        if yes is not None
    ]
    return combined(outcome, side, "updated" if any(changed) else "unchanged")


async def save_shelter(saving: Saving, values: Values) -> Outcome:
    return (await upsert(saving.tx, Shelter, ("code",), _marked(saving, with_place(values))))[1]


async def save_hospital(saving: Saving, values: Values) -> Outcome:
    return (await upsert(saving.tx, Hospital, ("code",), _marked(saving, with_place(values))))[1]


async def reference(tx: Tx, kind: str, code: str) -> int:
    """The id of an agency, station or house by its code. Raises BadRow when there is none."""
    found = await tx.fetchval(FIND[kind], code)
    if found is None:
        raise BadRow(
            kind, f"{WORDS[kind]} dengan kode {code} belum ada. Impor dulu, atau betulkan kodenya."
        )
    return int(found)


async def _resolved(tx: Tx, values: Values, *kinds: str) -> Values:
    row = dict(values)
    for kind in kinds:
        if kind in row:
            code = row.pop(kind)
            row[f"{kind}_id"] = await reference(tx, kind, code) if code is not None else None
    return row


def _take(row: Values, *names: str) -> dict[str, Any]:
    return {name: row.pop(name) for name in names if name in row}


def _marked(saving: Saving, row: Values) -> Values:
    return row | {"example": saving.example}
