"""What people do with an incident: verify, control, close, cancel, reopen, waive (take: taking.py)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core.db import Row, Tx
from core.errors import BadInput, Conflict, NotFound, PreconditionFailed
from core.events import append
from core.events.kinds import IncidentRef, NeedRef
from core.machine import Moved, move
from dispatch.progress import settle
from dispatch.states import INCIDENT

DISPOSITIONS = (
    "handled",  # done as an emergency
    "deaths",  # done, somebody died: nobody is asked how satisfied they were
    "sexual_violence",  # done, likewise
    "no_response_needed",
    "false_alarm",
    "not_found",
    "handed_over",
    "duplicate",
    "test",
)

HOLDING_OPEN = """
SELECT u.code, a.state FROM assignment a JOIN unit u ON u.id = a.unit_id
WHERE a.incident_id = $1 AND (assignment_is_live(a.state) OR a.state = 'planned') ORDER BY a.id
"""

# On it: with a unit that is or was on it in this round; they see a hidden one, and what happens to it.
AGENCIES = """
SELECT array_agg(DISTINCT u.agency_id)
FROM incident i JOIN assignment a ON a.incident_id = i.id AND a.clock_round = i.clock_round
JOIN unit u ON u.id = a.unit_id
WHERE i.id = $1
"""

LAST_CHANGE = """
SELECT e.kind, e.at, c.name FROM event e LEFT JOIN account c ON c.id = e.actor_id
WHERE e.incident_id = $1 AND e.kind LIKE 'incident.%' ORDER BY e.id DESC LIMIT 1
"""

# The card of the new type and priority takes the place of the old one's lines; what people waived or
# raised by hand stays.
NEW_CARD = """
WITH card AS (
    SELECT l.alarm_level, l.capability, l.count
    FROM run_card c JOIN run_card_line l ON l.run_card_id = c.id
    WHERE c.type = $2 AND c.priority = $3 AND l.alarm_level <= $4
), gone AS (
    DELETE FROM need n WHERE n.incident_id = $1 AND n.waived_at IS NULL
      AND NOT EXISTS (SELECT FROM card WHERE card.alarm_level = n.alarm_level
                      AND card.capability = n.capability)
)
INSERT INTO need (incident_id, alarm_level, capability, count)
SELECT $1, alarm_level, capability, count FROM card
ON CONFLICT (incident_id, alarm_level, capability) DO UPDATE SET count = excluded.count
"""


async def locked(tx: Tx, incident_id: int, if_match: int | None = None) -> Row:
    """The incident, locked. Raises NotFound, or PreconditionFailed naming who changed it."""
    row = await tx.fetchrow("SELECT * FROM incident WHERE id = $1 FOR UPDATE", incident_id)
    if row is None:
        raise NotFound
    if if_match is not None and row["version"] != if_match:
        last = await tx.fetchrow(LAST_CHANGE, incident_id)
        who = last["name"] if last and last["name"] else "sistem"
        raise PreconditionFailed(
            "Sudah diubah oleh {who} ({what}). Lihat dulu keadaan terbarunya.",
            who=who,
            what=last["kind"] if last else "",
            extra={"version": row["version"], "by": who},
        )
    return row


async def say(
    tx: Tx,
    row: Row,
    kind: str,
    *,
    fields: list[str] | None = None,
    moved: list[int] | None = None,
    reason: str | None = None,
    source: str | None = None,
    staff_id: int | None = None,
) -> None:
    """An event about an incident that is locked. moved: assignments with another place now.
    staff_id: who did it, without an account."""
    agencies = await tx.fetchval(AGENCIES, row["id"]) if row["hidden"] else None
    await append(
        tx,
        kind,
        IncidentRef(
            incident_id=row["id"], code=row["code"], type=row["type"], priority=row["priority"],
            fields=fields, moved=moved, reason=reason, source=source, staff_id=staff_id,
        ),
        incident_id=row["id"],
        subject=("incident", row["id"]),
        # Everybody's board must learn that it became hidden, or stopped being so.
        audience="agencies" if row["hidden"] and "hidden" not in (fields or ()) else None,
        agencies=agencies or (),
    )  # fmt: skip


async def to_state(
    tx: Tx,
    row: Row,
    state: str,
    *,
    values: Mapping[str, Any] | None = None,
    kind: str | None = None,
    payload: Mapping[str, Any] | None = None,
    only_from: Iterable[str] | None = None,
    reason: str | None = None,
) -> Moved:
    """One move of a locked incident, with its audience. Raises IllegalMove."""
    agencies = await tx.fetchval(AGENCIES, row["id"]) if row["hidden"] else None
    return await move(
        tx,
        INCIDENT,
        row["id"],
        state,
        values=values,
        only_from=only_from,
        kind=kind,
        payload={"type": row["type"], "priority": row["priority"], **(payload or {})},
        incident_id=row["id"],
        audience="agencies" if row["hidden"] else None,
        agencies=agencies or (),
        reason=reason,
    )


async def verify(tx: Tx, incident_id: int) -> bool:
    """A person or a trusted source confirms it; whether that is new."""
    row = await locked(tx, incident_id)
    if row["verified"]:
        return False
    await tx.execute(
        "UPDATE incident SET verified = true, version = version + 1 WHERE id = $1", incident_id
    )
    await say(tx, row, "incident.verified")
    return True


async def control(tx: Tx, incident_id: int) -> Moved:
    """The worst is over; units may still be at it."""
    row = await locked(tx, incident_id)
    return await to_state(tx, row, "controlled", only_from=("active",))


async def rekindle(tx: Tx, incident_id: int) -> Moved:
    """Controlled, and flaring up again; active while units are at it, else as its units are."""
    row = await locked(tx, incident_id)
    moved = await to_state(
        tx, row, "active", values={"controlled_at": None}, only_from=("controlled",)
    )
    await settle(tx, incident_id)
    return moved


async def close(tx: Tx, incident_id: int, disposition: str) -> Moved:
    """Over. Refused over a live or planned assignment, naming the units."""
    if disposition not in DISPOSITIONS:
        raise BadInput(
            'Hasil "{value}" tidak dikenal. Pilih: {known}.',
            value=disposition[:40],
            known=", ".join(DISPOSITIONS),
        )
    row = await locked(tx, incident_id)
    await _nobody_on_it(tx, incident_id)
    return await to_state(
        tx, row, "closed", values={"disposition": disposition}, payload={"disposition": disposition}
    )


async def cancel(tx: Tx, incident_id: int, reason: str | None) -> Moved:
    """It never was, or is not ours. Refused over a live or planned assignment."""
    row = await locked(tx, incident_id)
    await _nobody_on_it(tx, incident_id)
    return await to_state(tx, row, "cancelled", reason=reason)


async def reopen(tx: Tx, incident_id: int) -> Moved:
    """Closed or cancelled → open, with a second set of clocks."""
    row = await locked(tx, incident_id)
    if row["state"] in {"open", "assigned", "active"}:
        return Moved(row, False, was=row["state"])
    return await to_state(
        tx,
        row,
        "open",
        only_from=("closed", "cancelled"),
        values={
            "clock_round": row["clock_round"] + 1,
            "closed_at": None,
            "controlled_at": None,
            "disposition": None,
            "taken_by": None,
            "taken_by_staff": None,
            "taken_at": None,
        },
        kind="incident.reopened",
    )


async def new_card(tx: Tx, row: Row) -> None:
    """Fit the needs to the incident's type, priority and alarm level."""
    await tx.execute(NEW_CARD, row["id"], row["type"], row["priority"], row["alarm_level"])


