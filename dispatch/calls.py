"""Phone calls as contacts: ringing → answered → ended, and the ones to call back.

A call is a contact before anybody has said a word: a hang-up, a silent or an abandoned call is a task
with a clock, never noise (invariant 2).
"""

from __future__ import annotations

from core.actor import Actor
from core.context import Context
from core.db import Row, Tx
from core.errors import BadInput, Conflict, NotFound
from core.events import append
from core.events.kinds import ContactRef
from core.machine import move
from core.privacy import Vault
from dispatch.states import CONTACT

OUTCOMES = ("reported", "silent", "abandoned", "prank", "wrong_number", "information", "test")
TO_CALL_BACK = frozenset({"silent", "abandoned"})

KEEP_CALL = """
WITH c AS (
    INSERT INTO contact (channel, gateway, provider_id, body_mac, state, line, claimed_by, answered_at)
    VALUES ('phone', $1, $2, $3, $4, $5, $6, CASE WHEN $4 = 'answered' THEN clock_timestamp() END)
    ON CONFLICT DO NOTHING
    RETURNING id
), private AS (
    INSERT INTO contact_private (contact_id, raw_enc, phone_enc, phone_hash)
    SELECT id, $7, $8, $9 FROM c
)
SELECT id FROM c
"""

BY_CALL_ID = "SELECT id, state FROM contact WHERE gateway = $1 AND provider_id = $2"


async def call_event(
    context: Context, actor: Actor, event: str, call_id: str, phone: str | None, line: str | None,
    raw: bytes,
) -> int:  # fmt: skip
    """A telephone exchange says what happens on a line; the contact's id. Idempotent by call id.

    Out of order is normal: an 'ended' without a 'ringing' is kept as an abandoned call.
    """
    if event not in {"ringing", "answered", "ended"}:
        raise BadInput("event harus ringing, answered atau ended.", extra={"field": "event"})
    async with context.db.tx(actor) as tx:
        contact_id = await _keep(tx, context.vault, "phone", call_id, "ringing", phone, line, raw)
        if contact_id is not None:
            await _say(tx, "contact.ringing", contact_id, line)
        row = await tx.fetchrow(BY_CALL_ID, "phone", call_id)
        assert row is not None
        contact_id = int(row["id"])
        if event == "answered" and row["state"] == "ringing":
            await move(tx, CONTACT, contact_id, "answered", payload={"line": line})
        elif event == "ended" and row["state"] in {"ringing", "answered"}:
            outcome = "abandoned" if row["state"] == "ringing" else None
            await move(
                tx, CONTACT, contact_id, "ended", values={"outcome": outcome},
                payload={"line": line},
            )  # fmt: skip
        return contact_id


async def begin(
    tx: Tx, vault: Vault, phone: str | None, line: str | None, account_id: int, raw: bytes
) -> int:
    """The operator presses N with the caller on the line: an answered call, claimed."""
    contact_id = await _keep(
        tx, vault, None, None, "answered", phone, line, raw, claimed_by=account_id
    )
    assert contact_id is not None
    await _say(tx, "contact.answered", contact_id, line)
    return contact_id


async def answer(tx: Tx, contact_id: int, account_id: int) -> Row:
    """Claim a ringing call. Raises Conflict naming who has it."""
    row = await tx.fetchrow("SELECT * FROM contact WHERE id = $1 FOR UPDATE", contact_id)
    if row is None or row["channel"] != "phone":
        raise NotFound
    if row["claimed_by"] not in (None, account_id):
        name = await tx.fetchval("SELECT name FROM account WHERE id = $1", row["claimed_by"])
        raise Conflict("Sudah diangkat oleh {who}.", who=name or "orang lain")
    if row["state"] == "answered":
        await tx.execute("UPDATE contact SET claimed_by = $2 WHERE id = $1", contact_id, account_id)
        return row
    moved = await move(
        tx, CONTACT, contact_id, "answered", values={"claimed_by": account_id},
        payload={"line": row["line"]},
    )  # fmt: skip
    return moved.row


async def end(tx: Tx, contact_id: int, outcome: str | None) -> Row:
    """The call is over; silent and abandoned ones become call-back tasks."""
    if outcome is not None and outcome not in OUTCOMES:
        raise BadInput("Hasil panggilan tidak dikenal.", extra={"known": list(OUTCOMES)})
    moved = await move(tx, CONTACT, contact_id, "ended", values={"outcome": outcome})
    return moved.row


async def called_back(tx: Tx, contact_id: int, outcome: str | None) -> Row:
    """Somebody has rung back."""
    if outcome is not None and outcome not in OUTCOMES:
        raise BadInput("Hasil panggilan tidak dikenal.", extra={"known": list(OUTCOMES)})
    values = {} if outcome is None else {"outcome": outcome}
    return (await move(tx, CONTACT, contact_id, "called_back", values=values)).row


async def _keep(
    tx: Tx, vault: Vault, gateway: str | None, call_id: str | None, state: str, phone: str | None,
    line: str | None, raw: bytes, claimed_by: int | None = None,
) -> int | None:  # fmt: skip
    contact_id: int | None = await tx.fetchval(
        KEEP_CALL, gateway, call_id, vault.mac(raw), state, line, claimed_by, vault.encrypt(raw),
        vault.encrypt(phone) if phone else None, vault.phone_hash(phone) if phone else None,
    )  # fmt: skip
    return contact_id


async def _say(tx: Tx, kind: str, contact_id: int, line: str | None) -> None:
    await append(
        tx,
        kind,
        ContactRef(contact_id=contact_id, channel="phone", line=line),
        subject=("contact", contact_id),
    )
