"""Two incidents that are one: merge, and undo it; attach a report, split it off.

A merge moves reports, assignments (their clocks hang on the assignment and go with it), hand-overs
(likewise) and needs in one transaction and writes down what it moved, so that undoing brings the same
units back.
"""

from __future__ import annotations

from typing import Any

from core.db import Row, Tx
from core.errors import Conflict, NotFound
from core.machine import Moved, move
from dispatch.incidents import locked, say, to_state
from dispatch.progress import settle
from dispatch.raising import raise_incident
from dispatch.states import INCIDENT_LIVE, REPORT

ADD_NEEDS = """
INSERT INTO need (incident_id, alarm_level, capability, count)
SELECT $2, alarm_level, capability, count FROM need WHERE incident_id = $1 AND waived_at IS NULL
ON CONFLICT (incident_id, alarm_level, capability)
DO UPDATE SET count = greatest(need.count, excluded.count)
"""

NEEDS = "SELECT alarm_level, capability, count FROM need WHERE incident_id = $1 ORDER BY id"

RESTORE_NEED = """
INSERT INTO need (incident_id, alarm_level, capability, count) VALUES ($1, $2, $3, $4)
ON CONFLICT (incident_id, alarm_level, capability) DO UPDATE SET count = excluded.count
"""

# What stands in the present round of the one stands in the present round of the other; what is of an
# earlier round stays in the past.
MOVE_ASSIGNMENTS = """
WITH was AS (SELECT id, clock_round FROM assignment WHERE incident_id = $1 FOR UPDATE)
UPDATE assignment a SET incident_id = $2, version = a.version + 1,
    clock_round = CASE WHEN was.clock_round = $3 THEN $4::int
                       ELSE least(was.clock_round, $4::int - 1) END
FROM was WHERE a.id = was.id
RETURNING a.id, was.clock_round AS round
"""

BRING_BACK = """
UPDATE assignment a SET incident_id = $1, version = a.version + 1,
    clock_round = coalesce(was.round, a.clock_round)
FROM unnest($2::bigint[], $3::int[]) AS was(id, round)
WHERE a.id = was.id AND a.incident_id = $4
RETURNING a.id
"""

MOVE_HANDOVERS = "UPDATE handover SET incident_id = $2 WHERE incident_id = $1 RETURNING id"

HANDOVERS_BACK = """
UPDATE handover SET incident_id = $1 WHERE id = ANY ($2::bigint[]) AND incident_id = $3
"""

STILL_THERE = """
SELECT id FROM report WHERE incident_id = $1 AND id = ANY ($2::bigint[]) ORDER BY id
"""

LAST_MERGE = """
SELECT * FROM incident_merge WHERE incident_id = $1 AND undone_at IS NULL ORDER BY id DESC LIMIT 1
"""


async def merge(tx: Tx, incident_id: int, into_id: int) -> Row:
    """`incident_id` goes into `into_id`; the surviving incident. Repeating it changes nothing.

    Raises NotFound, Conflict (itself, not live), IllegalMove.
    """
    if incident_id == into_id:
        raise Conflict("Kejadian tidak bisa digabung dengan dirinya sendiri.")
    rows = {i: await locked(tx, i) for i in sorted((incident_id, into_id))}
    row, into = rows[incident_id], rows[into_id]
    if row["state"] == "merged" and row["merged_into"] == into_id:
        return into
    if into["state"] not in INCIDENT_LIVE:
        raise Conflict("{code} sudah tidak berjalan; pilih kejadian lain.", code=into["code"])
    needs_before = [list(r.values()) for r in await tx.fetch(NEEDS, into_id)]
    grave_before = [into["priority"], into["casualties"]]
    await to_state(
        tx, row, "merged", values={"merged_into": into_id}, payload={"merged_into": into_id}
    )
    reports = await _move_reports(tx, incident_id, into_id)
    assignments = await tx.fetch(
        MOVE_ASSIGNMENTS, incident_id, into_id, row["clock_round"], into["clock_round"]
    )
    handovers = await tx.fetch(MOVE_HANDOVERS, incident_id, into_id)
    await tx.execute(ADD_NEEDS, incident_id, into_id)
    await raise_incident(tx, into_id, row["priority"], row["casualties"])
    if row["hidden"] and not into["hidden"]:
        # Whoever was hidden stays so, whatever the other one was.
        await tx.execute(
            "UPDATE incident SET hidden = true, version = version + 1 WHERE id = $1", into_id
        )
    raised = await locked(tx, into_id)
    moved: dict[str, Any] = {
        "reports": reports,
        "assignments": [r["id"] for r in assignments],
        "rounds": [r["round"] for r in assignments],
        "handovers": [r["id"] for r in handovers],
        "needs_before": needs_before,
        "grave_before": grave_before,
        "grave_after": [raised["priority"], raised["casualties"]],
        "hid": raised["hidden"] and not into["hidden"],
    }
    await tx.execute(
        "INSERT INTO incident_merge (incident_id, into_id, was_state, moved) VALUES ($1, $2, $3, $4)",
        incident_id,
        into_id,
        row["state"],
        moved,
    )
    await settle(tx, into_id)
    elsewhere = row["geom"] != into["geom"]
    await _say_changed(tx, raised, moved["assignments"], elsewhere=elsewhere, hid=moved["hid"])
    return await locked(tx, into_id)


