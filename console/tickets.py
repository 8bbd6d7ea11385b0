"""Single-use tickets: a websocket cannot carry a CSRF-safe cookie check, so it carries this."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from console.hub.visibility import view_of
from core.accounts.tokens import new_token, token_hash
from core.actor import Actor
from core.db import Row, Tx

LIFE_S = 30

# Old tickets go with the next one issued: there is never a heap to clean.
ISSUE = """
WITH swept AS (DELETE FROM stream_ticket WHERE expires_at < clock_timestamp())
INSERT INTO stream_ticket (token_hash, session_id, expires_at)
VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3))
"""

HOLDS = """s.revoked_at IS NULL AND a.disabled_at IS NULL AND s.expires_at > clock_timestamp()"""

REDEEM = f"""
DELETE FROM stream_ticket t USING session s, account a
WHERE t.token_hash = $1 AND t.expires_at > clock_timestamp()
  AND s.id = t.session_id AND a.id = s.account_id AND {HOLDS}
RETURNING s.id AS session_id, a.id, a.role, a.agency_id, a.name
"""

RECHECK = f"""
SELECT s.id AS session_id, a.id, a.role, a.agency_id, a.name
FROM session s JOIN account a ON a.id = s.account_id
WHERE s.id = ANY($1) AND {HOLDS}
"""


@dataclass(frozen=True, slots=True)
class Pass:
    """Who holds a socket, through which session, and what class of events they see."""

    session_id: int
    actor: Actor
    view: str


async def issue(tx: Tx, session_id: int) -> str:
    """A new ticket for this session."""
    token = new_token()
    await tx.execute(ISSUE, token_hash(token), session_id, LIFE_S)
    return token


async def redeem(tx: Tx, token: str) -> Pass | None:
    """The pass behind a ticket, once; None when used, expired, revoked or not for the console."""
    row = await tx.fetchrow(REDEEM, token_hash(token))
    return _pass(row) if row else None


async def recheck(tx: Tx, session_ids: Iterable[int]) -> dict[int, str]:
    """Session id -> view, of those sessions that still hold."""
    passes = [_pass(row) for row in await tx.fetch(RECHECK, list(session_ids))]
    return {held.session_id: held.view for held in passes if held is not None}


def _pass(row: Row) -> Pass | None:
    actor = Actor("account", row["id"], row["role"], row["agency_id"], row["name"])
    view = view_of(actor)
    return Pass(row["session_id"], actor, view) if view else None
