"""The first answer again: who repeats a key and body, or a provider its message, gets what was said."""

from __future__ import annotations

from dataclasses import replace

from core.db import Row, Tx
from core.errors import NotFound
from core.privacy import Vault
from dispatch.inbound import Inbound, Taken
from dispatch.tracking import token

_ANSWER = """
SELECT c.id AS contact_id, r.id AS report_id, r.code, r.class, r.incident_id,
       EXISTS (SELECT FROM assignment a WHERE a.incident_id = r.incident_id
               AND assignment_is_live(a.state)) AS assigned
FROM contact c LEFT JOIN report r ON r.contact_id = c.id
"""

BY_CONTACT = f"""{_ANSWER}
WHERE (c.client_key = $1 AND c.body_mac = $2) OR (c.gateway = $3 AND c.provider_id = $4)
ORDER BY r.id LIMIT 1
"""

# A report that was added to a call: its key stands beside its code (queries.ADD_REPORT).
OF_CALL = f"""{_ANSWER}
WHERE r.code = (SELECT i.answer ->> 'code' FROM idempotency i
                WHERE i.scope = 'report of contact' AND i.key = $1 AND i.body_mac = $2)
"""


BY_CODE = f"{_ANSWER} WHERE r.code = $1 AND c.body_mac = $2"


async def answer_of(tx: Tx, vault: Vault, code: str, mac: bytes) -> Taken | None:
    """What is stored under a code that this very thing was to get; None: another's code."""
    row = await tx.fetchrow(BY_CODE, code, mac)
    return None if row is None else replace(_taken(vault, row), stood=True)


async def first_answer(tx: Tx, vault: Vault, inbound: Inbound, mac: bytes) -> Taken:
    """What the same inbound thing was answered. Raises NotFound when it names a contact that is not
    there: nothing else can be missing, the conflicting contact is committed."""
    if inbound.contact_id is not None:
        key = str(inbound.client_key) if inbound.client_key else None
        row = await tx.fetchrow(OF_CALL, key, mac)
    else:
        row = await tx.fetchrow(
            BY_CONTACT, inbound.client_key, mac, inbound.gateway, inbound.provider_id
        )
    if row is None:
        raise NotFound("Kontak ini tidak ada.")
    return replace(_taken(vault, row), duplicate=True)


def _taken(vault: Vault, row: Row) -> Taken:
    status = "diterima"
    if row["incident_id"] is not None:
        status = "ditugaskan" if row["assigned"] else "kejadian"
    return Taken(
        row["contact_id"], row["report_id"], row["code"],
        token(vault, row["code"]) if row["code"] else None, status,
        row["class"] or "unclear", row["incident_id"],
    )  # fmt: skip
