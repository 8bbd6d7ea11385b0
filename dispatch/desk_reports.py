"""What the desk does with a report that stands alone: locate, screen, link, answer "reopen or new"."""

from __future__ import annotations

from typing import Any

from core.db import Row, Tx
from core.errors import BadInput, Conflict, NotFound
from core.events import append
from core.events.kinds import ReportRef
from core.machine import Moved, move
from core.privacy import Vault
from dispatch import incidents, merging
from dispatch.inbound import PRIORITIES, TYPES
from dispatch.raising import raise_incident
from dispatch.states import REPORT, REPORT_PLACE
from geo.geography import Geography

CLASSES = (
    "emergency", "update", "non_emergency", "information", "out_of_city", "prank", "test", "spam",
    "ghost", "silent", "abandoned", "unclear",
)  # fmt: skip


WORDS = ("text", "name", "place_text")


async def locked(tx: Tx, report_id: int) -> Row:
    row = await tx.fetchrow("SELECT * FROM report WHERE id = $1 FOR UPDATE", report_id)
    if row is None:
        raise NotFound("Laporan ini tidak ada.")
    return row


async def screen(tx: Tx, report_id: int, class_: str) -> Moved:
    """A person says what it is. It is labelled and kept, never deleted (invariant 2)."""
    if class_ not in CLASSES:
        raise BadInput("Kelas tidak dikenal.", extra={"known": list(CLASSES)})
    row = await locked(tx, report_id)
    if row["handling"] == "screened" and row["class"] == class_:
        return Moved(row, False, was="screened")
    if row["handling"] == "screened":
        await move(tx, REPORT, report_id, "new")
    return await move(
        tx, REPORT, report_id, "screened", values={"class": class_, "intake": "done"},
        payload={"class": class_},
    )  # fmt: skip


async def back_to_queue(tx: Tx, report_id: int) -> Moved:
    """Screened by mistake."""
    row = await locked(tx, report_id)
    if row["handling"] == "new":
        return Moved(row, False, was="new")
    return await move(tx, REPORT, report_id, "new", values={"incident_id": None})


async def locate(
    tx: Tx, report_id: int, geography: Geography, *, lon: float | None, lat: float | None,
    kelurahan_code: str | None,
) -> Moved:  # fmt: skip
    """Give or correct the place. Every change is an event; the words stay as they were."""
    await locked(tx, report_id)
    basis, accuracy = "operator", 30
    codes: tuple[str, ...]
    if lon is not None and lat is not None:
        codes = geography.at(lon, lat).codes
        outside = not codes
    else:
        centre = geography.centroid(kelurahan_code or "")
        if centre is None:
            raise BadInput("Beri lat dan lon, atau kode kelurahan.", extra={"field": "lat"})
        lon, lat, accuracy = centre
        codes, basis, outside = (kelurahan_code or "",), "operator_area", False
    point = await tx.fetchval("SELECT ST_SetSRID(ST_MakePoint($1, $2), 4326)", lon, lat)
    return await move(
        tx,
        REPORT_PLACE,
        report_id,
        "located",
        values={
            "geom": point,
            "accuracy_m": accuracy,
            "kelurahan_code": codes[0] if codes else None,
            "kelurahan_alt": list(codes[1:]),
            "place_label": geography.name(codes[0]) if codes else None,
            "place_basis": basis,
            "out_of_city": outside,
        },
        source="operator",
    )


async def classify(tx: Tx, report_id: int, type_: str | None, priority: str | None) -> Row:
    """Set kind and priority before opening; a person's word stands above the rules'."""
    if type_ is not None and (type_ not in TYPES or type_ == "none"):
        raise BadInput("Jenis tidak dikenal.", extra={"known": list(TYPES)})
    if priority is not None and priority not in PRIORITIES[:3]:
        raise BadInput("Prioritas harus P1, P2 atau P3.")
    row = await locked(tx, report_id)
    if row["handling"] not in {"new", "screened"}:
        raise Conflict("Laporan ini sudah ada pada sebuah kejadian.")
    if row["handling"] == "screened":
        await move(tx, REPORT, report_id, "new")
    changed = await tx.fetchrow(
        "UPDATE report SET type = coalesce($2, type), class = 'emergency', "
        "priority = coalesce($3, CASE priority WHEN 'none' THEN 'P2' ELSE priority END), "
        "intake = 'pending', asks_incident_id = NULL, version = version + 1 WHERE id = $1 RETURNING *",
        report_id,
        type_,
        priority,
    )
    assert changed is not None
    if changed["type"] == "none":
        raise BadInput("Pilih dulu jenis kejadiannya.", extra={"field": "type"})
    if changed["geom"] is None and not changed["out_of_city"]:
        raise BadInput("Beri dulu tempatnya.", extra={"field": "lat"})
    return changed


DETAILS = """
INSERT INTO report_private AS p (report_id, text_enc, name_enc, place_text_enc)
VALUES ($1, $2, $3, $4)
ON CONFLICT (report_id) DO UPDATE SET
    text_enc = coalesce(excluded.text_enc, p.text_enc),
    name_enc = coalesce(excluded.name_enc, p.name_enc),
    place_text_enc = coalesce(excluded.place_text_enc, p.place_text_enc)
"""

PHONE = """
INSERT INTO contact_private AS p (contact_id, phone_enc, phone_hash) VALUES ($1, $2, $3)
ON CONFLICT (contact_id) DO UPDATE SET
    phone_enc = excluded.phone_enc, phone_hash = excluded.phone_hash
"""


async def add_details(tx: Tx, vault: Vault, report_id: int, wanted: dict[str, Any]) -> Row:
    """Words, name, number (E.164), casualties that the caller adds; the event names the fields only."""
    row = await locked(tx, report_id)
    sealed = [vault.encrypt(wanted[n]) if wanted.get(n) else None for n in WORDS]
    if any(sealed):
        await tx.execute(DETAILS, report_id, *sealed)
    if wanted.get("phone"):
        phone = wanted["phone"]
        await tx.execute(PHONE, row["contact_id"], vault.encrypt(phone), vault.phone_hash(phone))
    changed = await tx.fetchrow(
        "UPDATE report SET casualties = coalesce($2, casualties), version = version + 1 "
        "WHERE id = $1 RETURNING *",
        report_id,
        wanted.get("casualties"),
    )
    assert changed is not None
    if row["incident_id"] is not None and wanted.get("casualties"):
        await raise_incident(tx, row["incident_id"], "none", wanted["casualties"])
    await append(
        tx,
        "report.changed",
        ReportRef(report_id=report_id, incident_id=row["incident_id"]),
        incident_id=row["incident_id"],
        subject=("report", report_id),
    )
    return changed


async def reopen_asked(tx: Tx, report_id: int) -> int:
    """The report tells of the closed incident that it asked about: reopen and link."""
    row = await locked(tx, report_id)
    asked = row["asks_incident_id"]
    if asked is None:
        raise Conflict("Laporan ini tidak menanyakan kejadian lama.")
    incident_id: int = asked
    await incidents.reopen(tx, incident_id)
    await merging.attach(tx, report_id, incident_id)
    return incident_id
