"""The import file of units, in the registry's shape of import files."""

from __future__ import annotations

from core.events import append
from core.events.kinds import UnitRef
from dispatch.models import Unit
from geo.eta import SPEEDS_KMH
from registry.cells import code, latitude, longitude, one_of, several, words
from registry.sheet import BadRow, Column, Outcome, Saving, Sheet, Values
from registry.upsert import upsert, with_place

CAPABILITIES = (
    "fire_engine", "water_tanker", "ladder", "ambulance", "ambulance_advanced", "rescue", "boat",
    "truck", "patrol", "police", "traffic", "public_order", "utility", "social", "command",
    "animal", "chainsaw", "divers", "other",
)  # fmt: skip
KINDS = ("engine", "ambulance", "boat", "truck", "car", "motorbike", "team")


async def save_unit(saving: Saving, values: Values) -> Outcome:
    """Insert or update by code; its home is where it stands until a position comes."""
    row = with_place(values)
    if "geom" in row:
        row["home"] = row.pop("geom")
    agency = await saving.tx.fetchval("SELECT id FROM agency WHERE code = $1", row.pop("agency"))
    if agency is None:
        raise BadRow("agency", "OPD ini belum ada: impor dulu agencies, atau perbaiki kodenya.")
    row["agency_id"] = agency
    station = row.pop("station", None)
    if station:
        found = await saving.tx.fetchrow("SELECT id, geom FROM station WHERE code = $1", station)
        if found is None:
            raise BadRow("station", "Pos ini belum ada: impor dulu stations, atau kosongkan.")
        row["station_id"] = found["id"]
        if "home" not in row and found["geom"] is not None:
            row["home"] = found["geom"]
    unit_id, outcome = await upsert(saving.tx, Unit, ("code",), {**row, "example": saving.example})
    if outcome != "unchanged":
        await append(
            saving.tx,
            "unit.created" if outcome == "created" else "unit.changed",
            UnitRef(unit_id=unit_id, unit_code=row["code"]),
            subject=("unit", unit_id),
        )
    return outcome


SHEETS: dict[str, Sheet] = {
    "units": Sheet(
        name="units",
        about="unit: kendaraan atau regu yang dapat dikirim",
        columns=(
            Column("code", code, "kode pendek unit, mis. DMK1", ("kode",), required=True),
            Column("name", words, "nama unit", ("nama",), required=True),
            Column("agency", code, "kode OPD", ("opd",), required=True),
            Column("station", code, "kode pos", ("pos",)),
            Column("kind", one_of(*KINDS), "jenis", ("jenis",), required=True),
            Column(
                "vehicle_class", one_of(*SPEEDS_KMH), "kelas kendaraan", ("kelas",), required=True
            ),
            Column(
                "capabilities",
                several(*CAPABILITIES),
                "kemampuan, dipisah |",
                ("kemampuan",),
                required=True,
            ),
            Column("lat", latitude, "lintang pos"),
            Column("lon", longitude, "bujur pos", ("lng",)),
        ),
        key=("code",),
        save=save_unit,
    )
}
