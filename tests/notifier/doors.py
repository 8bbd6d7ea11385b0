"""Posting to Twilio's doors as Twilio does, and what then lies in the tables."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from urllib.parse import urlencode

import httpx
from twilio.request_validator import RequestValidator

from tests.fixtures.web import Served
from tests.notifier.fake_twilio import ACCOUNT, OURS, TOKEN
from tests.notifier.world import World

PUBLIC = "https://siaga.contoh.example"
INBOUND, RECEIPTS = "/api/v1/inbound/twilio", "/api/v1/receipts/twilio"


def message(sender: str, body: str, **more: str) -> dict[str, str]:
    return {
        "AccountSid": ACCOUNT,
        "MessageSid": "SM" + secrets.token_hex(16),
        "From": sender,
        "To": OURS,
        "Body": body,
        "NumMedia": "0",
        **more,
    }


async def post(
    served: Served,
    path: str,
    form: Mapping[str, str],
    *,
    url: str | None = None,
    token: str = TOKEN,
    signature: str | None = None,
) -> httpx.Response:
    signed = RequestValidator(token).compute_signature(url or PUBLIC + path, dict(form))
    async with served.as_() as client:
        return await client.post(
            path,
            content=urlencode(form),
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "X-Twilio-Signature": signed if signature is None else signature,
            },
        )


async def kept(world: World) -> int:
    async with world.db.read() as tx:
        count: int = await tx.fetchval("SELECT count(*) FROM inbound_message")
    return count


async def contacts(world: World, number: str) -> list[int]:
    async with world.db.read() as tx:
        rows = await tx.fetch(
            "SELECT contact_id FROM contact_private WHERE phone_hash = $1 ORDER BY contact_id",
            world.vault.phone_hash(number),
        )
    return [row["contact_id"] for row in rows]


async def receipt(served: Served, sid: str, status: str, delivery: int, **more: str) -> int:
    form = {"AccountSid": ACCOUNT, "MessageSid": sid, "MessageStatus": status, **more}
    path = f"{RECEIPTS}?d={delivery}"
    return (await post(served, path, form)).status_code