async def unmerge(tx: Tx, incident_id: int) -> Row:
    """Undo the last merge of this incident: its reports and units come back."""
    record = await tx.fetchrow(LAST_MERGE, incident_id)
    if record is None:
        raise Conflict("Kejadian ini tidak sedang digabung.")
    rows = {i: await locked(tx, i) for i in sorted((incident_id, record["into_id"]))}
    row, into = rows[incident_id], rows[record["into_id"]]
    if into["state"] == "merged":
        raise Conflict(
            "{code} sendiri sudah digabung; batalkan penggabungan itu dulu.", code=into["code"]
        )
    moved: dict[str, Any] = record["moved"]
    back = "controlled" if record["was_state"] == "controlled" else "open"
    await to_state(
        tx, row, back,
        values={"merged_into": None, "controlled_at": row["controlled_at"]},
        only_from=("merged",), kind="incident.unmerged",
        payload={"merged_into": record["into_id"]},
    )  # fmt: skip
    # What people have moved on since stays where they put it.
    for report in await tx.fetch(STILL_THERE, into["id"], moved["reports"]):
        await _relink(tx, report["id"], incident_id)
    jobs = moved["assignments"]
    rounds = moved.get("rounds", [None] * len(jobs))  # merges of before rounds were noted
    came_back = await tx.fetch(BRING_BACK, incident_id, jobs, rounds, into["id"])
    await tx.execute(HANDOVERS_BACK, incident_id, moved.get("handovers", []), into["id"])
    if [into["priority"], into["casualties"]] == moved["grave_after"]:
        await tx.execute(
            "UPDATE incident SET priority = $2, casualties = $3, version = version + 1 "
            "WHERE id = $1",
            into["id"],
            *moved["grave_before"],
        )
    if hid := moved.get("hid", False):
        await tx.execute(
            "UPDATE incident SET hidden = false, version = version + 1 WHERE id = $1", into["id"]
        )
    kept = {(level, capability) for level, capability, _ in moved["needs_before"]}
    for need in await tx.fetch(NEEDS, into["id"]):
        if (need["alarm_level"], need["capability"]) not in kept:
            await tx.execute(
                "DELETE FROM need WHERE incident_id = $1 AND alarm_level = $2 AND capability = $3 "
                "AND waived_at IS NULL",
                into["id"],
                need["alarm_level"],
                need["capability"],
            )
    for level, capability, count in moved["needs_before"]:
        await tx.execute(RESTORE_NEED, into["id"], level, capability, count)
    await tx.execute(
        "UPDATE incident_merge SET undone_at = clock_timestamp() WHERE id = $1", record["id"]
    )
    await settle(tx, incident_id)
    await settle(tx, into["id"])
    elsewhere = row["geom"] != into["geom"]
    await _say_changed(tx, row, [r["id"] for r in came_back], elsewhere=elsewhere)
    await _say_changed(tx, await locked(tx, into["id"]), [], elsewhere=elsewhere, hid=hid)
    return await locked(tx, incident_id)


async def attach(tx: Tx, report_id: int, incident_id: int) -> Moved:
    """A report tells of this incident; its reporter follows it from now on."""
    incident = await locked(tx, incident_id)
    if incident["state"] not in INCIDENT_LIVE:
        raise Conflict("{code} sudah tidak berjalan.", code=incident["code"])
    return await _relink(tx, report_id, incident_id)


async def split(tx: Tx, report_id: int, incident_id: int) -> Moved:
    """The report tells of something else: back to the queue by itself."""
    row = await tx.fetchrow("SELECT incident_id FROM report WHERE id = $1", report_id)
    if row is None or row["incident_id"] != incident_id:
        raise NotFound("Laporan ini tidak ada pada kejadian itu.")
    return await move(
        tx, REPORT, report_id, "new", values={"incident_id": None}, incident_id=incident_id,
        reason="split",
    )  # fmt: skip


async def _say_changed(
    tx: Tx, row: Row, assignments: list[int], *, elsewhere: bool, hid: bool = False
) -> None:
    """Crews under way to the one must hear where the other is; those already going there not.
    hid: it became hidden by this, or is so no more: every board must learn that."""
    moved = assignments if elsewhere else []
    fields = ["reports", "assignments", "needs"]
    fields += ["place"] if moved else []
    fields += ["hidden"] if hid else []
    await say(tx, row, "incident.changed", fields=fields, moved=moved or None)


async def _relink(tx: Tx, report_id: int, incident_id: int) -> Moved:
    row = await tx.fetchrow("SELECT * FROM report WHERE id = $1 FOR UPDATE", report_id)
    if row is None:
        raise NotFound("Laporan ini tidak ada.")
    if row["handling"] == "linked" and row["incident_id"] == incident_id:
        return Moved(row, False, was="linked")
    return await move(
        tx,
        REPORT,
        report_id,
        "linked",
        values={"incident_id": incident_id, "asks_incident_id": None, "intake": "done"},
        incident_id=incident_id,
    )


async def _move_reports(tx: Tx, incident_id: int, into_id: int) -> list[int]:
    rows = await tx.fetch("SELECT id FROM report WHERE incident_id = $1 ORDER BY id", incident_id)
    for row in rows:
        await _relink(tx, row["id"], into_id)
    return [row["id"] for row in rows]
