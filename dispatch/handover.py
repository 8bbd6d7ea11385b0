"""Pass an incident to another agency or a neighbour. The sender owns it until somebody accepts."""

from __future__ import annotations

from core import timers
from core.db import Row, Tx
from core.errors import BadInput, Conflict, NotFound
from core.events import append
from core.events.kinds import HandoverRef
from core.machine import Moved, move
from dispatch.incidents import locked
from dispatch.states import HANDOVER

ANSWER_WITHIN_S = 120
UNANSWERED = frozenset({"refused", "timed_out"})
TO_SUPERVISOR = 2
"""From this attempt on that comes to nothing, a supervisor decides."""


async def offer(
    tx: Tx, incident_id: int, *, to_agency_id: int | None, to_name: str | None,
    from_agency_id: int | None, answer_within_s: int = ANSWER_WITHIN_S,
) -> Row:  # fmt: skip
    """Offer it; the acceptance clock starts. Raises NotFound, BadInput without an addressee."""
    if to_agency_id is None and not to_name:
        raise BadInput("Sebut kepada siapa: agency atau nama daerah tetangga.")
    await locked(tx, incident_id)
    await _addressee(tx, incident_id, to_agency_id)
    earlier = await tx.fetchval(
        "SELECT count(*) FROM handover WHERE incident_id = $1 AND state IN ('refused', 'timed_out')",
        incident_id,
    )
    row = await tx.fetchrow(
        "INSERT INTO handover (incident_id, from_agency_id, to_agency_id, to_name, attempt, due_at) "
        "VALUES ($1, $2, $3, $4, $5, clock_timestamp() + make_interval(secs => $6)) RETURNING *",
        incident_id,
        from_agency_id,
        to_agency_id,
        to_name,
        earlier + 1,
        float(answer_within_s),
    )
    assert row is not None
    await timers.schedule(tx, "handover.timeout", row["id"], answer_within_s)
    await append(
        tx,
        "handover.offered",
        HandoverRef(handover_id=row["id"], incident_id=incident_id),
        incident_id=incident_id,
        subject=("handover", row["id"]),
    )
    return row


async def _addressee(tx: Tx, incident_id: int, to_agency_id: int | None) -> None:
    """Raises NotFound for an unknown agency, Conflict while somebody else still has the question."""
    if to_agency_id is not None and not await tx.fetchval(
        "SELECT EXISTS (SELECT FROM agency WHERE id = $1)", to_agency_id
    ):
        raise NotFound("OPD ini tidak ada.")
    waiting = await tx.fetchval(
        "SELECT coalesce(g.name, h.to_name) FROM handover h "
        "LEFT JOIN agency g ON g.id = h.to_agency_id "
        "WHERE h.incident_id = $1 AND h.state = 'offered' LIMIT 1",
        incident_id,
    )
    if waiting is not None:
        raise Conflict("Masih menunggu jawaban {who}.", who=waiting, extra={"to": waiting})


async def answer(
    tx: Tx, handover_id: int, to: str, reason: str | None = None, agency_id: int | None = None
) -> Moved:
    """accepted, refused (with a reason), timed_out or returned. Raises IllegalMove.

    agency_id: the answering agency; somebody else's hand-over does not exist for it.
    """
    row = await tx.fetchrow("SELECT * FROM handover WHERE id = $1", handover_id)
    if row is None or (agency_id is not None and row["to_agency_id"] != agency_id):
        raise NotFound
    if to == "refused" and not reason:
        raise BadInput("Sebut alasan penolakan.", extra={"field": "reason"})
    await locked(tx, row["incident_id"])
    moved = await move(
        tx, HANDOVER, handover_id, to, values={"reason": reason} if reason else None,
        incident_id=row["incident_id"],
    )  # fmt: skip
    if moved.changed:
        await timers.cancel(tx, "handover.timeout", handover_id)
    if moved.changed and to in UNANSWERED and row["attempt"] >= TO_SUPERVISOR:
        await append(
            tx,
            "handover.escalated",
            HandoverRef(handover_id=handover_id, incident_id=moved.row["incident_id"], reason=to),
            incident_id=moved.row["incident_id"],
            subject=("handover", handover_id),
        )
    return moved
