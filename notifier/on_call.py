"""A digit from somebody on call: takes the incident that they were asked about, by name.

`1 K17`, or `1` alone where only one was asked about and no job of a crew of theirs is open. A number is
no identity: what is taken so is shown with its source, may be taken over from the desk, and goes back to
the sounding queue when nothing follows (dispatch/taking.py).
"""

from __future__ import annotations

from core.db import Row, Tx
from core.errors import Conflict, IllegalMove
from dispatch import taking
from notifier.commands import LIVE, Command, Job, names
from notifier.crews import Answer, jobs_of

TEMPLATES = ("on_call", "on_call_covert")
TAKE = 1

# Newest first. Who was told of an incident by this number, whichever of its messages.
ASKED = """
SELECT i.id, i.code, i.live, max(d.staff_id) AS staff_id
FROM delivery AS d JOIN incident AS i ON i.id = d.incident_id
JOIN staff AS s ON s.id = d.staff_id AND s.active
WHERE d.recipient_hash = $1 AND d.template = ANY($2::text[])
  AND d.queued_at > clock_timestamp() - interval '6 hours'
GROUP BY i.id ORDER BY i.id DESC LIMIT 20
"""


async def answer(tx: Tx, number: bytes, command: Command) -> Answer | None:
    """Do what the digit says. None: it is not about an incident that this number was asked about."""
    if command.digit != TAKE or command.glued:
        return None
    asked = await tx.fetch(ASKED, number, list(TEMPLATES))
    if not asked:
        return None
    _, jobs = await jobs_of(tx, number)
    if command.code is None:
        if any(job.state in LIVE for job in jobs):
            return None
        meant = [row for row in asked if row["live"]] or asked[:1]
    else:
        meant = _named(command, asked, jobs)
    if not meant:
        return None
    if len(meant) > 1:
        codes = " ".join(row["code"] for row in meant[:6])
        values = {"digit": TAKE, "code": meant[0]["code"], "codes": codes}
        return Answer("which", values, staff_id=meant[0]["staff_id"])
    return await _take(tx, meant[0])


def _named(command: Command, asked: list[Row], jobs: list[Job]) -> list[Row]:
    """By the whole code; by its number alone unless that is an assignment's."""
    code = command.code or ""
    if code.isdigit() and names(command, jobs):
        return []
    return [row for row in asked if code in (row["code"], row["code"].lstrip("K"))]


async def _take(tx: Tx, row: Row) -> Answer:
    values: dict[str, object] = {"code": row["code"]}
    try:
        async with tx.savepoint():
            await taking.take_by_phone(tx, row["id"], row["staff_id"])
    except Conflict as refused:
        if isinstance(refused, IllegalMove):
            said = Answer("on_call_over", values)
        else:
            said = Answer("on_call_late", {**values, "who": refused.extra.get("by") or "rekan"})
    else:
        said = Answer("on_call_taken", values)
    return Answer(said.template, said.values, incident_id=row["id"], staff_id=row["staff_id"])
