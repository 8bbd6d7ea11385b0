"""Numbers, names, words and photos of contacts go when their time is over; the report itself stays.

Kind, place, times and the incident are needed for the city's figures and name nobody. A contact of an
incident that is still live keeps everything, however old. How long: `contact_days` of the settings.
"""

from __future__ import annotations

from pathlib import Path

from core.db import Tx
from core.files import store

BATCH = 1_000

DUE = """
SELECT c.id FROM contact c
WHERE c.received_at < clock_timestamp() - make_interval(days => $1)
  AND (EXISTS (SELECT FROM contact_private p WHERE p.contact_id = c.id)
       OR EXISTS (SELECT FROM report r JOIN report_private p ON p.report_id = r.id
                  WHERE r.contact_id = c.id))
  AND NOT EXISTS (SELECT FROM report r JOIN incident i ON i.id = r.incident_id
                  WHERE r.contact_id = c.id AND i.live)
  AND NOT EXISTS (SELECT FROM report_message m JOIN report r ON r.id = m.report_id
                  JOIN incident i ON i.id = r.incident_id
                  WHERE m.contact_id = c.id AND i.live)
"""

FORGET = (
    "DELETE FROM contact_private WHERE contact_id = ANY($1)",
    "DELETE FROM report_private "
    "WHERE report_id IN (SELECT id FROM report WHERE contact_id = ANY($1))",
    "UPDATE report_message SET text_enc = NULL WHERE text_enc IS NOT NULL AND (contact_id = ANY($1) "
    "OR report_id IN (SELECT id FROM report WHERE contact_id = ANY($1)))",
    # Where the caller was, not where it happened.
    "UPDATE report SET reporter_geom = NULL "
    "WHERE contact_id = ANY($1) AND reporter_geom IS NOT NULL",
)

WITH_FILES = "SELECT DISTINCT contact_id FROM upload WHERE contact_id = ANY($1)"


async def due(tx: Tx, days: int) -> int:
    """How many contacts are older than `days` and still name somebody."""
    count: int = await tx.fetchval(f"SELECT count(*) FROM ({DUE}) AS due", days)
    return count


async def forget(tx: Tx, days: int, uploads: Path) -> int:
    """Forget one batch of contacts, the oldest first; returns how many. Files go after the commit."""
    rows = await tx.fetch(f"{DUE} ORDER BY c.id LIMIT $2", days, BATCH)
    ids = [row["id"] for row in rows]
    if not ids:
        return 0
    for row in await tx.fetch(WITH_FILES, ids):
        await store.remove(tx, uploads, row["contact_id"])
    for statement in FORGET:
        await tx.execute(statement, ids)
    return len(ids)
