"""A small city for the notifier's tests: crews with phones, incidents, reports, and a pen.

Every number is of the form +6281100000xxx: contoh, and nobody's.
"""

from __future__ import annotations

import itertools
import secrets
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from core.context import Context
from core.db import Row
from core.events import append
from core.events.consume import step
from core.events.kinds import KINDS
from core.events.sequencer import seal
from dispatch import tracking
from notifier import outbox, queue
from notifier.queue import Entry
from registry.queries import add_duty

_numbers = itertools.count(1)


def phone() -> str:
    """A number that no other call returns."""
    return f"+6281100{next(_numbers):06d}"


@dataclass(frozen=True, slots=True)
class Crew:
    unit_id: int
    unit_code: str
    staff_id: int
    phone: str


class World:
    """Writes rows as the other rooms would, on one context."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.db = ctx.db
        self.vault = ctx.vault

    async def crew(self, *, duty: str = "crew", number: str | None = None) -> Crew:
        """A unit with one person on duty on it (or on call, at the desk: then without unit)."""
        number = number or phone()
        tag = secrets.token_hex(3).upper()
        async with self.db.tx() as tx:
            agency = await tx.fetchval(
                "INSERT INTO agency (code, name, kind) VALUES ($1, $1, 'fire') RETURNING id", tag
            )
            unit_id = await tx.fetchval(
                """INSERT INTO unit (code, name, agency_id, kind, capabilities, state, geom)
                   VALUES ($1, $1, $2, 'engine', '{fire_engine}', 'available',
                           ST_SetSRID(ST_MakePoint(99.16, 3.33), 4326)) RETURNING id""",
                f"U{tag}",
                agency,
            )
            staff = await tx.fetchval(
                """INSERT INTO staff (agency_id, code, name, role) VALUES ($1, $2, 'Contoh', 'petugas')
                   RETURNING id""",
                agency,
                tag,
            )
            await tx.execute(
                "INSERT INTO staff_private (staff_id, phone_enc, phone_hash) VALUES ($1, $2, $3)",
                staff,
                self.vault.encrypt(number),
                self.vault.phone_hash(number),
            )
            now = datetime.now(UTC)
            await add_duty(
                tx,
                staff,
                duty,
                now - timedelta(hours=1),
                now + timedelta(hours=7),
                unit_id if duty == "crew" else None,
            )
        return Crew(unit_id, f"U{tag}", staff, number)

    async def incident(self, *, hidden: bool = False, type_: str = "fire") -> int:
        async with self.db.tx() as tx:
            incident_id: int = await tx.fetchval(
                """INSERT INTO incident (type, priority, hidden, place_label, lingkungan, geom)
                   VALUES ($1, 'P1', $2, 'Jl. Contoh dekat masjid', '4',
                           ST_SetSRID(ST_MakePoint(99.15, 3.33), 4326)) RETURNING id""",
                type_,
                hidden,
            )
            await tx.execute(
                "INSERT INTO need (incident_id, capability, count) VALUES ($1, 'fire_engine', 1)",
                incident_id,
            )
        return incident_id

    async def assignment(self, crew: Crew, incident_id: int, state: str = "offered") -> int:
        async with self.db.tx() as tx:
            assignment_id: int = await tx.fetchval(
                """INSERT INTO assignment (incident_id, unit_id, capability, state, eta_s,
                                           distance_m, offered_at, ended_at)
                   VALUES ($1, $2, 'fire_engine', $3, 240, 1800, clock_timestamp(),
                       CASE WHEN $3 IN ('expired', 'recalled', 'declined', 'aborted')
                            THEN clock_timestamp() END)
                   RETURNING id""",
                incident_id,
                crew.unit_id,
                state,
            )
        return assignment_id

    async def code(self, assignment_id: int) -> str:
        """What a crew types to name this assignment."""
        async with self.db.read() as tx:
            found: str = await tx.fetchval(
                "SELECT code FROM assignment WHERE id = $1", assignment_id
            )
        return found

    async def report(
        self,
        number: str | None,
        *,
        incident_id: int | None = None,
        class_: str = "emergency",
        type_: str = "fire",
        channel: str = "web",
        silent: bool = False,
    ) -> tuple[int, str]:
        """A report and its tracking token."""
        key, mac, code = uuid.uuid4(), secrets.token_bytes(8), tracking.new_code()
        token = tracking.token(self.vault, code)
        async with self.db.tx() as tx:
            contact_id = await tx.fetchval(
                "INSERT INTO contact (channel, client_key, body_mac) VALUES ($1, $2, $3) RETURNING id",
                channel,
                key,
                mac,
            )
            await tx.execute(
                """INSERT INTO contact_private (contact_id, phone_enc, phone_hash)
                   VALUES ($1, $2, $3)""",
                contact_id,
                self.vault.encrypt(number) if number else None,
                self.vault.phone_hash(number) if number else None,
            )
            report_id: int = await tx.fetchval(
                """INSERT INTO report (contact_id, code, track_hash, class, type, priority,
                                       confidence, silent, incident_id, handling)
                   VALUES ($1, $2, $3, $4, $5, 'P1', 0.9, $6, $7,
                           CASE WHEN $7::bigint IS NULL THEN 'new' ELSE 'linked' END)
                   RETURNING id""",
                contact_id,
                code,
                tracking.token_hash(token),
                class_,
                type_,
                silent,
                incident_id,
            )
        return report_id, token

    async def happen(self, kind: str, **payload: Any) -> None:
        """An event, sealed and taken in by the outbox."""
        async with self.db.tx() as tx:
            await append(
                tx, kind, KINDS[kind].payload(**payload), incident_id=payload.get("incident_id")
            )
        await self.catch_up()

    async def catch_up(self) -> None:
        """Seal what is committed and let the outbox read to the end."""
        while True:
            async with self.db.tx() as tx:
                if not await seal(tx):
                    break
        consumer = outbox.consumer(self.ctx)
        await step(self.db, consumer)  # makes the cursor on first use
        while await step(self.db, consumer):
            pass

    async def queued(
        self,
        *,
        to: str | None = None,
        lane: queue.Lane = "normal",
        body: str = "Pesan contoh",
        life_s: float = 600,
        channel: str = "sms",
        assignment_id: int | None = None,
        urgency: int = 5,
        template: str = "gateway_test",
    ) -> int:
        """One message in the queue."""
        number = to or phone()
        async with self.db.tx() as tx:
            made = await queue.put(
                tx,
                [
                    Entry(
                        template=template,
                        channel=channel,
                        lane=lane,
                        urgency=urgency,
                        recipient_enc=self.vault.encrypt(number),
                        recipient_hash=self.vault.phone_hash(number),
                        body_enc=self.vault.encrypt(body),
                        dedupe_key=secrets.token_hex(8),
                        expires_at=datetime.now(UTC) + timedelta(seconds=life_s),
                        assignment_id=assignment_id,
                    )
                ],
            )
        return made[0]

    async def delivery(self, delivery_id: int) -> Row:
        async with self.db.read() as tx:
            row = await tx.fetchrow("SELECT * FROM delivery WHERE id = $1", delivery_id)
        assert row is not None
        return row

    async def deliveries(self, where: str = "true", *args: Any) -> list[Row]:
        async with self.db.read() as tx:
            return await tx.fetch(f"SELECT * FROM delivery WHERE {where} ORDER BY id", *args)

    def body(self, row: Row) -> str:
        return self.vault.decrypt_text(row["body_enc"])

    def to(self, row: Row) -> str:
        return self.vault.decrypt_text(row["recipient_enc"])

    async def events(self, kind: str, **payload: Any) -> int:
        """How many events of a kind carry these payload fields."""
        async with self.db.read() as tx:
            count: int = await tx.fetchval(
                "SELECT count(*) FROM event WHERE kind = $1 AND payload @> $2", kind, payload
            )
        return count

    async def run(self, sql: str, *args: Any) -> None:
        async with self.db.tx() as tx:
            await tx.execute(sql, *args)
