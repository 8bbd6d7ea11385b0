"""POST /api/v1/reports as anybody: bad input gets a clear answer and is kept; a number shows nowhere."""

from __future__ import annotations

import json
import logging
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core import logs
from core.settings import Settings
from core.words import load_all, t
from dispatch.inbound import TYPES
from tests.dispatch.world import LAT, LON, World, phone
from tests.fixtures.canary import Canary
from tests.fixtures.web import REPO, Served

PATH = "/api/v1/reports"

# Each is a body as bytes and what the problem names.
BAD: dict[str, bytes] = {
    "empty": b"",
    "no place and no phone": b"{}",
    "only a name": b'{"name": "Contoh"}',
    "only spaces": b'{"text": "   "}',
    "a word for a phone": b'{"phone": "bukan nomor"}',
    "lat off the earth": b'{"text": "api", "lat": 91, "lon": 99}',
    "lon off the earth": b'{"text": "api", "lat": 3, "lon": -181}',
    "half a coordinate": b'{"text": "api", "lat": 3}',
    "reporter off the earth": b'{"text": "api", "reporter_lat": 3, "reporter_lon": 999}',
    "NaN": b'{"text": "api", "lat": NaN, "lon": 99}',
    "infinite": b'{"text": "api", "lat": 1e999, "lon": 99}',
    "a word for lat": b'{"text": "api", "lat": "tiga", "lon": 99}',
    "unknown type": b'{"text": "api", "type": "dragon"}',
    "a list for text": b'{"text": ["api"]}',
    "a list": b'[{"text": "api"}]',
    "a string": b'"kebakaran"',
    "broken JSON": b'{"text": "rumah terbak',
    "two documents": b'{"text": "api"}{"text": "api"}',
    "not UTF-8": b'{"text": "\xff\xfe"}',
    "a lone surrogate": b'{"text": "\\ud83d"}',
    "deep nesting": b'{"x": ' + b"[" * 20_000 + b"]" * 20_000 + b"}",
    "too long a text": json.dumps({"text": "api " * 1_500}).encode(),
    "too many uploads": json.dumps({"text": "api", "uploads": ["x"] * 9}).encode(),
    "a key that is no UUID": b'{"text": "api", "client_key": "kunci"}',
    "form instead of JSON": b"text=rumah+terbakar&lat=3.3",
    "NUL in the JSON": b'{"text": "a\x00b"}',
}
# Odd, and a report all the same.
ODD: dict[str, dict[str, Any]] = {
    "emoji only": {"text": "🔥🔥🔥😭"},
    "NUL in the text": {"text": "rumah\u0000 terbakar\u0007"},
    "right to left, joined, astral": {"text": "\u202eapi\u200d👨‍👩‍👧 𝕱ire"},
    "SOS and nothing else": {"text": "SOS"},
    "a phone and nothing else": {"phone": "0811-0000-0042"},
    "a place and nothing else": {"lat": LAT, "lon": LON},
    "a place with a bad phone": {"lat": LAT, "lon": LON, "phone": "bukan nomor"},
    "a field nobody knows": {"text": "api", "hobby": "x"},
    "an impossible accuracy": {"text": "api", "lat": LAT, "lon": LON, "accuracy_m": -3},
    "a kelurahan nobody knows": {"text": "api", "kelurahan_code": "99\u0000"},
    "an upload nobody knows": {"text": "api", "uploads": ["\u0000", "tidak-ada"]},
    "the middle of the sea": {"text": "api", "lat": 0, "lon": 0},
    "the pole": {"text": "api", "lat": 90, "lon": 180},
    "a time without a zone": {"text": "api", "device_at": "2026-11-24T03:00:00"},
    "a time that is none here": {"text": "api", "device_at": "0001-01-01T00:00:00+14:00"},
}


async def contacts(world: World) -> int:
    return int(await world.value("SELECT count(*) FROM contact"))


def names_no_trace(text: str) -> bool:
    return not re.search(r"Traceback|File \"|asyncpg|msgspec|SELECT |INSERT ", text)


