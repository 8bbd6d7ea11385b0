"""What must stand in the database after a fault, whatever the fault was."""

from __future__ import annotations

from collections.abc import Sequence

from dispatch.tracking import token_hash
from tests.faults.crowd import Report, together
from tests.faults.system import System

KEPT = """
SELECT c.client_key::text AS key, r.code, r.track_hash, r.intake,
    (SELECT count(*) FROM event e WHERE e.kind = 'contact.received' AND e.subject_id = c.id
        AND e.subject_type = 'contact') AS received,
    (SELECT count(*) FROM event e WHERE e.kind = 'report.created' AND e.subject_id = r.id
        AND e.subject_type = 'report') AS created,
    (SELECT count(*) FROM event e WHERE e.kind = 'report.linked' AND e.subject_id = r.id
        AND e.subject_type = 'report') AS linked, r.incident_id
FROM contact c JOIN report r ON r.contact_id = c.id
WHERE c.client_key = ANY($1::uuid[])
"""

TAKEN_TWICE = """
SELECT unit_id FROM assignment WHERE assignment_is_live(state) GROUP BY unit_id HAVING count(*) > 1
"""


def holds_once(system: System, work: Sequence[Report]) -> None:
    """Each acknowledged report: one contact, one report, its events once, the token it was given."""
    rows = system.sql(KEPT, [report.key for report in work])
    assert sorted(row["key"] for row in rows) == sorted(report.key for report in work)
    kept = {row["key"]: row for row in rows}
    for report in work:
        assert report.first is not None
        row = kept[report.key]
        assert row["code"] == report.first["code"]
        assert bytes(row["track_hash"]) == token_hash(report.first["token"])
        assert (row["received"], row["created"], row["intake"]) == (1, 1, "done")
        assert row["linked"] == (0 if row["incident_id"] is None else 1)
    assert system.sql(TAKEN_TWICE) == []


def answers_again_the_same(system: System, work: Sequence[Report]) -> None:
    """The same key and body once more: the first answer, for those that were tried twice."""
    again = [report for report in work if report.tries > 1][:40]
    assert again
    for report, (status, answer) in zip(again, together(system.base_url, again), strict=True):
        assert report.first is not None
        assert (status, answer["code"], answer["token"], answer["duplicate"]) == (
            201,
            report.first["code"],
            report.first["token"],
            True,
        )
