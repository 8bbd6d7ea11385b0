"""What a reporter adds to a report: words, a position, a number, a photo. Kept as a contact first."""

from __future__ import annotations

from collections.abc import Sequence

from core.actor import Actor
from core.db import Database
from core.errors import NotFound
from core.files import store
from core.machine import move
from core.privacy import Vault
from dispatch.inbound import Inbound
from dispatch.placing import Placed
from dispatch.states import REPORT_PLACE

KEEP = """
WITH c AS (
    INSERT INTO contact (channel, gateway, provider_id, client_key, body_mac, device_at, rate_limited)
    SELECT $2, $3, $4, $5, $6, $7, $8 FROM report WHERE id = $1
    ON CONFLICT DO NOTHING
    RETURNING id
), private AS (
    INSERT INTO contact_private (contact_id, raw_enc, phone_enc, phone_hash)
    SELECT id, $9, $10, $11 FROM c
), message AS (
    INSERT INTO report_message (report_id, contact_id, author, text_enc)
    SELECT $1, id, 'reporter', $12 FROM c
), said AS (
    INSERT INTO event (kind, incident_id, subject_type, subject_id, audience, actor_kind, actor_id,
                       payload)
    SELECT 'report.message', r.incident_id, 'report', r.id, 'desk', $13, $14,
        jsonb_strip_nulls(jsonb_build_object(
            'report_id', r.id, 'contact_id', c.id, 'incident_id', r.incident_id))
    FROM c, report r WHERE r.id = $1
)
SELECT id FROM c
"""

SAME = """
SELECT id FROM contact
WHERE (client_key = $1 AND body_mac = $2) OR (gateway = $3 AND provider_id = $4) LIMIT 1
"""

# A number given later belongs to the first contact too, so that people can call back.
LEND_PHONE = """
UPDATE contact_private SET phone_enc = $2, phone_hash = $3
FROM report r WHERE r.id = $1 AND contact_private.contact_id = r.contact_id AND phone_hash IS NULL
"""


async def add(db: Database, vault: Vault, report_id: int, inbound: Inbound, actor: Actor) -> int:
    """Keep it; the contact's id. A repeated key and body gets the first one's.

    Raises NotFound for an unknown report, `Unavailable` when nothing could be kept.
    """
    mac = vault.mac(inbound.raw)
    phone = inbound.phone
    phone_args = (vault.encrypt(phone), vault.phone_hash(phone)) if phone else (None, None)
    async with db.read(actor) as tx:
        contact_id = await tx.fetchval(
            KEEP, report_id, inbound.channel, inbound.gateway, inbound.provider_id,
            inbound.client_key, mac, inbound.device_at, inbound.rate_limited,
            vault.encrypt(inbound.raw), *phone_args,
            vault.encrypt(inbound.text) if inbound.text else None, actor.kind, actor.account_id,
        )  # fmt: skip
        if contact_id is None:
            contact_id = await tx.fetchval(
                SAME, inbound.client_key, mac, inbound.gateway, inbound.provider_id
            )
            if contact_id is None:
                raise NotFound
            return int(contact_id)
        tx.events += 1
        if phone:
            await tx.execute(LEND_PHONE, report_id, *phone_args)
    return int(contact_id)


async def locate(db: Database, report_id: int, placed: Placed, actor: Actor) -> bool:
    """Give an unplaced report its place; whether it should now be linked or opened."""
    async with db.tx(actor) as tx:
        row = await tx.fetchrow(
            "SELECT place, handling, class, type FROM report WHERE id = $1 FOR UPDATE", report_id
        )
        if row is None or row["place"] != "unlocated":
            return False
        point = await tx.fetchval(
            "SELECT ST_SetSRID(ST_MakePoint($1, $2), 4326)", placed.lon, placed.lat
        )
        await move(
            tx,
            REPORT_PLACE,
            report_id,
            "located",
            values={
                "geom": point,
                "accuracy_m": placed.accuracy_m,
                "kelurahan_code": placed.kelurahan_code,
                "kelurahan_alt": list(placed.kelurahan[1:]),
                "lingkungan": placed.lingkungan,
                "place_label": placed.label,
                "place_basis": placed.basis,
                "out_of_city": placed.outside,
            },
            source="reporter",
        )
        grave = row["class"] == "emergency" and row["type"] != "none"
        if not (grave and row["handling"] == "new"):
            return False
        await tx.execute("UPDATE report SET intake = 'pending' WHERE id = $1", report_id)
        return True


async def attach_uploads(db: Database, contact_id: int, handles: Sequence[str]) -> None:
    """Tie uploaded files to the contact; unknown or foreign handles are ignored by the store."""
    async with db.tx() as tx:
        await store.attach(tx, handles, contact_id)