@pytest.mark.parametrize("name", BAD)
async def test_bad_input_is_answered_and_kept_as_unreadable(
    served: Served, world: World, name: str
) -> None:
    before = await contacts(world)
    async with served.as_() as client:
        answer = await client.post(PATH, content=BAD[name])
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["detail"] and "{" not in problem["detail"].replace('{"text"', "")
    assert names_no_trace(answer.text)
    assert await contacts(world) == before + 1
    row = (
        await world.rows(
            "SELECT c.state, p.raw_enc FROM contact c JOIN contact_private p ON p.contact_id = c.id "
            "ORDER BY c.id DESC LIMIT 1"
        )
    )[0]
    assert row["state"] == "unreadable" and world.vault.decrypt(row["raw_enc"]) == BAD[name]
    kinds = await world.rows("SELECT kind FROM event ORDER BY id DESC LIMIT 1")
    assert kinds[0]["kind"] == "contact.unreadable"


async def test_bad_input_is_answered_in_english_to_who_reads_english(served: Served) -> None:
    load_all(REPO)
    async with served.as_() as client:
        for body in (BAD["no place and no phone"], BAD["unknown type"], BAD["broken JSON"]):
            bahasa = (await client.post(PATH, content=body)).json()["detail"]
            english = (
                await client.post(PATH, content=body, headers={"Accept-Language": "en"})
            ).json()["detail"]
            assert bahasa != english and re.search(r"\b(Give|Choose|read)\b", english)
    assert t("Tidak ditemukan.", "en") != "Tidak ditemukan."


async def test_a_megabyte_is_refused_unread(served: Served, world: World) -> None:
    before = await contacts(world)
    body = json.dumps({"text": "a" * 1_000_000, "lat": LAT, "lon": LON}).encode()
    async with served.as_() as client:
        answer = await client.post(PATH, content=body)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert await contacts(world) == before


async def test_sixty_four_kilobytes_of_anything_are_kept(served: Served, world: World) -> None:
    body = b"\x00\xff" * 32_000
    async with served.as_() as client:
        assert (await client.post(PATH, content=body)).status_code == 422
    blob = await world.value("SELECT raw_enc FROM contact_private ORDER BY contact_id DESC LIMIT 1")
    assert world.vault.decrypt(blob) == body


@pytest.mark.parametrize("name", ODD)
async def test_odd_input_is_a_report(served: Served, world: World, name: str) -> None:
    raw = json.dumps(ODD[name]).encode()
    async with served.as_() as client:
        answer = await client.post(PATH, content=raw)
    assert answer.status_code == 201, answer.text
    said = answer.json()
    row = (
        await world.rows(
            "SELECT r.*, p.raw_enc FROM report r "
            "JOIN contact_private p ON p.contact_id = r.contact_id WHERE r.code = $1",
            said["code"],
        )
    )[0]
    assert world.vault.decrypt(row["raw_enc"]) == raw
    assert said["tracking_url"].endswith(f"/l/{said['token']}") and len(said["token"]) >= 22
    text = ODD[name].get("text")
    if text:
        blob = await world.value(
            "SELECT text_enc FROM report_private WHERE report_id = $1", row["id"]
        )
        kept = world.vault.decrypt_text(blob)
        assert kept == "".join(c for c in text if c >= " ")


async def test_the_last_of_two_equal_names_counts_and_the_bytes_are_kept(
    served: Served, world: World
) -> None:
    raw = b'{"text": "satu", "text": "rumah terbakar"}'
    async with served.as_() as client:
        code = (await client.post(PATH, content=raw)).json()["code"]
    blob = await world.value(
        "SELECT p.raw_enc FROM report r JOIN contact_private p ON p.contact_id = r.contact_id "
        "WHERE r.code = $1",
        code,
    )
    assert world.vault.decrypt(blob) == raw


@pytest.mark.parametrize("type_", TYPES)
async def test_every_type_is_taken(served: Served, type_: str) -> None:
    async with served.as_() as client:
        answer = await client.post(PATH, json={"type": type_, "lat": LAT, "lon": LON})
    assert answer.status_code == 201


