"""Make, find and change accounts. Whatever weakens an account ends its sessions."""

from __future__ import annotations

from core.accounts import passwords, sessions, totp
from core.accounts.tokens import new_token, token_hash
from core.db import Row, Tx
from core.errors import BadInput, Conflict, NotFound
from core.events import append
from core.events.kinds import AccountRef

LINK_HOURS = {"invite": 72, "reset": 2}

COLUMNS = "id, login, name, role, agency_id, password_hash, demo, disabled_at"

ADD = """
INSERT INTO account (login, name, role, agency_id, password_hash, password_set_at, demo)
VALUES ($1, $2, $3, $4, $5, CASE WHEN $5::text IS NULL THEN NULL ELSE clock_timestamp() END, $6)
ON CONFLICT (login) DO NOTHING RETURNING id
"""
STORE_HASH = """
UPDATE account SET password_hash = $2, password_set_at = clock_timestamp() WHERE id = $1
"""
ADD_LINK = """
INSERT INTO one_time_link (account_id, token_hash, purpose, expires_at)
VALUES ($1, $2, $3, clock_timestamp() + make_interval(hours => $4))
"""
OPEN_LINK = """
SELECT l.account_id, a.login, l.purpose FROM one_time_link l JOIN account a ON a.id = l.account_id
WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > clock_timestamp()
  AND a.disabled_at IS NULL
"""
USE_LINK = """
UPDATE one_time_link SET used_at = clock_timestamp()
WHERE token_hash = $1 AND used_at IS NULL AND expires_at > clock_timestamp() RETURNING account_id
"""
ADD_BEARER = """
INSERT INTO api_token (account_id, token_hash, label, expires_at)
VALUES ($1, $2, $3, clock_timestamp() + make_interval(days => $4)) RETURNING id
"""


def spell_login(login: str) -> str:
    """Logins are compared in lower case without blanks around."""
    return login.strip().lower()


async def add(
    tx: Tx,
    login: str,
    name: str,
    role: str,
    *,
    agency_id: int | None = None,
    password: str | None = None,
    demo: bool = False,
) -> int:
    """A new account; without a password it is opened by a one-time link. Raises Conflict."""
    login = spell_login(login)
    if not login or len(login) > 80:
        raise BadInput("Nama masuk harus 1 sampai 80 huruf.")
    hashed = None
    if password is not None:
        passwords.check_new(password, login=login)
        hashed = await passwords.hash_password(password)
    account_id: int | None = await tx.fetchval(ADD, login, name, role, agency_id, hashed, demo)
    if account_id is None:
        raise Conflict("Nama masuk {login} sudah dipakai.", login=login)
    await _note(tx, "account.created", account_id, role=role)
    return account_id


async def find(tx: Tx, login: str) -> Row | None:
    """The account row of a login, disabled or not: id, login, name, role, agency_id, …"""
    return await tx.fetchrow(
        f"SELECT {COLUMNS} FROM account WHERE login = $1",
        spell_login(login),
    )


async def get(tx: Tx, account_id: int) -> Row:
    """The account row. Raises NotFound."""
    row = await tx.fetchrow(
        f"SELECT {COLUMNS} FROM account WHERE id = $1",
        account_id,
    )
    if row is None:
        raise NotFound
    return row


async def list_all(tx: Tx) -> list[Row]:
    """Every account: id, login, name, role, agency_id, demo, disabled_at, second_factor."""
    return await tx.fetch(
        "SELECT a.id, login, name, role, agency_id, demo, disabled_at, "
        "t.confirmed_at IS NOT NULL AS second_factor "
        "FROM account a LEFT JOIN account_totp t ON t.account_id = a.id ORDER BY login"
    )


async def set_password(tx: Tx, account_id: int, password: str, *, keep: int | None = None) -> None:
    """Store a new password and end every session but `keep`. Raises BadInput."""
    account = await get(tx, account_id)
    passwords.check_new(password, login=account["login"])
    await tx.execute(STORE_HASH, account_id, await passwords.hash_password(password))
    await _note(tx, "account.changed", account_id, reason="password")
    await sessions.revoke(tx, account_id, keep=keep, reason="password_changed")


