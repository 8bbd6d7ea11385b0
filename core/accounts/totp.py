"""The second factor: time-based codes (RFC 6238), the secret encrypted, each code good once."""

from __future__ import annotations

import time

import pyotp

from core.db import Tx
from core.events import append
from core.events.kinds import AccountRef
from core.privacy import Vault, same

STEP_S = 30
AROUND = 1  # steps before and after now that still count: clocks differ
ISSUER = "Siponcega"
AAD = b"totp"

BEGIN = """
INSERT INTO account_totp (account_id, secret_enc) VALUES ($1, $2)
ON CONFLICT (account_id) DO UPDATE SET secret_enc = excluded.secret_enc, last_step = 0
  WHERE account_totp.confirmed_at IS NULL
"""
# The guard on last_step refuses a code seen before, also when two requests race with it.
USE = """
UPDATE account_totp SET last_step = $2, confirmed_at = coalesce(confirmed_at, clock_timestamp())
WHERE account_id = $1 AND last_step < $2
RETURNING confirmed_at
"""


async def is_enrolled(tx: Tx, account_id: int) -> bool:
    """Whether the account has confirmed a second factor."""
    return bool(
        await tx.fetchval(
            "SELECT confirmed_at IS NOT NULL FROM account_totp WHERE account_id = $1", account_id
        )
    )


async def begin(tx: Tx, vault: Vault, account_id: int) -> str:
    """The secret (base32) to show until the first right code; the same one until confirmed."""
    row = await tx.fetchrow(
        "SELECT secret_enc, confirmed_at FROM account_totp WHERE account_id = $1", account_id
    )
    if row is not None:
        if row["confirmed_at"] is not None:
            raise ValueError("already enrolled")
        return vault.decrypt_text(row["secret_enc"], AAD)
    secret = pyotp.random_base32()
    await tx.execute(BEGIN, account_id, vault.encrypt(secret, AAD))
    return secret


def address(secret: str, login: str) -> str:
    """The otpauth:// address an authenticator app scans."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


async def use(tx: Tx, vault: Vault, account_id: int, code: str, *, at: float | None = None) -> bool:
    """Accept a code once. The first right one confirms the enrolment. False otherwise.

    `at` is seconds since the epoch (tests); by default the server's clock.
    """
    row = await tx.fetchrow(
        "SELECT secret_enc, confirmed_at FROM account_totp WHERE account_id = $1", account_id
    )
    if row is None:
        return False
    step = matching_step(vault.decrypt_text(row["secret_enc"], AAD), code, at or time.time())
    if step is None or await tx.fetchrow(USE, account_id, step) is None:
        return False
    if row["confirmed_at"] is None:
        await append(
            tx,
            "account.changed",
            AccountRef(account_id=account_id, reason="totp_enrolled"),
            subject=("account", account_id),
        )
    return True


def matching_step(secret: str, code: str, at: float) -> int | None:
    """The time step a six-digit code belongs to, or None. All steps are compared each time."""
    digits = code.replace(" ", "")
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        return None
    totp, now, found = pyotp.TOTP(secret), int(at) // STEP_S, None
    for step in range(now - AROUND, now + AROUND + 1):
        if same(totp.generate_otp(step), digits):
            found = step
    return found


async def forget(tx: Tx, account_id: int) -> None:
    """Drop the second factor; the account enrols anew at its next sign-in."""
    await tx.execute("DELETE FROM account_totp WHERE account_id = $1", account_id)
