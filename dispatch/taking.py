"""Who has an incident: taken by name, from the desk or by a digit from the phone of somebody on call.

While it is taken its sound is off and nobody on call is asked again. Taken and nothing done, it goes
back to the sounding queue (invariant 6).
"""

from __future__ import annotations

from core import timers
from core.db import Row, Tx
from core.errors import Conflict, IllegalMove
from dispatch.incidents import locked, say
from dispatch.states import INCIDENT, INCIDENT_LIVE

UNTOUCHED_S = 180
UNTOUCHED_ON_CALL_S = 900
"""Somebody on call is on the road or on the telephone, not at a console."""


NAME = """
SELECT coalesce((SELECT name FROM account WHERE id = $1), (SELECT name FROM staff WHERE id = $2))
"""

TAKE = """
UPDATE incident SET taken_by = $2, taken_by_staff = $3, taken_at = clock_timestamp(),
    version = version + 1
WHERE id = $1
"""

RELEASE = """
UPDATE incident SET taken_by = NULL, taken_by_staff = NULL, taken_at = NULL, version = version + 1
WHERE id = $1
"""

ACTED = """
SELECT EXISTS (SELECT FROM event WHERE incident_id = $1 AND actor_id = $2 AND at > $3
               AND kind NOT IN ('incident.taken', 'incident.released'))
"""

# Who took it by phone acts through others: a crew that answers, an operator who does something.
SOMETHING_DONE = """
SELECT EXISTS (SELECT FROM event WHERE incident_id = $1 AND at > $2
               AND kind NOT IN ('incident.taken', 'incident.released')
               AND (actor_kind = 'account' OR kind IN ('assignment.accepted', 'assignment.en_route',
                    'assignment.on_scene', 'assignment.cleared')))
"""


async def take(tx: Tx, incident_id: int, account_id: int) -> bool:
    """Take it by name: its sound stops on every console. Raises Conflict naming who has it.

    What was taken by SMS may be taken over: a sender id is no identity (invariant 13).
    """
    row = await locked(tx, incident_id)
    if row["taken_by"] == account_id:
        return False
    if row["taken_by"] is not None:
        await _has(tx, row)
    await tx.execute(TAKE, incident_id, account_id, None)
    await timers.schedule(tx, "incident.untouched", incident_id, UNTOUCHED_S)
    await say(tx, row, "incident.taken")
    return True


async def take_by_phone(tx: Tx, incident_id: int, staff_id: int) -> bool:
    """Somebody on call takes it by SMS; whether that is new.

    Raises Conflict naming who has it, IllegalMove when it is over.
    """
    row = await locked(tx, incident_id)
    if row["state"] not in INCIDENT_LIVE:
        raise IllegalMove(INCIDENT.name, row["state"], "taken", INCIDENT.legal(row["state"]))
    if row["taken_by_staff"] == staff_id:
        return False
    if row["taken_at"] is not None:
        await _has(tx, row)
    await tx.execute(TAKE, incident_id, None, staff_id)
    await timers.schedule(tx, "incident.untouched", incident_id, UNTOUCHED_ON_CALL_S)
    await say(tx, row, "incident.taken", source="sms", staff_id=staff_id)
    return True


async def release_untouched(tx: Tx, incident_id: int) -> bool:
    """Back to the sounding queue when whoever took it has done nothing since."""
    row = await locked(tx, incident_id)
    if row["taken_at"] is None or row["state"] not in {"open", "assigned"}:
        return False
    if row["taken_by"] is not None:
        acted = await tx.fetchval(ACTED, incident_id, row["taken_by"], row["taken_at"])
    else:
        acted = await tx.fetchval(SOMETHING_DONE, incident_id, row["taken_at"])
    if acted:
        return False
    await tx.execute(RELEASE, incident_id)
    await say(tx, row, "incident.released", reason="untouched")
    return True


async def _has(tx: Tx, row: Row) -> None:
    name = await tx.fetchval(NAME, row["taken_by"], row["taken_by_staff"])
    raise Conflict("Sudah diambil oleh {who}.", who=name or "orang lain", extra={"by": name})
