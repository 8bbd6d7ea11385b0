"""A number that must be forgotten is in no table of the registry any more."""

from core.db import Database
from core.privacy import Vault
from registry import requests
from registry.consents import refuse_number
from registry.erase import forget_number
from registry.models import Agency, Resident, ResidentPrivate, Staff, StaffPrivate
from registry.upsert import upsert, upsert_private

PHONE = "+6281200000001"
HASHED = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'public' AND column_name = 'phone_hash' AND table_name = ANY($1)
"""
OURS = ["staff_private", "resident_private", "message_recipient", "consent"]


async def test_the_number_is_gone_and_its_refusal_stays(fresh_db: Database, vault: Vault) -> None:
    phone = vault.phone_hash(PHONE)
    async with fresh_db.tx() as tx:
        agency_id, _ = await upsert(
            tx, Agency, ("code",), {"code": "A", "name": "A", "kind": "fire"}
        )
        person = {"agency_id": agency_id, "code": "P", "name": "P", "role": "petugas"}
        staff_id, _ = await upsert(tx, Staff, ("agency_id", "code"), person)
        await upsert_private(tx, vault, StaffPrivate, "staff_id", staff_id, {"phone": PHONE})
        row = {"code": "W", "kelurahan_code": "12.76.01.1007"}
        resident_id, _ = await upsert(tx, Resident, ("code",), row)
        await upsert_private(
            tx, vault, ResidentPrivate, "resident_id", resident_id, {"phone": PHONE, "name": "N"}
        )
        request_id = await requests.create(
            tx, program="contoh", purpose="survey", template="x", incident_id=1, params={}
        )
        assert request_id is not None
        assert (await requests.claim(tx, vault, request_id, phone)).ok
        await refuse_number(tx, phone, "survey", channel="sms")

        assert await forget_number(tx, phone) == 3

        columns = await tx.fetch(HASHED, OURS)
        assert {column["table_name"] for column in columns} == set(OURS)
        left = {
            column["table_name"]: await tx.fetchval(
                f"SELECT count(*) FROM {column['table_name']} WHERE phone_hash = $1", phone
            )
            for column in columns
        }
        assert left == {
            "staff_private": 0,
            "resident_private": 0,
            "message_recipient": 0,
            "consent": 1,
        }
        assert await tx.fetchval("SELECT count(*) FROM message_recipient") == 1
