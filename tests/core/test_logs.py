"""Logs: JSON lines, no phone numbers, no paths."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import httpx
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from core.logs import redact

SPELLINGS = (
    "+6281200000777",
    "6281200000777",
    "081200000777",
    "0812-0000-0777",
    "0812 0000 0777",
    "+62 (812) 0000.0777",
    "1276010101010001",
)


def text_of(file: Path) -> str:
    return file.read_text()


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in text_of(file).splitlines()]


@pytest.mark.parametrize("number", SPELLINGS)
def test_phone_like_digits_are_blanked_at_any_depth(number: str) -> None:
    hidden = redact({"a": [f"dari {number} baru"], number: (number,)})
    assert not any(digits in json.dumps(hidden) for digits in ("0777", "0101"))


@given(st.integers(10**9, 10**15))
def test_bare_numbers_too(number: int) -> None:
    assert redact(number) == "[nomor]"
    assert redact(f"x={number}") == "x=[nomor]"


def test_what_is_no_number_stays() -> None:
    for text in ("K-241124-003", "2026-11-24T03:05:00", "incident 142", "12.5 ms", "a81b2c3d4e5f"):
        assert redact(text) == text
    assert redact(17) == 17
    assert redact(True) is True


def test_both_loggers_write_redacted_json(log_file: Path) -> None:
    structlog.get_logger("uji").warning("kontak", dari="0812-0000-0777", report_id=5)
    logging.getLogger("pustaka").warning("gagal ke %s", "+6281200000777")
    logging.getLogger("uvicorn.error").info("WebSocket /api/v1/stream?ticket=rahasia")
    first, second = lines(log_file)
    assert first["report_id"] == 5
    assert (first["level"], first["event"]) == ("warning", "kontak")
    assert second["event"] == "gagal ke [nomor]"
    assert "0777" not in text_of(log_file)


async def test_the_access_log_names_the_route_not_the_path(
    client: httpx.AsyncClient, log_file: Path
) -> None:
    await client.get("/tautan/rahasia-dalam-alamat?x=081200000777")
    (line,) = [line for line in lines(log_file) if line["event"] == "request"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/tautan/{token}", 404)
    assert "rahasia" not in text_of(log_file)
    assert "0777" not in text_of(log_file)