async def test_the_key_in_the_header_or_in_the_body(served: Served, world: World) -> None:
    key = str(uuid.uuid4())
    body = {"text": "rumah terbakar", "lat": LAT, "lon": LON, "type": "fire"}
    async with served.as_() as client:
        first = await client.post(PATH, json=body, headers={"Idempotency-Key": key})
        again = await client.post(PATH, json=body, headers={"Idempotency-Key": key})
        other = await client.post(
            PATH, json={**body, "text": "banjir"}, headers={"Idempotency-Key": key}
        )
        in_body = {**body, "client_key": str(uuid.uuid4())}
        form = [(await client.post(PATH, json=in_body)).json() for _ in range(2)]
    same = ("code", "token", "tracking_url")
    assert [first.json()[k] for k in same] == [again.json()[k] for k in same]
    assert first.status_code == again.status_code == 201
    assert other.json()["code"] != first.json()["code"]
    assert form[0]["code"] == form[1]["code"]
    assert await world.value(
        "SELECT c.key_reused FROM report r JOIN contact c ON c.id = r.contact_id WHERE r.code = $1",
        other.json()["code"],
    )


async def test_too_many_from_one_number_are_marked_and_kept(served: Served, world: World) -> None:
    number = phone()
    async with served.as_() as client:
        answers = [
            await client.post(PATH, json={"text": f"halo {n}", "phone": number}) for n in range(8)
        ]
    assert {a.status_code for a in answers} == {201}
    marks = await world.rows(
        "SELECT c.rate_limited FROM contact c JOIN contact_private p ON p.contact_id = c.id "
        "WHERE p.phone_hash = $1 ORDER BY c.id",
        world.vault.phone_hash(number),
    )
    assert [m["rate_limited"] for m in marks] == [False] * 6 + [True] * 2


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """All that is logged, the most talkative level, goes to this file."""
    handlers = logging.getLogger().handlers[:]
    file = tmp_path / "log.json"
    stream = logs.configure("DEBUG", file)
    yield file
    logs.silence()
    stream.close()
    logging.getLogger().handlers[:] = handlers


async def test_a_number_shows_nowhere(
    served: Served, world: World, settings: Settings, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the field, in the words, as unreadable bytes, in a report whose follow-up fails."""
    number = "+6281277700777"
    canary = Canary(number)
    spellings = ("081277700777", "0812-7770-0777", "6281277700777", "812 7770 0777")
    async with served.as_() as client:
        for spelling in spellings:
            body = {
                "text": f"rumah terbakar, hubungi {spelling}",
                "place_text": f"rumah bapak {spelling}",
                "name": f"Contoh {spelling}",
                "phone": number,
                "lat": LAT,
                "lon": LON,
                "type": "fire",
            }
            answer = await client.post(PATH, json=body)
            assert answer.status_code == 201 and canary.in_text(answer.text) == []
        await client.post(PATH, content=f'{{"phone": "{number}", "text": "putus'.encode())
        await client.post(PATH, json={"type": f"jenis {number}"[:30], "phone": number})

        def broken(*_args: object, **_more: object) -> None:
            raise RuntimeError("broken on purpose")

        fresh = {"lat": LAT, "lon": LON, "phone": number}
        monkeypatch.setattr("dispatch.intake.follow_up", broken)
        await client.post(PATH, json=fresh | {"type": "flood"})
        monkeypatch.setattr(
            "dispatch.at_once.TAKE", "SELECT 1 / ($1::dispatch_arrival[] IS NULL)::int"
        )
        await client.post(PATH, json=fresh | {"type": "drowning"})
    found_by_hash = await world.value(
        "SELECT count(*) FROM contact_private WHERE phone_hash = $1", world.vault.phone_hash(number)
    )
    assert found_by_hash == len(spellings) + 2
    async with world.db.read() as tx:
        assert await canary.scan_database(tx) == []
    written = log.read_text()  # noqa: ASYNC240
    assert "intake_follow_up_failed" in written and "taking_failed" in written
    assert canary.scan_files(log, settings.home) == []
