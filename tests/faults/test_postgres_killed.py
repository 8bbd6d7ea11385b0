"""kill -9 of PostgreSQL, postmaster and backends, under load; our processes are left running."""

from __future__ import annotations

import time

from tests.faults import ledger
from tests.faults.console import following
from tests.faults.crowd import Crowd, Refusal, reports
from tests.faults.system import Ground, System, dispatching, last_assignment, open_offer, until

TIMERS_DUE = """
SELECT NOT EXISTS (SELECT FROM timer WHERE done_at IS NULL AND due_at < clock_timestamp())
"""

EXPIRED = "SELECT state = 'expired' FROM assignment WHERE id = $1"
ENDED = "SELECT count(*) FROM event WHERE kind = 'assignment.expired' AND subject_id = $1"
SOON_S = 4.0


def is_polite(refusal: Refusal) -> bool:
    """A problem in words that says when to come back."""
    return (
        refusal.status == 503
        and refusal.media_type == "application/problem+json"
        and refusal.retry_after is not None
        and 1 <= int(refusal.retry_after) <= 30
    )


def test_nothing_acknowledged_is_gone_and_everybody_resumes(ground: Ground, system: System) -> None:
    before = system.waits("sequencer")
    with (
        dispatching(system, veto_s=1, offer_timeout_s=4),
        following(system, "operator") as (desk,),
    ):
        crowd = Crowd(system.base_url, reports(500)).start()
        until(lambda: len(crowd.acknowledged) >= 150, "150 reports are acknowledged")
        ground.kill_postgres()
        killed_at = time.monotonic()
        assert len(crowd.acknowledged) < 450, "it was killed in the middle"
        until(lambda: len(crowd.refused(503)) >= 32, "reports are refused while it is away")
        until(
            lambda: system.waits("sequencer") >= before + 4,
            "the sequencer has asked for it in vain, several times",
        )
        restarted_at = time.monotonic()
        ground.cluster.start_postgres()
        answers_at = time.monotonic()
        crowd.finish()
        first = min(r.acknowledged_at for r in crowd.work if r.acknowledged_at > killed_at + 0.5)
        sealed = until(
            lambda: [seen.at for seen in desk.events if seen.at > restarted_at],
            "the console sees what came after the restart",
        )
        system.facts |= {
            "refused from": crowd.refusals[0].at - killed_at,
            "postgres recovered in": answers_at - restarted_at,
            "first report taken after the restart": first - restarted_at,
            "first event at the console after the restart": sealed[0] - restarted_at,
        }
        assert sealed[0] - answers_at < SOON_S, "no part waits long for a server that is back"
        system.settle()
        system.facts["all caught up after"] = time.monotonic() - restarted_at
        until(lambda: system.value(TIMERS_DUE), "no timer is overdue")
        desk.sees_exactly_the_log()
    assert all(is_polite(refusal) for refusal in crowd.refusals), crowd.refusals[:3]
    assert not crowd.broken, "the API itself never went away"
    for name in ("serve", "worker"):
        assert system.processes[name].poll() is None, f"{name} survived"
    ledger.holds_once(system, crowd.work)
    ledger.answers_again_the_same(system, crowd.work)
    assert system.value("SELECT count(*) FROM event_failure") == 0
    assert system.audit().ok


def test_a_killed_backend_takes_all_connections_along_and_offers_still_expire(
    ground: Ground, system: System
) -> None:
    last = last_assignment(system)
    with dispatching(system, veto_s=1, offer_timeout_s=4):
        Crowd(system.base_url, reports(20)).start().finish()
        offer = open_offer(system, last)
        killed_at = time.monotonic()
        ground.kill_backend()
        system.facts["a killed backend is recovered from in"] = time.monotonic() - killed_at
        crowd = Crowd(system.base_url, reports(50)).start()
        until(lambda: system.value(EXPIRED, offer["id"]), "the offer expired")
        crowd.finish()
    system.settle()
    assert all(is_polite(refusal) for refusal in crowd.refusals), crowd.refusals[:3]
    assert system.value(ENDED, offer["id"]) == 1
    assert system.audit().ok
