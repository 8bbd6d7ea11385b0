"""The real processes: a report on the web rings a handset, and its digits move the unit."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.fixtures.server import Server

WITHIN_S = 30.0
NUMBER = "+6281100777001"


def until(look: Callable[[], Any], what: str, server: Server) -> Any:
    """What `look` returns once it is something; the worker's log otherwise."""
    end = time.monotonic() + WITHIN_S
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError(f"never: {what}\n{server.log_end('worker')}")


def texts(client: httpx.Client, number: str) -> list[str]:
    found = client.get("/api/v1/simulator/messages").json()["messages"]
    return [m["text"] for m in found if m["number"] == number and m["direction"] == "to_handset"]


@pytest.mark.slow
def test_a_report_rings_a_handset_and_its_digits_move_the_unit(server: Server) -> None:
    with server.client() as anyone:
        sent = anyone.post(
            "/api/v1/reports",
            json={
                "type": "fire",
                "text": "rumah terbakar, contoh",
                "lat": 3.3283,
                "lon": 99.1560,
                "phone": NUMBER,
            },
        )
        assert sent.status_code == 201, sent.text
        code, token = sent.json()["code"], sent.json()["token"]
        (receipt,) = until(lambda: texts(anyone, NUMBER), "the receipt", server)
        assert code in receipt and f"/l/{token}" in receipt

        def offer() -> dict[str, Any] | None:
            found = anyone.get("/api/v1/simulator/messages").json()["messages"]
            return next((m for m in found if m["text"].startswith("TUGAS (")), None)

        offered = until(offer, "an offer on a handset", server)
        crew = offered["number"]
        for digit, answer in (("1", "DITERIMA"), ("3", "BERANGKAT"), ("4", "TIBA")):
            typed = anyone.post("/api/v1/simulator/messages", json={"number": crew, "text": digit})
            assert typed.status_code == 201, typed.text
            until(
                lambda answer=answer: [t for t in texts(anyone, crew) if t.startswith(answer)],
                answer,
                server,
            )
        until(
            lambda: [t for t in texts(anyone, NUMBER) if "petugas berangkat" in t],
            "'petugas berangkat' for the reporter",
            server,
        )
        assert len([t for t in texts(anyone, NUMBER) if "petugas berangkat" in t]) == 1
