"""A small city for dispatch's tests: agencies, units with crews, incidents, and short questions.

Every number is of the form +6281100xxxxxx: contoh, and nobody's.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from core.actor import Actor
from core.context import Context
from core.db import Row, Tx
from core.events.sequencer import seal
from dispatch.inbound import Inbound
from dispatch.intake import Intake
from registry.queries import add_duty

LON, LAT = 99.1560, 3.3283
_numbers = itertools.count(1)

# Everything an earlier test left standing, out of the way of the next.
CLEAN = """
UPDATE assignment SET state = 'recalled', ended_at = now() WHERE assignment_is_live(state);
UPDATE unit SET state = 'off_duty', pending_state = NULL WHERE state <> 'off_duty';
UPDATE incident SET state = 'closed', closed_at = now() - interval '30 days'
WHERE state NOT IN ('closed', 'merged');
UPDATE incident SET closed_at = now() - interval '30 days' WHERE state = 'closed';
UPDATE report SET intake = 'done' WHERE intake = 'pending';
UPDATE timer SET done_at = now() WHERE done_at IS NULL;
DELETE FROM run_card;
"""


def phone() -> str:
    """A number that no other call returns."""
    return f"+6281100{next(_numbers):06d}"


class World:
    """Writes what a test needs on one context, and looks things up."""

    def __init__(self, ctx: Context, intake: Intake) -> None:
        self.ctx, self.db, self.vault, self.intake = ctx, ctx.db, ctx.vault, intake

    async def run(self, sql: str, *args: Any) -> None:
        async with self.db.tx() as tx:
            await tx.execute(sql, *args)

    async def value(self, sql: str, *args: Any) -> Any:
        async with self.db.read() as tx:
            return await tx.fetchval(sql, *args)

    async def rows(self, sql: str, *args: Any) -> list[Row]:
        async with self.db.read() as tx:
            return await tx.fetch(sql, *args)

    async def row(self, table: str, row_id: int) -> Row:
        async with self.db.read() as tx:
            found = await tx.fetchrow(f"SELECT * FROM {table} WHERE id = $1", row_id)
        assert found is not None
        return found

    async def do(self, act: Callable[..., Awaitable[Any]], *args: Any, **named: Any) -> Any:
        """A function of dispatch in a transaction of its own."""
        async with self.db.tx() as tx:
            return await act(tx, *args, **named)

    async def agency(self) -> int:
        tag = secrets.token_hex(3).upper()
        return int(
            await self.value(
                "INSERT INTO agency (code, name, kind) VALUES ($1, $1, 'fire') RETURNING id", tag
            )
        )

    async def unit(
        self,
        *capabilities: str,
        east_m: float = 0.0,
        agency: int | None = None,
        state: str = "available",
        placed: bool = True,
    ) -> int:
        """A unit `east_m` metres east of the middle of the city."""
        code = f"U{secrets.token_hex(3).upper()}"
        return int(
            await self.value(
                """INSERT INTO unit (code, name, agency_id, kind, capabilities, state, geom,
                                     position_at, position_source)
                   VALUES ($1, $1, $2, 'engine', $3, $4,
                       CASE WHEN $7 THEN ST_SetSRID(ST_MakePoint($5, $6), 4326) END,
                       clock_timestamp(), 'gps') RETURNING id""",
                code,
                agency or await self.agency(),
                list(capabilities) or ["fire_engine"],
                state,
                LON + east_m / 111_000,
                LAT,
                placed,
            )
        )

    async def account(self, role: str, agency: int | None = None) -> Actor:
        account_id = await self.value(
            "INSERT INTO account (login, name, role, agency_id, demo) "
            "VALUES ($1, $2, $3, $4, true) RETURNING id",
            secrets.token_hex(6),
            f"Contoh {role}",
            role,
            agency,
        )
        return Actor("account", account_id, role, agency, f"Contoh {role}")

    async def crew(self, unit_id: int, *, on_duty: bool = True) -> Actor:
        """A petugas with an account, on the unit now (or whose shift is over)."""
        agency = await self.value("SELECT agency_id FROM unit WHERE id = $1", unit_id)
        who = await self.account("petugas", agency)
        now = datetime.now(UTC)
        async with self.db.tx() as tx:
            staff = await tx.fetchval(
                "INSERT INTO staff (agency_id, account_id, code, name, role) "
                "VALUES ($1, $2, $3, 'Contoh', 'petugas') RETURNING id",
                agency,
                who.account_id,
                secrets.token_hex(4),
            )
            ends = now + timedelta(hours=1 if on_duty else -1)
            await add_duty(tx, staff, "crew", now - timedelta(hours=8), ends, unit_id)
        return who

    async def card(
        self,
        type_: str = "fire",
        priority: str = "P1",
        *,
        auto: bool = False,
        veto_s: int = 20,
        timeout_s: int = 60,
        level: int = 1,
        **lines: int,
    ) -> None:
        """A run card; `lines` are capability=count, one fire engine without any."""
        card_id = await self.value(
            "INSERT INTO run_card (type, priority, auto, veto_s, offer_timeout_s) "
            "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (type, priority) DO UPDATE SET auto = $3 "
            "RETURNING id",
            type_, priority, auto, veto_s, timeout_s,
        )  # fmt: skip
        for capability, count in (lines or {"fire_engine": 1}).items():
            await self.run(
                "INSERT INTO run_card_line (run_card_id, alarm_level, capability, count) "
                "VALUES ($1, $2, $3, $4)",
                card_id, level, capability, count,
            )  # fmt: skip

    async def incident(
        self,
        *,
        state: str = "open",
        type_: str = "fire",
        priority: str = "P1",
        hidden: bool = False,
        needs: dict[str, int] | None = None,
        placed: bool = True,
    ) -> int:
        incident_id = int(
            await self.value(
                """INSERT INTO incident (type, priority, state, hidden, geom, uncertainty_m,
                       kelurahan_code, closed_at)
                   VALUES ($1, $2, $3, $4,
                       CASE WHEN $7 THEN ST_SetSRID(ST_MakePoint($5, $6), 4326) END, 30,
                       '12.76.05.1002', CASE WHEN $3 = 'closed' THEN now() END) RETURNING id""",
                type_, priority, state, hidden, LON, LAT, placed,
            )
        )  # fmt: skip
        for capability, count in (needs if needs is not None else {"fire_engine": 1}).items():
            await self.run(
                "INSERT INTO need (incident_id, capability, count) VALUES ($1, $2, $3)",
                incident_id, capability, count,
            )  # fmt: skip
        return incident_id

    async def assignment(self, incident_id: int, unit_id: int, state: str = "offered") -> int:
        """An assignment as it would stand; the incident's computed state follows."""
        made = int(
            await self.value(
                """INSERT INTO assignment (incident_id, unit_id, capability, state, eta_s)
                   VALUES ($1, $2, 'fire_engine', $3, 240) RETURNING id""",
                incident_id,
                unit_id,
                state,
            )
        )
        await self.run(
            "UPDATE incident SET state = CASE WHEN $2 IN ('on_scene', 'transporting', "
            "'at_facility') THEN 'active' ELSE 'assigned' END WHERE id = $1 "
            "AND assignment_is_live($2) AND state IN ('open', 'assigned', 'active')",
            incident_id,
            state,
        )
        return made

    async def report(self, **more: Any) -> int:
        """A stored report in the queue."""
        contact = await self.value(
            "INSERT INTO contact (channel, body_mac) VALUES ('app', $1) RETURNING id",
            secrets.token_bytes(8),
        )
        values = {
            "contact_id": contact,
            "code": secrets.token_hex(4).upper(),
            "track_hash": secrets.token_bytes(16),
            "class": "emergency",
            "type": "fire",
            "priority": "P1",
            "confidence": 0.9,
            **more,
        }
        columns = ", ".join(f'"{name}"' for name in values)
        holes = ", ".join(f"${n}" for n in range(1, len(values) + 1))
        return int(
            await self.value(
                f"INSERT INTO report ({columns}) VALUES ({holes}) RETURNING id", *values.values()
            )
        )

    def says(self, text: str = "rumah terbakar", **more: Any) -> Inbound:
        """Something that comes in, in the middle of the city."""
        values: dict[str, Any] = {"channel": "app", "text": text, "lon": LON, "lat": LAT, **more}
        values.setdefault("raw", repr((text, secrets.token_hex(4))).encode())
        return Inbound(**values)

    async def events(self, **where: Any) -> list[str]:
        """The kinds of events, in order, whose columns are these."""
        tests = " AND ".join(f"{name} = ${n}" for n, name in enumerate(where, start=1))
        found = await self.rows(
            f"SELECT kind FROM event WHERE {tests} ORDER BY id", *where.values()
        )
        return [row["kind"] for row in found]

    async def last_event(self) -> int:
        return int(await self.value("SELECT coalesce(max(id), 0) FROM event"))

    async def since(self, event_id: int) -> list[Row]:
        """Everything said after an event, by anybody, in order."""
        return await self.rows("SELECT * FROM event WHERE id > $1 ORDER BY id", event_id)

    async def live(self, incident_id: int) -> list[Row]:
        return await self.rows(
            "SELECT * FROM assignment WHERE incident_id = $1 AND assignment_is_live(state) "
            "ORDER BY id",
            incident_id,
        )

    async def sealed(self) -> int:
        """Give every committed event its position; the head."""
        while True:
            async with self.db.tx() as tx:
                if not await seal(tx):
                    return int(await tx.fetchval("SELECT position FROM event_head WHERE id = 1"))

    async def due(self, kind: str, subject_id: int) -> None:
        """A timer's time has come."""
        await self.run(
            "UPDATE timer SET due_at = clock_timestamp() - interval '1 second' "
            "WHERE kind = $1 AND subject_id = $2 AND done_at IS NULL",
            kind,
            subject_id,
        )


async def busy_is_true(tx: Tx) -> list[int]:
    """Units whose `busy` does not fit their live assignments."""
    rows = await tx.fetch(
        "SELECT u.id FROM unit u WHERE u.busy <> EXISTS (SELECT FROM assignment a "
        "WHERE a.unit_id = u.id AND assignment_is_live(a.state))"
    )
    return [row["id"] for row in rows]
