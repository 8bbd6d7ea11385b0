"""Numbers behind programs' messages are forgotten, but not before their limits end."""

import pytest

from core.context import open_context
from core.privacy import Vault
from core.settings import Settings
from registry import requests, retention
from registry.requests import Claim

PHONE = "+6281200000001"


@pytest.mark.parametrize(
    ("gap_days", "age_days", "forgotten"), [(30, 89, 0), (30, 91, 1), (120, 91, 0), (120, 121, 1)]
)
async def test_after_ninety_days_or_the_longer_limit(
    fresh_settings: Settings, vault: Vault, gap_days: int, age_days: int, forgotten: int
) -> None:
    async with open_context(fresh_settings) as context:
        async with context.db.tx() as tx:
            request_id = await requests.create(
                tx,
                program="contoh",
                purpose="survey",
                template="x",
                incident_id=1,
                params={},
                min_gap_days=gap_days,
                expires_s=60,
            )
            assert request_id is not None
            claim: Claim = await requests.claim(tx, vault, request_id, vault.phone_hash(PHONE))
            assert claim.ok
            await tx.execute(
                "UPDATE message_recipient SET claimed_at = claimed_at - make_interval(days => $1)",
                age_days,
            )
            await tx.execute("UPDATE message_request SET expires_at = clock_timestamp()")
        assert await retention.step(context) == forgotten
        assert await retention.step(context) == 0
        async with context.db.read() as tx:
            known = await tx.fetchval(
                "SELECT count(*) FROM message_recipient WHERE phone_hash = $1",
                vault.phone_hash(PHONE),
            )
        assert known == 1 - forgotten