async def upgrade_hash(tx: Tx, account: Row, password: str) -> None:
    """Rehash with today's parameters after a right password, when they have grown."""
    if passwords.outdated(account["password_hash"]):
        await tx.execute(STORE_HASH, account["id"], await passwords.hash_password(password))


async def disable(tx: Tx, account_id: int) -> None:
    """Nobody can sign in to it any more; its sessions and tokens end now."""
    await tx.execute(
        "UPDATE account SET disabled_at = clock_timestamp() WHERE id = $1 AND disabled_at IS NULL",
        account_id,
    )
    await _note(tx, "account.changed", account_id, reason="disabled")
    await sessions.revoke(tx, account_id, reason="disabled")


async def enable(tx: Tx, account_id: int) -> None:
    await tx.execute("UPDATE account SET disabled_at = NULL WHERE id = $1", account_id)
    await _note(tx, "account.changed", account_id, reason="enabled")


async def set_role(tx: Tx, account_id: int, role: str, agency_id: int | None) -> None:
    """Change what the account may; it has to sign in again."""
    await tx.execute(
        "UPDATE account SET role = $2, agency_id = $3 WHERE id = $1", account_id, role, agency_id
    )
    await _note(tx, "account.changed", account_id, role=role, reason="role")
    await sessions.revoke(tx, account_id, reason="role_changed")


async def make_link(tx: Tx, account_id: int, purpose: str) -> str:
    """The token of a one-time link ('invite' 72 h, 'reset' 2 h); older ones stop working."""
    await tx.execute(
        "UPDATE one_time_link SET used_at = clock_timestamp() "
        "WHERE account_id = $1 AND used_at IS NULL",
        account_id,
    )
    token = new_token()
    await tx.execute(ADD_LINK, account_id, token_hash(token), purpose, LINK_HOURS[purpose])
    await _note(tx, "account.changed", account_id, reason=f"link_{purpose}")
    return token


async def look_at_link(tx: Tx, token: str) -> Row | None:
    """account_id, login, purpose of a link that still works; does not use it up."""
    return await tx.fetchrow(OPEN_LINK, token_hash(token))


async def redeem_link(tx: Tx, token: str, password: str) -> int:
    """Use a link up: new password, old second factor forgotten, sessions ended. The account id.

    Raises NotFound for a used or expired link, BadInput for a weak password (link stays good).
    """
    account_id: int | None = await tx.fetchval(USE_LINK, token_hash(token))
    if account_id is None:
        raise NotFound("Tautan ini sudah dipakai atau kedaluwarsa. Minta yang baru.")
    await totp.forget(tx, account_id)
    await set_password(tx, account_id, password)
    return account_id


async def make_api_token(tx: Tx, account_id: int, label: str, *, days: int = 365) -> str:
    """A bearer token for a machine; shown once. Raises BadInput unless the role is `service`."""
    account = await get(tx, account_id)
    if account["role"] != "service":
        raise BadInput("Token hanya untuk akun dengan peran service.")
    token = new_token()
    await tx.fetchval(ADD_BEARER, account_id, token_hash(token), label[:80], days)
    await _note(tx, "account.changed", account_id, reason="token_made")
    return token


async def revoke_api_tokens(tx: Tx, account_id: int) -> None:
    """End every bearer token of the account at once."""
    await tx.execute(
        "UPDATE api_token SET revoked_at = clock_timestamp() "
        "WHERE account_id = $1 AND revoked_at IS NULL",
        account_id,
    )
    await _note(tx, "account.revoked", account_id, reason="tokens")


async def _note(
    tx: Tx, kind: str, account_id: int, *, role: str | None = None, reason: str | None = None
) -> None:
    await append(
        tx,
        kind,
        AccountRef(account_id=account_id, role=role, reason=reason),
        subject=("account", account_id),
    )
