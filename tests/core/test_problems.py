"""Errors in the caller's language, as problem details, without a trace."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from core.errors import Problem, Unavailable
from core.web.problems import TITLES, as_dict
from tests.core.test_logs import lines as lines_of
from tests.core.test_logs import text_of

THINGS = "/api/v1/t/things"


def is_problem(answer: httpx.Response, status: int) -> dict[str, object]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    document: dict[str, object] = answer.json()
    assert document["status"] == status
    assert str(document["type"]).startswith("urn:siponcega:problem:")
    assert "Traceback" not in answer.text
    return document


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{broken", 400),
        (b"\xff\xfe\x00", 400),
        (b'{"name": 5}', 422),
        (b'{"name": "jauh lebih dari sepuluh"}', 422),
        (b'{"name": "a", "lat": 91}', 422),
        (b'{"name": "a\\u0000b"}', 422),
        (b'{"name": "\\ud800"}', 422),
        (b"[1]", 422),
        (b"", 422),
    ],
)
async def test_bad_input_is_named_in_both_languages(
    client: httpx.AsyncClient, body: bytes, status: int
) -> None:
    details = []
    for lang in ("id", "en"):
        answer = await client.post(
            THINGS,
            content=body,
            headers={"Content-Type": "application/json", "Accept-Language": lang},
        )
        details.append(is_problem(answer, status)["detail"])
        assert answer.headers["content-language"] == lang
    assert details[0] != details[1]


async def test_every_wrong_field_is_named_without_its_value(client: httpx.AsyncClient) -> None:
    answer = await client.post(THINGS, json={"name": "rahasia-0812-0000-0777", "lat": "x"})
    document = is_problem(answer, 422)
    assert document["errors"] == [
        {"field": "name", "problem": "paling panjang 10 huruf"},
        {"field": "lat", "problem": "harus bilangan"},
    ]
    assert "0812" not in answer.text


async def test_unknown_address_and_method(client: httpx.AsyncClient) -> None:
    is_problem(await client.get("/api/v1/tidak-ada"), 404)
    wrong = await client.delete("/api/v1/t/public")
    is_problem(wrong, 405)
    assert wrong.headers["allow"] == "GET"


async def test_a_browser_gets_a_page(client: httpx.AsyncClient) -> None:
    answer = await client.get(
        "/tidak-ada", headers={"Accept": "text/html", "Accept-Language": "en"}
    )
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert '<html lang="en"' in answer.text


async def test_our_own_failure_says_nothing_of_its_cause(
    client: httpx.AsyncClient, log_file: Path
) -> None:
    answer = await client.get("/api/v1/t/boom")
    document = is_problem(answer, 500)
    assert "rahasia" not in answer.text
    assert answer.headers["content-security-policy"]
    lines = lines_of(log_file)
    failure = next(line for line in lines if line["event"] == "unhandled")
    assert failure["error"] == "ZeroDivisionError"
    assert failure["request_id"] == document["request_id"] == answer.headers["x-request-id"]
    assert "rahasia" not in text_of(log_file)


def test_extra_members_and_retry_after() -> None:
    problem = Problem("Ada {n}.", status=409, slug="x", extra={"legal": ["a"]}, n=3)
    assert as_dict(problem, "id") == {
        "type": "urn:siponcega:problem:x",
        "title": TITLES[409],
        "status": 409,
        "detail": "Ada 3.",
        "code": "x",
        "legal": ["a"],
    }
    assert Unavailable(retry_after_s=7).headers == {"Retry-After": "7"}


@pytest.mark.parametrize(
    ("what", "status"), [("twice", 409), ("orphan", 422), ("empty", 422), ("huge", 422)]
)
async def test_what_the_database_refuses_is_no_fault_of_ours(
    client: httpx.AsyncClient, what: str, status: int
) -> None:
    is_problem(await client.post(f"/api/v1/t/refused/{what}"), status)
