"""Limits on messages that programs ask for, and their answers."""

import asyncio
from datetime import date

from core.db import Database, Tx
from core.privacy import Vault
from registry import answers, requests
from registry.consents import give, refuse_number, withdraw
from registry.models import Resident, ResidentPrivate
from registry.requests import is_minor
from registry.upsert import upsert, upsert_private

PHONE = "+6281200000001"


async def ask(tx: Tx, incident_id: int, *, needs_consent: bool = False, expires_s: int = 60) -> int:
    request_id = await requests.create(
        tx,
        program="contoh",
        purpose="survey",
        template="survey_quick",
        incident_id=incident_id,
        params={"link": "https://kota.example/program/skm/s/{token}", "service": "112"},
        unless=("minor", "deaths"),
        needs_consent=needs_consent,
        answer_digits=3,
        answer_max=4,
        min_gap_days=30,
        expires_s=expires_s,
    )
    assert request_id is not None
    return request_id


async def resident(tx: Tx, vault: Vault, code: str, phone: str, born: str) -> int:
    row = {"code": code, "kelurahan_code": "12.76.01.1007"}
    resident_id, _ = await upsert(tx, Resident, ("code",), row)
    private: dict[str, str | None] = {"phone": phone, "birth_date": born}
    await upsert_private(tx, vault, ResidentPrivate, "resident_id", resident_id, private)
    return resident_id


async def test_one_message_a_number_in_thirty_days(fresh_db: Database, vault: Vault) -> None:
    phone = vault.phone_hash(PHONE)
    async with fresh_db.tx() as tx:
        first, second = await ask(tx, 1), await ask(tx, 2)
        claimed = await requests.claim(tx, vault, first, phone)
        assert claimed.ok
        assert claimed.params is not None
        assert "{token}" not in claimed.params["link"]
        assert (await requests.claim(tx, vault, first, phone)).reason == "already"
        assert (await requests.claim(tx, vault, second, phone)).reason == "too_soon"
        await tx.execute(
            "UPDATE message_recipient SET claimed_at = clock_timestamp() - interval '31 days'"
        )
        assert (await requests.claim(tx, vault, second, phone)).ok


async def test_two_incidents_of_one_caller_closing_at_once_write_once(
    fresh_db: Database, vault: Vault
) -> None:
    async with fresh_db.tx() as tx:
        wanted = [await ask(tx, number) for number in range(1, 7)]

    async def one(request_id: int) -> bool:
        async with fresh_db.tx() as tx:
            return (await requests.claim(tx, vault, request_id, vault.phone_hash(PHONE))).ok

    assert sum(await asyncio.gather(*map(one, wanted))) == 1


async def test_asking_twice_for_one_incident_is_once(fresh_db: Database) -> None:
    async with fresh_db.tx() as tx:
        await ask(tx, 1)
        again = await requests.create(
            tx, program="contoh", purpose="survey", template="x", incident_id=1, params={}
        )
        assert again is None
        assert await tx.fetchval("SELECT count(*) FROM event WHERE kind = 'request.message'") == 1


async def test_consent_age_and_expiry(fresh_db: Database, vault: Vault) -> None:
    async with fresh_db.tx() as tx:
        adult = await resident(tx, vault, "W1", "+6281200000011", "1990-01-01")
        await resident(tx, vault, "W2", "+6281200000012", date.today().isoformat())  # noqa: DTZ011
        open_to_all, opt_in = await ask(tx, 1), await ask(tx, 2, needs_consent=True)
        expired = await ask(tx, 3, expires_s=0)

        async def reason(request_id: int, phone: str) -> str | None:
            async with tx.savepoint():
                claim = await requests.claim(tx, vault, request_id, vault.phone_hash(phone))
                await tx.execute("DELETE FROM message_recipient")
                return claim.reason

        assert await reason(opt_in, "+6281200000011") == "no_consent"
        assert await reason(open_to_all, "+6281200000011") is None
        await give(tx, adult, "survey", channel="counter")
        assert await reason(opt_in, "+6281200000011") is None
        await withdraw(tx, adult, "survey", channel="counter")
        assert await reason(open_to_all, "+6281200000011") == "withdrawn"
        assert await reason(open_to_all, "+6281200000012") == "minor"
        await refuse_number(tx, vault.phone_hash("+6281200000013"), "survey", channel="sms")
        assert await reason(open_to_all, "+6281200000013") == "withdrawn"
        assert await reason(expired, "+6281200000014") == "expired"
        assert await reason(10**9, "+6281200000014") == "unknown"


async def test_a_link_finds_its_recipient_and_the_token_is_not_stored(
    fresh_db: Database, vault: Vault
) -> None:
    async with fresh_db.tx() as tx:
        request_id = await ask(tx, 5)
        claim = await requests.claim(tx, vault, request_id, vault.phone_hash(PHONE))
        assert claim.params is not None
        token = claim.params["link"].rsplit("/", 1)[1]
        found = await requests.by_token(tx, token)
        assert found is not None
        assert (found.id, found.program, found.incident_id) == (claim.recipient_id, "contoh", 5)
        assert await requests.by_token(tx, token[:-1]) is None
        stored = await tx.fetchval("SELECT m::text FROM message_recipient AS m")
        assert token not in stored


async def test_digits_answer_once_and_words_never(fresh_db: Database, vault: Vault) -> None:
    phone = vault.phone_hash(PHONE)
    async with fresh_db.tx() as tx:
        assert await answers.match_answer(tx, phone, "4 4 3") is None  # nobody asked
        request_id = await ask(tx, 1)
        claim = await requests.claim(tx, vault, request_id, phone)
        for text in ("sudah aman", "4 4", "4 4 5", "0 4 3", "4 4 3 tolong", "４４３", ""):
            assert await answers.match_answer(tx, phone, text) is None
        answer = await answers.match_answer(tx, phone, " 4 4,3 ")
        assert answer is not None
        assert (answer.recipient_id, answer.digits) == (claim.recipient_id, "443")
        assert await answers.match_answer(tx, phone, "1 1 1") is None
        payload = await tx.fetchval("SELECT payload FROM event WHERE kind = 'reply.message'")
        assert payload == {"program": "contoh", "subject_id": claim.recipient_id, "answer": "443"}


def test_coming_of_age() -> None:
    assert is_minor(date(2008, 11, 25), date(2026, 11, 24))
    assert not is_minor(date(2008, 11, 24), date(2026, 11, 24))
    assert is_minor(date(2008, 2, 29), date(2026, 2, 28))
    assert not is_minor(date(2008, 2, 29), date(2026, 3, 1))
