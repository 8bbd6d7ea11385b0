"""An API process killed between keeping a report and acting on it; one report sent many times."""

from __future__ import annotations

import time

from tests.faults import ledger
from tests.faults.crowd import Crowd, reports, together
from tests.faults.system import System, holding, until

WAITING = """
SELECT count(*) FROM contact c JOIN report r ON r.contact_id = c.id
WHERE c.client_key = ANY($1::uuid[]) AND r.intake = 'pending'
"""
ACTED = """
SELECT count(*) FROM contact c JOIN report r ON r.contact_id = c.id
WHERE c.client_key = ANY($1::uuid[]) AND r.incident_id IS NOT NULL
"""


def test_the_sweep_finishes_what_a_killed_process_left_undone(system: System) -> None:
    work = [report for report in reports(8) if report.number % 4]
    keys = [report.key for report in work]
    # Keeps incidents from being opened; the foreign key of a report's row passes.
    with holding(system, "LOCK TABLE incident IN SHARE ROW EXCLUSIVE MODE"):
        crowd = Crowd(system.base_url, work, clients=len(work)).start()
        until(lambda: system.value(WAITING, keys) == len(work), "all are kept, none is acted on")
        assert crowd.acknowledged == []
        system.kill("serve")
    began = time.monotonic()
    until(lambda: system.value(ACTED, keys) == len(work), "the sweep has finished them")
    system.facts["left undone, finished after"] = time.monotonic() - began
    assert crowd.acknowledged == [], "by the worker alone"
    system.start("serve")
    crowd.finish()
    assert all(report.first and report.first["duplicate"] for report in work)
    ledger.holds_once(system, work)


def test_the_same_report_twenty_times_at_once_is_one(system: System) -> None:
    (report,) = [one for one in reports(2) if one.number % 4]
    answers = together(system.base_url, [report] * 20)
    assert {status for status, _ in answers} == {201}
    assert len({(answer["code"], answer["token"]) for _, answer in answers}) == 1
    assert sum(not answer.get("duplicate", False) for _, answer in answers) == 1
    report.first = answers[0][1]
    system.settle()
    ledger.holds_once(system, [report])
