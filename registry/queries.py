"""The hot questions of other rooms: who crews this unit, who is on call, whose number is this?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.db import Row, Tx
from core.privacy import Vault

PERSON = """staff.id AS staff_id, staff.name, staff.role, staff.agency_id, duty.unit_id,
       private.phone_enc, private.phone_hash"""

# Order of duty entries is the order in which a crew is called: first entered, first called.
CREW_ON_DUTY = f"""
SELECT {PERSON}
FROM duty
JOIN staff ON staff.id = duty.staff_id AND staff.active
LEFT JOIN staff_private AS private ON private.staff_id = staff.id
WHERE duty.kind = 'crew' AND duty.unit_id = $1
  AND duty.starts_at <= clock_timestamp() AND duty.ends_at > clock_timestamp()
ORDER BY duty.id
"""

CREWS_ON_DUTY = f"""
SELECT {PERSON}
FROM duty
JOIN staff ON staff.id = duty.staff_id AND staff.active
LEFT JOIN staff_private AS private ON private.staff_id = staff.id
WHERE duty.kind = 'crew' AND duty.unit_id = ANY($1::bigint[])
  AND duty.starts_at <= clock_timestamp() AND duty.ends_at > clock_timestamp()
ORDER BY duty.unit_id, duty.id
"""

ON_DUTY = f"""
SELECT {PERSON}
FROM duty
JOIN staff ON staff.id = duty.staff_id AND staff.active
LEFT JOIN staff_private AS private ON private.staff_id = staff.id
WHERE duty.kind = $1 AND ($2::bigint IS NULL OR staff.agency_id = $2)
  AND duty.starts_at <= clock_timestamp() AND duty.ends_at > clock_timestamp()
ORDER BY duty.id
"""

# A number may belong to several people of one family or post: who is on duty now comes first.
STAFF_BY_PHONE = f"""
SELECT {PERSON}
FROM staff_private AS private
JOIN staff ON staff.id = private.staff_id AND staff.active
LEFT JOIN LATERAL (
    SELECT unit_id, starts_at FROM duty
    WHERE duty.staff_id = staff.id
      AND duty.starts_at <= clock_timestamp() AND duty.ends_at > clock_timestamp()
    ORDER BY (duty.kind = 'crew') DESC, duty.id LIMIT 1
) AS duty ON true
WHERE private.phone_hash = $1
ORDER BY (duty.starts_at IS NOT NULL) DESC, staff.id
"""

STAFF_BY_ACCOUNT = f"""
SELECT {PERSON}
FROM staff
LEFT JOIN staff_private AS private ON private.staff_id = staff.id
LEFT JOIN LATERAL (
    SELECT unit_id FROM duty
    WHERE duty.staff_id = staff.id AND duty.kind = 'crew'
      AND duty.starts_at <= clock_timestamp() AND duty.ends_at > clock_timestamp()
    ORDER BY duty.id LIMIT 1
) AS duty ON true
WHERE staff.account_id = $1 AND staff.active
"""

# The house of whoever has this number and agreed to be looked up; several houses are none.
HOME_BY_PHONE = """
SELECT min(ST_X(house.geom)) AS lon, min(ST_Y(house.geom)) AS lat
FROM resident_private AS private
JOIN resident ON resident.id = private.resident_id AND resident.erased_at IS NULL
JOIN house ON house.id = resident.house_id AND house.geom IS NOT NULL
WHERE private.phone_hash = $1
  AND EXISTS (SELECT FROM consent WHERE consent.resident_id = resident.id
              AND purpose = 'caller_lookup' AND withdrawn_at IS NULL)
  AND NOT EXISTS (SELECT FROM consent WHERE consent.phone_hash = $1
                  AND purpose = 'caller_lookup' AND withdrawn_at IS NOT NULL)
HAVING count(DISTINCT house.id) = 1
"""

AGENCIES = """
SELECT id, code, name, kind, phone_public, words, example FROM agency ORDER BY code
"""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff; `unit_id` is the unit crewed now, if any. The phone stays encrypted."""

    staff_id: int
    name: str
    role: str
    agency_id: int
    unit_id: int | None
    phone_enc: bytes | None
    phone_hash: bytes | None

    def phone(self, vault: Vault) -> str | None:
        """The number in E.164, or None when none is known."""
        return vault.decrypt_text(self.phone_enc) if self.phone_enc else None


@dataclass(frozen=True, slots=True)
class AgencyInfo:
    """An agency as other rooms show it."""

    id: int
    code: str
    name: str
    kind: str
    phone_public: str | None
    words: dict[str, Any]
    example: bool


async def crew_on_duty(tx: Tx, unit_id: int) -> list[Person]:
    """Who crews this unit now, in the order in which they are called."""
    return [_person(row) for row in await tx.fetch(CREW_ON_DUTY, unit_id)]


async def crews_on_duty(tx: Tx, unit_ids: list[int]) -> dict[int, list[Person]]:
    """The same for many units at once; a unit without crew is absent."""
    crews: dict[int, list[Person]] = {}
    for row in await tx.fetch(CREWS_ON_DUTY, unit_ids):
        crews.setdefault(row["unit_id"], []).append(_person(row))
    return crews


async def on_call(tx: Tx, agency_id: int | None = None) -> list[Person]:
    """Who is on call now, of one agency or of all, in the order in which they are called."""
    return [_person(row) for row in await tx.fetch(ON_DUTY, "on_call", agency_id)]


async def at_desk(tx: Tx) -> list[Person]:
    """Who is on the operator desk now."""
    return [_person(row) for row in await tx.fetch(ON_DUTY, "desk", None)]


async def staff_by_phone_hash(tx: Tx, phone_hash: bytes) -> list[Person]:
    """Active staff with this number, those on duty now first."""
    return [_person(row) for row in await tx.fetch(STAFF_BY_PHONE, phone_hash)]


async def staff_by_account(tx: Tx, account_id: int) -> Person | None:
    """The staff member behind an account, with the unit crewed now."""
    row = await tx.fetchrow(STAFF_BY_ACCOUNT, account_id)
    return _person(row) if row else None


async def home_by_phone_hash(tx: Tx, phone_hash: bytes) -> tuple[float, float] | None:
    """Where a caller lives (lon, lat), for a number whose owner consented to `caller_lookup`."""
    row = await tx.fetchrow(HOME_BY_PHONE, phone_hash)
    return None if row is None else (row["lon"], row["lat"])


async def agencies(tx: Tx) -> list[AgencyInfo]:
    """All agencies, by code."""
    return [AgencyInfo(*row.values()) for row in await tx.fetch(AGENCIES)]


async def add_duty(
    tx: Tx,
    staff_id: int,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    unit_id: int | None = None,
) -> int:
    """Enter a shift. Raises `asyncpg.ExclusionViolationError` when the person has one already."""
    duty_id: int = await tx.fetchval(
        "INSERT INTO duty (staff_id, kind, unit_id, starts_at, ends_at)"
        " VALUES ($1, $2, $3, $4, $5) RETURNING id",
        staff_id,
        kind,
        unit_id,
        starts_at,
        ends_at,
    )
    return duty_id


def _person(row: Row) -> Person:
    return Person(*row.values())
