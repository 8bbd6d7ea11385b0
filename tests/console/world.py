"""A small world for the console's tests: agencies, people, units, incidents, written plainly."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from core.accounts import sessions
from core.actor import Actor
from core.db import Database, Tx
from core.events import append, head
from core.events.kinds import AssignmentRef, IncidentRef, ReportRef
from core.events.sequencer import seal

KELURAHAN = "12.76.04.1005"
PLACE = "Gang Mawar 7, contoh"


@dataclass(frozen=True, slots=True)
class Person:
    account_id: int
    session_id: int
    cookie: str


async def agency(tx: Tx, code: str) -> int:
    agency_id: int = await tx.fetchval(
        "INSERT INTO agency (code, name, kind) VALUES ($1, $1, 'fire') RETURNING id", code
    )
    return agency_id


async def person(db: Database, role: str, agency_id: int | None = None) -> Person:
    async with db.tx() as tx:
        account = await tx.fetchrow(
            """INSERT INTO account (login, name, role, agency_id, demo)
               VALUES ($1, $2, $3, $4, true) RETURNING id, role, demo""",
            secrets.token_hex(6),
            f"Contoh {role}",
            role,
            agency_id,
        )
        assert account is not None
        session_id, cookie = await sessions.open_session(
            tx, account, factors=1, label="test", session_hours=12
        )
    return Person(account["id"], session_id, cookie)


async def unit(tx: Tx, code: str, agency_id: int) -> int:
    unit_id: int = await tx.fetchval(
        """INSERT INTO unit (code, name, agency_id, kind, capabilities, state, geom, position_at,
                             position_source)
           VALUES ($1, $1, $2, 'engine', '{fire_engine}', 'available',
                   ST_SetSRID(ST_MakePoint(99.15, 3.32), 4326), clock_timestamp(), 'gps')
           RETURNING id""",
        code,
        agency_id,
    )
    return unit_id


async def incident(tx: Tx, *, hidden: bool = False, type_: str = "fire") -> int:
    """An open incident with an address, a need of one engine, and its event."""
    incident_id: int = await tx.fetchval(
        """INSERT INTO incident (type, priority, hidden, kelurahan_code, lingkungan, place_label,
                                 geom, casualties)
           VALUES ($1, 'P1', $2, $3, 'Lk 3', $4,
                   ST_SetSRID(ST_MakePoint(99.15194, 3.33194), 4326), 2) RETURNING id""",
        type_,
        hidden,
        KELURAHAN,
        PLACE,
    )
    await tx.execute(
        "INSERT INTO need (incident_id, capability, count) VALUES ($1, 'fire_engine', 1)",
        incident_id,
    )
    await append(
        tx,
        "incident.opened",
        IncidentRef(incident_id=incident_id, priority="P1", kelurahan_code=KELURAHAN),
        incident_id=incident_id,
        subject=("incident", incident_id),
    )
    return incident_id


async def assignment(tx: Tx, incident_id: int, unit_id: int, state: str = "offered") -> int:
    assignment_id: int = await tx.fetchval(
        """INSERT INTO assignment (incident_id, unit_id, capability, state, eta_s, distance_m)
           VALUES ($1, $2, 'fire_engine', $3, 245, 1800) RETURNING id""",
        incident_id,
        unit_id,
        state,
    )
    await append(
        tx,
        f"assignment.{state}",
        AssignmentRef(assignment_id=assignment_id, incident_id=incident_id, eta_s=245),
        incident_id=incident_id,
        subject=("assignment", assignment_id),
    )
    return assignment_id


async def report(tx: Tx, text_enc: bytes, phone_enc: bytes) -> int:
    """A new report, unlocated, with its words and number already encrypted."""
    contact_id = await tx.fetchval(
        "INSERT INTO contact (channel, body_mac) VALUES ('app', $1) RETURNING id",
        secrets.token_bytes(8),
    )
    report_id: int = await tx.fetchval(
        """INSERT INTO report (contact_id, code, track_hash, class, type, priority, confidence)
           VALUES ($1, $2, $3, 'emergency', 'fire', 'P1', 0.9) RETURNING id""",
        contact_id,
        secrets.token_hex(3).upper(),
        secrets.token_bytes(8),
    )
    await tx.execute(
        "INSERT INTO contact_private (contact_id, phone_enc) VALUES ($1, $2)", contact_id, phone_enc
    )
    await tx.execute(
        "INSERT INTO report_private (report_id, text_enc) VALUES ($1, $2)", report_id, text_enc
    )
    await append(
        tx,
        "report.created",
        ReportRef(report_id=report_id, contact_id=contact_id),
        subject=("report", report_id),
    )
    return report_id


async def changed(db: Database, incident_id: int, times: int = 1) -> None:
    """`times` events of an incident that everybody of the staff may see."""
    for _ in range(times):
        async with db.tx(Actor("system")) as tx:
            await append(
                tx,
                "incident.changed",
                IncidentRef(incident_id=incident_id, fields=["casualties"]),
                incident_id=incident_id,
                subject=("incident", incident_id),
            )


UNSEALED = "SELECT EXISTS (SELECT FROM event WHERE position IS NULL)"


async def sealed(db: Database) -> int:
    """Give every committed event its position, also beside another sequencer; returns the head."""
    while True:
        async with db.tx() as tx:
            if not await seal(tx) and not await tx.fetchval(UNSEALED):
                return await head(tx)
        await asyncio.sleep(0)


async def until(condition: Callable[[], object], timeout_s: float = 5) -> None:
    """Wait for something that only a look can tell."""
    async with asyncio.timeout(timeout_s):
        while not condition():  # noqa: ASYNC110  (nothing rings when it comes true)
            await asyncio.sleep(0.01)