async def waive(tx: Tx, incident_id: int, need_id: int, account_id: int, reason: str) -> None:
    """Somebody answers by name for not meeting a need."""
    row = await locked(tx, incident_id)
    need = await tx.fetchrow(
        "UPDATE need SET waived_by = $3, waived_at = clock_timestamp(), waive_reason = $4 "
        "WHERE id = $1 AND incident_id = $2 AND waived_at IS NULL RETURNING capability",
        need_id,
        incident_id,
        account_id,
        reason,
    )
    if need is None:
        raise NotFound("Kebutuhan ini tidak ada atau sudah dilepas.")
    agencies = await tx.fetchval(AGENCIES, incident_id) if row["hidden"] else None
    await append(
        tx,
        "need.waived",
        NeedRef(incident_id=incident_id, need_id=need_id, capability=need["capability"]),
        incident_id=incident_id,
        subject=("incident", incident_id),
        audience="agencies" if row["hidden"] else None,
        agencies=agencies or (),
    )


async def _nobody_on_it(tx: Tx, incident_id: int) -> None:
    holding = await tx.fetch(HOLDING_OPEN, incident_id)
    if holding:
        units = ", ".join(f"{r['code']} ({r['state']})" for r in holding)
        raise Conflict(
            "Belum bisa ditutup: masih ada {units}. Selesaikan atau tarik dulu.",
            units=units,
            extra={"units": [r["code"] for r in holding]},
        )
