"""An API process killed in the middle of taking reports; one report sent many times."""

from __future__ import annotations

import time

from tests.faults import ledger
from tests.faults.crowd import Crowd, Report, reports, together
from tests.faults.system import System, holding, until

WAITING = """
SELECT count(*) FROM contact c JOIN report r ON r.contact_id = c.id
WHERE c.client_key = ANY($1::uuid[]) AND r.intake = 'pending'
"""
CALLS_THAT_WAIT = """
SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%dispatch_take%' AND wait_event_type = 'Lock'
"""
ACTED = """
SELECT count(*) FROM contact c JOIN report r ON r.contact_id = c.id
WHERE c.client_key = ANY($1::uuid[]) AND r.incident_id IS NOT NULL
"""


# Keeps incidents from being opened; the foreign key of a report's row passes.
NO_NEW_INCIDENT = "LOCK TABLE incident IN SHARE ROW EXCLUSIVE MODE"


def test_the_sweep_finishes_what_was_kept_and_could_not_be_acted_on(system: System) -> None:
    """Who waits too long for a lock is kept and answered all the same; then the process dies."""
    work, keys = some_reports()
    with holding(system, NO_NEW_INCIDENT):
        crowd = Crowd(system.base_url, work, clients=len(work)).start()
        until(lambda: len(crowd.acknowledged) == len(work), "all are answered")
        assert system.value(WAITING, keys) == len(work), "and none is acted on"
        system.kill("serve")
    began = time.monotonic()
    until(lambda: system.value(ACTED, keys) == len(work), "the sweep has finished them")
    system.facts["left undone, finished after"] = time.monotonic() - began
    crowd.finish()
    system.start("serve")
    ledger.holds_once(system, work)


def test_a_process_killed_in_the_middle_of_the_one_call_loses_and_doubles_nothing(
    system: System,
) -> None:
    work, keys = some_reports()
    with holding(system, NO_NEW_INCIDENT):
        crowd = Crowd(system.base_url, work, clients=len(work)).start()
        until(lambda: system.value(CALLS_THAT_WAIT) > 0, "they stand before the lock")
        system.kill("serve")
        assert crowd.acknowledged == [] and system.value(WAITING, keys) == 0
    system.start("serve")
    crowd.finish()
    until(lambda: system.value(ACTED, keys) == len(work), "all are acted on")
    ledger.holds_once(system, work)


def some_reports() -> tuple[list[Report], list[str]]:
    work = [report for report in reports(8) if report.number % 4]
    return work, [report.key for report in work]


def test_the_same_report_twenty_times_at_once_is_one(system: System) -> None:
    (report,) = [one for one in reports(2) if one.number % 4]
    answers = together(system.base_url, [report] * 20)
    assert {status for status, _ in answers} == {201}
    assert len({(answer["code"], answer["token"]) for _, answer in answers}) == 1
    assert sum(not answer.get("duplicate", False) for _, answer in answers) == 1
    report.first = answers[0][1]
    system.settle()
    ledger.holds_once(system, [report])
