"""kill -9 of Redis, nothing for a while, then an empty one: it holds nothing that is missed."""

from __future__ import annotations

import time

import httpx

from tests.faults import ledger
from tests.faults.console import following
from tests.faults.crowd import Crowd, reports
from tests.faults.system import Ground, System, until

SOON_S = 5.0
"""Longer than any poll that stands in for a lost ring, on a loaded machine."""


def degraded(system: System) -> list[str]:
    found: list[str] = httpx.get(f"{system.base_url}/readyz", timeout=5).json()["degraded"]
    return found


def test_without_redis_everything_is_taken_and_seen_and_an_empty_one_is_welcome(
    ground: Ground, system: System
) -> None:
    with following(system, "operator") as (desk,):
        crowd = Crowd(system.base_url, reports(500)).start()
        until(lambda: len(crowd.acknowledged) >= 100, "100 reports are acknowledged")
        ground.kill_redis()
        killed_at = time.monotonic()
        before = len(crowd.acknowledged)
        assert before < 400, "it was killed in the middle"
        until(lambda: len(crowd.acknowledged) >= before + 50, "50 more without Redis")
        until(
            lambda: [s for s in desk.events if s.at > killed_at and s.kind == "report.created"],
            "the console sees reports without Redis",
            SOON_S,
        )
        assert "redis" in degraded(system)
        ground.cluster.start_redis()
        crowd.finish()
        until(lambda: "redis" not in degraded(system), "Redis is known to be back")
        system.settle()
        desk.sees_exactly_the_log()
        assert desk.lost == 0, "no socket was lost"
    assert not crowd.refusals and not crowd.broken, "nobody was turned away"
    assert all(report.tries == 1 for report in crowd.work)
    ledger.holds_once(system, crowd.work)


def test_a_console_can_sign_in_and_sit_down_without_redis(ground: Ground, system: System) -> None:
    ground.kill_redis()
    try:
        with following(system, "supervisor") as (desk,):
            crowd = Crowd(system.base_url, reports(5), clients=1).start()
            crowd.finish()
            system.settle()
            desk.sees_exactly_the_log()
        assert not crowd.refusals and not crowd.broken
    finally:
        ground.cluster.start_redis()
