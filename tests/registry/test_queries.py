"""Who is on duty is a question of the database's clock."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from core.db import Database, Tx
from core.privacy import Vault
from registry import queries
from registry.models import Agency, Staff, StaffPrivate
from registry.upsert import upsert, upsert_private

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


async def person(tx: Tx, vault: Vault, agency_id: int, code: str, phone: str) -> int:
    staff_id, _ = await upsert(
        tx,
        Staff,
        ("agency_id", "code"),
        {"agency_id": agency_id, "code": code, "name": f"Petugas {code}", "role": "petugas"},
    )
    await upsert_private(tx, vault, StaffPrivate, "staff_id", staff_id, {"phone": phone})
    return staff_id


async def test_crew_and_people_on_call_are_those_of_now(fresh_db: Database, vault: Vault) -> None:
    async with fresh_db.tx() as tx:
        agency_id, _ = await upsert(
            tx, Agency, ("code",), {"code": "DAMKAR", "name": "Damkar (contoh)", "kind": "fire"}
        )
        a = await person(tx, vault, agency_id, "A", "+6281200000001")
        b = await person(tx, vault, agency_id, "B", "+6281200000002")
        c = await person(tx, vault, agency_id, "C", "+6281200000003")
        d = await person(tx, vault, agency_id, "D", "+6281200000001")  # shares the post's phone
        await queries.add_duty(tx, b, "crew", NOW - HOUR, NOW + HOUR, unit_id=7)
        await queries.add_duty(tx, a, "crew", NOW - HOUR, NOW + HOUR, unit_id=7)
        await queries.add_duty(tx, c, "crew", NOW - 2 * HOUR, NOW - HOUR, unit_id=7)
        await queries.add_duty(tx, c, "on_call", NOW - HOUR, NOW + HOUR)
        await queries.add_duty(tx, d, "on_call", NOW + HOUR, NOW + 2 * HOUR)

        crew = await queries.crew_on_duty(tx, 7)
        assert [one.staff_id for one in crew] == [b, a]  # called in the order of entry
        assert crew[1].phone(vault) == "+6281200000001"
        assert {
            unit: [p.staff_id for p in people]
            for unit, people in (await queries.crews_on_duty(tx, [7, 8])).items()
        } == {7: [b, a]}
        assert [one.staff_id for one in await queries.on_call(tx)] == [c]
        assert await queries.on_call(tx, agency_id + 1) == []

        found = await queries.staff_by_phone_hash(tx, vault.phone_hash("+6281200000001"))
        assert [(one.staff_id, one.unit_id) for one in found] == [(a, 7), (d, None)]

        await tx.execute("UPDATE staff SET active = false WHERE id = $1", b)
        assert [one.staff_id for one in await queries.crew_on_duty(tx, 7)] == [a]
        assert [one.code for one in await queries.agencies(tx)] == ["DAMKAR"]


async def test_nobody_crews_two_units_at_once(fresh_db: Database, vault: Vault) -> None:
    async with fresh_db.tx() as tx:
        agency_id, _ = await upsert(
            tx, Agency, ("code",), {"code": "PSC", "name": "PSC (contoh)", "kind": "medical"}
        )
        one = await person(tx, vault, agency_id, "A", "+6281200000001")
        await queries.add_duty(tx, one, "crew", NOW, NOW + HOUR, unit_id=7)
        await queries.add_duty(tx, one, "crew", NOW + HOUR, NOW + 2 * HOUR, unit_id=8)
        with pytest.raises(asyncpg.ExclusionViolationError):
            async with tx.savepoint():
                await queries.add_duty(tx, one, "crew", NOW, NOW + HOUR, unit_id=8)
        with pytest.raises(asyncpg.CheckViolationError):
            async with tx.savepoint():
                await queries.add_duty(tx, one, "crew", NOW + 5 * HOUR, NOW + 6 * HOUR)
