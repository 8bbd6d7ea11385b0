"""The life of a delivery, and the two ways in which it moves.

One delivery moves by `core.machine.move` (a provider's callback, `advance`); many move by one
statement (claims, results, expiry: `batch`). Both leave a state only by the table below, so a rank
never falls, in whatever order callbacks come in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core import events
from core.db import Row, Tx
from core.events.kinds import DeliveryRef
from core.machine import Machine, Moved, move

DELIVERY = Machine(
    name="delivery",
    table="delivery",
    moves={
        "queued": ("sending", "suppressed", "expired", "cancelled"),
        "sending": ("sent", "queued", "failed", "unknown"),
        "sent": ("delivered", "failed", "unknown"),
        "unknown": ("sent", "delivered", "failed"),
        "delivered": ("read",),
        "read": (),
        "failed": (),
        "suppressed": (),
        "expired": (),
        "cancelled": (),
    },
    id_field="delivery_id",
    # "Delivered" may reach us before our own "sent" is written.
    chain=("sending", "sent", "delivered", "read"),
    stamps={
        "sending": "sending_at",
        "sent": "sent_at",
        "delivered": "delivered_at",
        "read": "read_at",
        "failed": "ended_at",
        "suppressed": "ended_at",
        "expired": "ended_at",
        "cancelled": "ended_at",
    },
    versioned=False,
)

RANK: Mapping[str, int] = {
    "queued": 0,
    "sending": 1,
    "sent": 2,
    "unknown": 2,
    "delivered": 3,
    "read": 4,
    "failed": 5,
    "suppressed": 5,
    "expired": 5,
    "cancelled": 5,
}
"""How much is known. A sender giving its lease back (sending → queued) is the one step down."""


async def advance(
    tx: Tx,
    delivery_id: int,
    to: str,
    *,
    values: Mapping[str, Any] | None = None,
    reason: str | None = None,
    source: str,
) -> bool:
    """What a provider says about one delivery: moves it if that is news, else leaves it.

    `to` is sent, delivered, read, failed or unknown. Returns whether anything changed.
    """
    state = await tx.fetchval("SELECT state FROM delivery WHERE id = $1 FOR UPDATE", delivery_id)
    if state is None:
        return False
    changed = False
    for step in _way(state, to):
        moved: Moved = await move(
            tx, DELIVERY, delivery_id, step, values=values, reason=reason, source=source
        )
        changed = changed or moved.changed
    return changed


def _way(state: str, to: str) -> tuple[str, ...]:
    """Moves from `state` to what is now known; empty when it is known already or not credible."""
    if state == to:
        return ()
    if DELIVERY.path(state, to):
        return (to,)
    # Read after a time-out: it was delivered then.
    if to == "read" and "delivered" in DELIVERY.moves[state]:
        return ("delivered", "read")
    return ()


async def announce(tx: Tx, to: str, rows: Iterable[Row], *, source: str) -> None:
    """Events of rows that moved to `to` in one statement.

    A delivery of an assignment or a report is somebody's clock and gets its own event; the others
    one for each template and channel, with their count.
    """
    bulk: dict[tuple[str, str, str | None], list[Row]] = {}
    for row in rows:
        if row["assignment_id"] is None and row["report_id"] is None:
            bulk.setdefault((row["template"], row["channel"], row["reason"]), []).append(row)
        else:
            await _announce(tx, to, row, source, None)
    for same in bulk.values():
        await _announce(tx, to, same[0], source, len(same) if len(same) > 1 else None)


async def _announce(tx: Tx, to: str, row: Row, source: str, count: int | None) -> None:
    await events.append(
        tx,
        f"delivery.{to}",
        DeliveryRef(
            delivery_id=row["id"],
            template=row["template"],
            channel=row["channel"],
            gateway=row["gateway"],
            assignment_id=row["assignment_id"],
            report_id=row["report_id"],
            incident_id=row["incident_id"],
            staff_id=row["staff_id"],
            request_event_id=row["request_event_id"],
            reason=row["reason"],
            source=source,
            count=count,
        ),
        incident_id=row["incident_id"],
        subject=("delivery", row["id"]),
    )
