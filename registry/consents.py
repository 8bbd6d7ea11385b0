"""Consent per purpose: given and withdrawn by a resident, or withdrawn by a bare number (`STOP`)."""

from __future__ import annotations

from core.db import Row, Tx
from core.events import append
from registry.events import ConsentChange

GIVE = """
INSERT INTO consent (resident_id, purpose, channel, given_at, given_by)
VALUES ($1, $2, $3, clock_timestamp(), $4)
ON CONFLICT (resident_id, purpose) WHERE withdrawn_at IS NULL DO NOTHING
RETURNING id
"""
WITHDRAW = """
UPDATE consent SET withdrawn_at = clock_timestamp(), withdrawn_by = $3
WHERE resident_id = $1 AND purpose = $2 AND withdrawn_at IS NULL
RETURNING id
"""
REFUSE_NUMBER = """
INSERT INTO consent (phone_hash, purpose, channel, withdrawn_at)
SELECT $1, $2, $3, clock_timestamp()
WHERE NOT EXISTS (
    SELECT 1 FROM consent WHERE phone_hash = $1 AND purpose = $2 AND withdrawn_at IS NOT NULL
)
RETURNING id
"""
OF_RESIDENT = """
SELECT id, purpose, channel, given_at, given_by, withdrawn_at, withdrawn_by
FROM consent WHERE resident_id = $1 ORDER BY id
"""
# The register of vulnerable people exists only by this consent: without it the codes go too.
FORGET_VULNERABILITY = """
UPDATE resident SET vulnerability = '{}', version = version + 1
WHERE id = $1 AND vulnerability <> '{}'
"""


async def give(tx: Tx, resident_id: int, purpose: str, *, channel: str) -> bool:
    """Note a yes; False when it stood already. `channel`: counter, import, web, sms."""
    consent_id = await tx.fetchval(GIVE, resident_id, purpose, channel, tx.actor.account_id)
    if consent_id is None:
        return False
    await _tell(tx, "registry.consent_given", consent_id, purpose, resident_id)
    return True


async def withdraw(tx: Tx, resident_id: int, purpose: str, *, channel: str) -> bool:
    """Take a yes back; False when there was none. The yes itself stays on record."""
    consent_id = await tx.fetchval(WITHDRAW, resident_id, purpose, tx.actor.account_id)
    if consent_id is None:
        return False
    if purpose == "rescue_register":
        await tx.execute(FORGET_VULNERABILITY, resident_id)
    await _tell(tx, "registry.consent_withdrawn", consent_id, purpose, resident_id)
    return True


async def refuse_number(tx: Tx, phone_hash: bytes, purpose: str, *, channel: str) -> bool:
    """A number wants no more messages of this purpose, whoever it belongs to."""
    consent_id = await tx.fetchval(REFUSE_NUMBER, phone_hash, purpose, channel)
    if consent_id is None:
        return False
    await _tell(tx, "registry.consent_withdrawn", consent_id, purpose, None)
    return True


async def of_resident(tx: Tx, resident_id: int) -> list[Row]:
    """All that this resident said, oldest first."""
    return await tx.fetch(OF_RESIDENT, resident_id)


async def _tell(tx: Tx, kind: str, consent_id: int, purpose: str, resident_id: int | None) -> None:
    await append(
        tx,
        kind,
        ConsentChange(consent_id=consent_id, purpose=purpose, resident_id=resident_id),
        subject=("consent", consent_id),
    )
