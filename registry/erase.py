"""Forget a person: the private side goes, the pseudonymous row and the log stay (invariant 9).

`forget_number` covers every table of this room that keeps a phone's hash; it is what the erasure
of a reporter by number calls for the registry.
"""

from __future__ import annotations

from core.db import Tx
from core.events import append
from core.events.kinds import Access

ERASE_PRIVATE = "DELETE FROM resident_private WHERE resident_id = $1"
ERASE_RESIDENT = """
UPDATE resident
SET vulnerability = '{}', house_id = NULL, lingkungan = NULL, version = version + 1,
    erased_at = clock_timestamp()
WHERE id = $1 AND erased_at IS NULL
RETURNING id
"""
WITHDRAW_ALL = """
UPDATE consent SET withdrawn_at = clock_timestamp()
WHERE resident_id = $1 AND withdrawn_at IS NULL
"""
RESIDENTS_OF_NUMBER = "SELECT resident_id FROM resident_private WHERE phone_hash = $1"
FORGET_STAFF_NUMBER = """
UPDATE staff_private SET phone_enc = NULL, phone_hash = NULL WHERE phone_hash = $1
"""
# The row of a recipient stays, so that an answer keeps counting; who it was cannot be told any more.
FORGET_RECIPIENT = """
UPDATE message_recipient
SET phone_hash = sha256(convert_to(gen_random_uuid()::text, 'UTF8')), forgotten = true
WHERE phone_hash = $1
"""


async def erase_resident(tx: Tx, resident_id: int) -> bool:
    """Forget one resident; False when that was done before."""
    await tx.execute(ERASE_PRIVATE, resident_id)
    await tx.execute(WITHDRAW_ALL, resident_id)
    if await tx.fetchval(ERASE_RESIDENT, resident_id) is None:
        return False
    await append(
        tx,
        "access.erased",
        Access(subject="resident", subject_id=resident_id),
        subject=("resident", resident_id),
    )
    return True


async def forget_number(tx: Tx, phone_hash: bytes) -> int:
    """Forget every resident and recipient with this number; returns how many rows were touched.

    A bare number's refusal of messages (`STOP`) stays: without it the number would be written to
    again. Staff keep their row; only the number is taken out.
    """
    touched = 0
    for row in await tx.fetch(RESIDENTS_OF_NUMBER, phone_hash):
        touched += await erase_resident(tx, row["resident_id"])
    for statement in (FORGET_STAFF_NUMBER, FORGET_RECIPIENT):
        touched += int((await tx.execute(statement, phone_hash)).rpartition(" ")[2])
    return touched
