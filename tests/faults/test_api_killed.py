"""kill -9 of the API process while people report and a console looks on."""

from __future__ import annotations

import time

from tests.faults import ledger
from tests.faults.console import following
from tests.faults.crowd import Crowd, reports
from tests.faults.system import System, until


def test_every_acknowledged_report_is_there_once_and_no_console_misses_an_event(
    system: System,
) -> None:
    damkar = system.value("SELECT id FROM agency WHERE code = 'DAMKAR'")
    with following(system, "operator", "damkar") as (desk, agency):
        crowd = Crowd(system.base_url, reports(500)).start()
        until(lambda: len(crowd.acknowledged) >= 150, "150 reports are acknowledged")
        system.kill("serve")
        killed_at = time.monotonic()
        before = len(crowd.acknowledged)
        assert before < 450, "it was killed in the middle"
        system.start("serve")
        system.facts["api back after"] = time.monotonic() - killed_at
        crowd.finish()
        system.settle()
        desk.sees_exactly_the_log()
        agency.sees_exactly_the_log(damkar)
        assert desk.lost >= 1 and agency.lost >= 1
    assert sum(crowd.broken.values()) >= 1, "clients were cut off in the middle of a request"
    assert not crowd.refusals
    ledger.holds_once(system, crowd.work)
    ledger.answers_again_the_same(system, crowd.work)
    assert system.audit().ok
