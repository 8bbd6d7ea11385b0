"""Server-side sessions and bearer tokens. Every look-up asks the database: revoking works at once."""

from __future__ import annotations

from dataclasses import dataclass

from core.accounts.tokens import new_token, token_hash
from core.actor import Actor
from core.db import Row, Tx
from core.events import append
from core.events.kinds import AccountRef

# Longest life and longest silence by role, in hours. A responder's phone is signed in for weeks,
# since typing a password on the way to a fire is no option; the desk ends with its shift.
LIFE_H = {"petugas": 24 * 30, "kepling": 24 * 30}
IDLE_H = {"petugas": 24 * 7, "kepling": 24 * 7, "operator": 12, "supervisor": 12}
DEFAULT_IDLE_H = 2
PENDING_S = 10 * 60

# Roles whose session needs the second factor: everybody with more than a resident's rights.
TWO_FACTORS = frozenset(
    {"petugas", "kepling", "lurah", "operator", "supervisor", "opd", "admin", "auditor"}
)

FIND = """
SELECT s.id, s.account_id, s.factors, a.role, a.agency_id, a.name, a.demo,
       s.seen_at < clock_timestamp() - interval '1 minute' AS stale
FROM session s JOIN account a ON a.id = s.account_id
WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND a.disabled_at IS NULL
  AND s.expires_at > clock_timestamp()
  AND s.seen_at > clock_timestamp() - make_interval(secs => s.idle_s)
"""

TOUCH = "UPDATE session SET seen_at = clock_timestamp() WHERE id = $1 AND revoked_at IS NULL"

OPEN = """
INSERT INTO session (account_id, token_hash, factors, label, idle_s, expires_at)
VALUES ($1, $2, $3, $4, $5, clock_timestamp() + make_interval(secs => $6))
RETURNING id
"""

REVOKE = """
UPDATE session SET revoked_at = clock_timestamp(), revoked_reason = $3
WHERE account_id = $1 AND revoked_at IS NULL
  AND ($2::bigint IS NULL OR id = $2) AND ($4::bigint IS NULL OR id <> $4)
RETURNING id
"""

LIST = """
SELECT id, label, factors, created_at, seen_at, expires_at FROM session
WHERE account_id = $1 AND revoked_at IS NULL AND expires_at > clock_timestamp()
  AND seen_at > clock_timestamp() - make_interval(secs => idle_s)
ORDER BY seen_at DESC
"""

ALIVE = """
SELECT EXISTS (SELECT FROM session s JOIN account a ON a.id = s.account_id
  WHERE s.id = $1 AND s.revoked_at IS NULL AND a.disabled_at IS NULL
    AND s.expires_at > clock_timestamp())
"""

FIND_BEARER = """
SELECT a.id, a.role, a.agency_id, a.name FROM api_token t JOIN account a ON a.id = t.account_id
WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp()
  AND a.disabled_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A living session. `complete` says whether every factor its role needs has been given."""

    id: int
    account_id: int
    role: str
    agency_id: int | None
    name: str
    demo: bool
    factors: int

    @property
    def complete(self) -> bool:
        return self.factors >= factors_needed(self.role, demo=self.demo)

    @property
    def actor(self) -> Actor:
        return Actor("account", self.account_id, self.role, self.agency_id, self.name)


def factors_needed(role: str, *, demo: bool) -> int:
    """2 for every staff role; 1 for residents, and for demo accounts (refused in production)."""
    return 2 if role in TWO_FACTORS and not demo else 1


def life_s(role: str, session_hours: int) -> tuple[int, int]:
    """(longest life, longest silence) of a session of this role, in seconds."""
    life = LIFE_H.get(role, session_hours) * 3600
    return life, min(IDLE_H.get(role, DEFAULT_IDLE_H) * 3600, life)


async def find(tx: Tx, token: str) -> SessionInfo | None:
    """The living session of a cookie, or None. Notes the time it was seen, once a minute."""
    row = await tx.fetchrow(FIND, token_hash(token))
    if row is None:
        return None
    if row["stale"]:
        await tx.execute(TOUCH, row["id"])
    return SessionInfo(
        row["id"],
        row["account_id"],
        row["role"],
        row["agency_id"],
        row["name"],
        row["demo"],
        row["factors"],
    )


async def find_bearer(tx: Tx, token: str) -> Actor | None:
    """The machine account of a bearer token, or None."""
    row = await tx.fetchrow(FIND_BEARER, token_hash(token))
    if row is None:
        return None
    return Actor("account", row["id"], row["role"], row["agency_id"], row["name"])


async def open_session(
    tx: Tx, account: Row, *, factors: int, label: str, session_hours: int
) -> tuple[int, str]:
    """Make a session for an account row (id, role, demo); returns (id, cookie token).

    While a factor is missing the session lives ten minutes.
    """
    life, idle = life_s(account["role"], session_hours)
    if factors < factors_needed(account["role"], demo=account["demo"]):
        life, idle = PENDING_S, PENDING_S
    token = new_token()
    session_id: int = await tx.fetchval(
        OPEN, account["id"], token_hash(token), factors, label[:80], idle, life
    )
    await append(
        tx,
        "account.login",
        AccountRef(account_id=account["id"], session_id=session_id, reason=f"factors_{factors}"),
        subject=("account", account["id"]),
    )
    return session_id, token


async def revoke(
    tx: Tx, account_id: int, *, session_id: int | None = None, keep: int | None = None, reason: str
) -> int:
    """End one session of the account, or all but `keep`; returns how many. One event each."""
    rows = await tx.fetch(REVOKE, account_id, session_id, reason, keep)
    kind = "account.logout" if reason == "logout" else "account.revoked"
    for row in rows:
        await append(
            tx,
            kind,
            AccountRef(account_id=account_id, session_id=row["id"], reason=reason),
            subject=("account", account_id),
        )
    return len(rows)


async def list_sessions(tx: Tx, account_id: int) -> list[Row]:
    """Living sessions, latest first: id, label, factors, created_at, seen_at, expires_at."""
    return await tx.fetch(LIST, account_id)


async def alive(tx: Tx, session_id: int) -> bool:
    """Whether a session still holds; long-lived sockets ask this from time to time."""
    return bool(await tx.fetchval(ALIVE, session_id))
