"""SQL of the notifier beside the queue: facts for rules, gateways' state, lists for screens."""

from __future__ import annotations

GATEWAY_FAILING = """
INSERT INTO gateway_state (gateway, failing_since, last_error)
VALUES ($1, clock_timestamp(), $2)
ON CONFLICT (gateway) DO UPDATE SET
    failing_since = coalesce(gateway_state.failing_since, excluded.failing_since),
    last_error = excluded.last_error
"""

GATEWAY_WELL = """
INSERT INTO gateway_state (gateway, last_ok_at) VALUES ($1, clock_timestamp())
ON CONFLICT (gateway) DO UPDATE SET last_ok_at = excluded.last_ok_at, failing_since = NULL
"""

LISTED = """
SELECT * FROM delivery
WHERE ($1::bigint IS NOT NULL OR $2::bigint IS NOT NULL OR $3::bigint IS NOT NULL)
  AND ($1::bigint IS NULL OR assignment_id = $1)
  AND ($2::bigint IS NULL OR incident_id = $2)
  AND ($3::bigint IS NULL OR report_id = $3)
ORDER BY id DESC LIMIT 200
"""

BY_ID = "SELECT * FROM delivery WHERE id = $1 FOR UPDATE"
