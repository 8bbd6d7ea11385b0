"""Messages that a program asks for (`request.message`): who of the reporters may be written to.

The program knows no reporter. Facts of the incident that forbid the message (`unless`) are judged
here; limits per person, consent and age by `registry.requests.claim`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from core.db import Row, Tx
from core.events import Event
from notifier import queue
from notifier.audiences import Recipient, Sources
from notifier.compose import entry
from notifier.rules import HEARD_CLASSES
from notifier.sealed import opened
from registry import requests as registry

URGENCY = 9
"""Behind everything else of the lane: a survey can wait."""

REPORTS = """
SELECT r.id, r.code, r.class, r.type, r.silent, c.channel, p.phone_enc, p.phone_hash,
    i.hidden, i.type AS incident_type, i.priority, i.disposition,
    coalesce(i.casualties, r.casualties, 0) AS casualties
FROM report AS r
JOIN contact AS c ON c.id = r.contact_id
JOIN incident AS i ON i.id = r.incident_id
LEFT JOIN contact_private AS p ON p.contact_id = c.id
WHERE r.incident_id = $1
ORDER BY r.id
"""

VIOLENCE = "domestic_violence"

FORBIDS: Mapping[str, Callable[[Row], bool]] = {
    "anonymous": lambda row: row["phone_enc"] is None,
    "silent": lambda row: row["silent"],
    "hidden": lambda row: row["hidden"],
    "domestic_violence": lambda row: VIOLENCE in (row["type"], row["incident_type"]),
    "sexual_violence": lambda row: row["disposition"] == "sexual_violence",
    "deaths": lambda row: row["disposition"] in ("death", "deaths"),
    "casualties_p1": lambda row: row["priority"] == "P1" and row["casualties"] > 0,
    "noise": lambda row: row["class"] not in HEARD_CLASSES,
    "desk_entry": lambda row: row["channel"] == "phone",
}
"""Facts of a report that can forbid a program's message; `minor` is the registry's to know."""


async def messages_of_request(tx: Tx, event: Event, sources: Sources) -> list[int]:
    """Queue the messages of one request; each number once, for its first report."""
    request_id = event.payload.get("subject_id")
    if request_id is None:
        return []
    request = await registry.get(tx, request_id)
    if request is None or request.expired or request.incident_id is None:
        return []
    rows = await tx.fetch(REPORTS, request.incident_id)
    # One forbidding report of a number or one silent victim speaks for the number as a whole.
    barred = {
        row["phone_hash"]
        for row in rows
        if any(FORBIDS[fact](row) for fact in request.unless if fact in FORBIDS)
    }
    entries, seen = [], set(barred)
    for row in rows:
        if row["phone_enc"] is None or row["phone_hash"] in seen:
            continue
        seen.add(row["phone_hash"])
        number = opened(sources.vault, row["phone_enc"])
        if number is None:
            continue
        claim = await registry.claim(tx, sources.vault, request.id, row["phone_hash"])
        if not claim.ok:
            continue
        params: dict[str, Any] = claim.params or {}
        entries.append(
            entry(
                sources.vault,
                request.template,
                Recipient(number, report_id=row["id"]),
                params,
                lane="normal",
                urgency=URGENCY,
                channel="chat" if row["channel"] == "chat" else "sms",
                dedupe=f"q{request.id}",
                expires_at=request.expires_at,
                event_id=event.id,
                request_event_id=event.id,
                incident_id=request.incident_id,
            )
        )
    return await queue.put(tx, entries)
