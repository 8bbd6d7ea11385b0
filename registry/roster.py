"""The import file of a duty roster. Units live a room above: how one is found is handed in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from core.db import Tx
from core.events import append
from registry.cells import code, moment, one_of
from registry.events import DutyChange
from registry.models import DUTY_KINDS
from registry.sheet import BadRow, Column, Outcome, Saving, Sheet, Values

FindUnit = Callable[[Tx, str], Awaitable[int | None]]

KIND_WORDS = {"kru": "crew", "siaga": "on_call", "meja": "desk", "operator": "desk"}
STAFF = """
SELECT staff.id FROM staff JOIN agency ON agency.id = staff.agency_id
WHERE agency.code = $1 AND staff.code = $2
"""
KNOWN = "SELECT id, unit_id, ends_at FROM duty WHERE staff_id = $1 AND kind = $2 AND starts_at = $3"
CHANGE = "UPDATE duty SET unit_id = $2, ends_at = $3 WHERE id = $1"
ENTER = """
INSERT INTO duty (staff_id, kind, unit_id, starts_at, ends_at) VALUES ($1, $2, $3, $4, $5)
RETURNING id
"""


def roster_sheet(find_unit: FindUnit) -> Sheet:
    """The kind of file `duty`: one row a shift, the same when person, kind and start are."""

    async def save(saving: Saving, values: Values) -> Outcome:
        tx = saving.tx
        staff_id = await tx.fetchval(STAFF, values["agency"], values["staff"])
        if staff_id is None:
            raise BadRow("staff", "Petugas dengan kode ini belum ada di OPD itu. Impor staff dulu.")
        unit_id = None
        if values.get("unit"):
            unit_id = await find_unit(tx, values["unit"])
            if unit_id is None:
                raise BadRow("unit", "Unit dengan kode ini belum ada. Impor units dulu.")
        if (values["kind"] == "crew") != (unit_id is not None):
            raise BadRow("unit", "Jaga kru harus menyebut unit; jaga lain tidak.")
        if values["ends_at"] <= values["starts_at"]:
            raise BadRow("ends_at", "Akhir jaga harus sesudah awalnya.")
        known = await tx.fetchrow(KNOWN, staff_id, values["kind"], values["starts_at"])
        if known and (known["unit_id"], known["ends_at"]) == (unit_id, values["ends_at"]):
            return "unchanged"
        if known:
            duty_id = known["id"]
            await tx.execute(CHANGE, duty_id, unit_id, values["ends_at"])
        else:
            duty_id = await tx.fetchval(
                ENTER, staff_id, values["kind"], unit_id, values["starts_at"], values["ends_at"]
            )
        await append(
            tx,
            "registry.duty_entered",
            DutyChange(
                duty_id=duty_id, staff_id=staff_id, unit_id=unit_id, duty_kind=values["kind"]
            ),
            subject=("duty", duty_id),
        )
        return "updated" if known else "created"

    return Sheet(
        "duty",
        "jadwal jaga: kru unit, siaga panggilan, meja operator",
        (
            Column("agency", code, "kode OPD petugas", ("opd",), required=True),
            Column("staff", code, "kode petugas", ("petugas", "kode_petugas"), required=True),
            Column(
                "kind",
                one_of(*DUTY_KINDS, aliases=KIND_WORDS),
                "jenis jaga: crew/kru, on_call/siaga, desk/meja",
                ("jenis",),
                required=True,
            ),
            Column("unit", code, "kode unit, hanya untuk kru", ("kode_unit",)),
            Column("starts_at", moment, "mulai, waktu kota", ("mulai",), required=True),
            Column("ends_at", moment, "selesai, waktu kota", ("selesai",), required=True),
        ),
        ("agency", "staff", "kind", "starts_at"),
        save,
    )
