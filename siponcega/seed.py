"""What a fresh instance holds. A real one: the city's facts. A demo: the example shift on top."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import programs.seed
from core.accounts.demo import DESK_ACCOUNTS, DemoAccount, make_demo_accounts
from core.db import Database, Tx
from core.events import append
from core.events.kinds import UnitRef
from core.machine import move
from core.privacy import Vault
from core.settings import Settings
from dispatch import run_cards
from dispatch.models import Unit
from dispatch.states import UNIT
from geo import seed as geo
from registry.models import Agency, Staff, StaffPrivate, Station
from registry.queries import add_duty
from registry.upsert import upsert, upsert_private
from siponcega.demo import colleague, shift

SHIFT_DAYS = 3650
DEMO_VETO_S = 15


async def seed(settings: Settings) -> None:
    """Idempotent; quick when all is there. In demo mode with the example shift."""
    db = await Database.open(settings)
    try:
        async with db.tx() as tx:
            await geo.seed(tx)
        if settings.demo:
            vault = Vault.open(settings.keys_dir)
            async with db.tx() as tx:
                await example_shift(tx, vault)
                await programs.seed.seed(tx)
            async with db.tx() as tx:
                await demo_accounts(tx, settings)
    finally:
        await db.close()


async def example_shift(tx: Tx, vault: Vault, *, auto: bool = True) -> None:
    """Agencies, stations, units, crews and run cards, all contoh. Does nothing when units exist."""
    if await tx.fetchval("SELECT EXISTS (SELECT FROM unit)"):
        return
    agencies = {}
    for code, name, kind in shift.AGENCIES:
        agencies[code], _ = await upsert(
            tx, Agency, ("code",), {"code": code, "name": name, "kind": kind, "example": True}
        )
    stations = await _stations(tx, agencies)
    number = 0
    for row in shift.UNITS:
        unit_id = await _unit(tx, row, stations)
        for place in range(1, shift.CREW_PER_UNIT + 1):
            number += 1
            staff_id = await _person(
                tx, vault, stations[row.station][1], f"{row.code}-{place}",
                f"Petugas {row.code} {place} (contoh)", number,
            )  # fmt: skip
            await _duty(tx, staff_id, "crew", unit_id)
    for agency, name in shift.ON_CALL:
        number += 1
        staff_id = await _person(
            tx, vault, agencies[agency], f"PIKET-{agency}", name, number, role="supervisor"
        )
        await _duty(tx, staff_id, "on_call", None)
    await run_cards.seed(tx, auto=auto, veto_s=DEMO_VETO_S)


async def demo_accounts(tx: Tx, settings: Settings) -> None:
    """Log-ins of the desk and of two crews, with this instance's own random passwords."""
    agencies = {row["code"]: row["id"] for row in await tx.fetch("SELECT id, code FROM agency")}
    crews = [
        DemoAccount("dmk1", "Petugas DMK1 1 (contoh)", "petugas", agencies.get("DAMKAR")),
        DemoAccount("amb1", "Petugas AMB1 1 (contoh)", "petugas", agencies.get("PSC")),
    ]
    office = [DemoAccount("damkar", "Kantor Damkar (contoh)", "opd", agencies.get("DAMKAR"))]
    await make_demo_accounts(
        tx, settings.home, [*DESK_ACCOUNTS, *crews, *office, colleague.ACCOUNT]
    )
    for account in crews:
        await tx.execute(
            "UPDATE staff SET account_id = a.id FROM account a "
            "WHERE a.login = $1 AND staff.code = $2 AND staff.account_id IS NULL",
            account.login,
            f"{account.login.upper()}-1",
        )


async def _stations(tx: Tx, agencies: dict[str, int]) -> dict[str, tuple[int, int]]:
    """code -> (station id, agency id). Stations stand at the centroid of their kelurahan."""
    stations = {}
    for code, agency, name, kelurahan in shift.STATIONS:
        centre = await tx.fetchval("SELECT centroid FROM area WHERE code = $1", kelurahan)
        station_id, _ = await upsert(
            tx,
            Station,
            ("code",),
            {
                "agency_id": agencies[agency], "code": code, "name": name,
                "kelurahan_code": kelurahan, "example": True,
            },
        )  # fmt: skip
        await tx.execute("UPDATE station SET geom = $2 WHERE id = $1", station_id, centre)
        stations[code] = (station_id, agencies[agency])
    return stations


async def _unit(tx: Tx, row: shift.UnitRow, stations: dict[str, tuple[int, int]]) -> int:
    station_id, agency_id = stations[row.station]
    unit_id, _ = await upsert(
        tx,
        Unit,
        ("code",),
        {
            "code": row.code, "name": row.name, "agency_id": agency_id, "station_id": station_id,
            "kind": row.kind, "vehicle_class": row.vehicle_class,
            "capabilities": list(row.capabilities), "example": True,
        },
    )  # fmt: skip
    await tx.execute(
        "UPDATE unit SET home = s.geom FROM station s WHERE unit.id = $1 AND s.id = $2",
        unit_id,
        station_id,
    )
    await append(
        tx,
        "unit.created",
        UnitRef(unit_id=unit_id, unit_code=row.code),
        subject=("unit", unit_id),
    )
    await move(tx, UNIT, unit_id, "available", payload={"unit_code": row.code}, source="system")
    return unit_id


async def _person(
    tx: Tx, vault: Vault, agency_id: int, code: str, name: str, number: int,
    role: str = "petugas",
) -> int:  # fmt: skip
    staff_id, _ = await upsert(
        tx,
        Staff,
        ("agency_id", "code"),
        {"agency_id": agency_id, "code": code, "name": name, "role": role, "example": True},
    )
    phone = shift.example_phone(number)
    await upsert_private(tx, vault, StaffPrivate, "staff_id", staff_id, {"phone": phone})
    return staff_id


async def _duty(tx: Tx, staff_id: int, kind: str, unit_id: int | None) -> None:
    now = datetime.now(UTC)
    await add_duty(
        tx, staff_id, kind, now - timedelta(hours=1), now + timedelta(days=SHIFT_DAYS),
        unit_id=unit_id,
    )  # fmt: skip
