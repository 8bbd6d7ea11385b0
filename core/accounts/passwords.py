"""Passwords: argon2id, checked beside the event loop, two at a time at most."""

from __future__ import annotations

import asyncio
import re

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.errors import BadInput

MIN_CHARS = 12
MAX_CHARS = 128

# RFC 9106's second choice (64 MiB, 3 passes) with one lane: about 0.1 s on the target machine.
HASHER = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1)
# An unknown login costs as much as a wrong password, so names cannot be told apart by time.
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=1$jHaTRhgaKAvbU/0nIbUxdQ$"
    "TeAdIw39gAlALlov9qAe6khH1lySjy21HY+JLCO9z7A"
)
# Hashing takes a core and 64 MiB; more at once would let a flood of log-ins starve intake.
_turns = asyncio.Semaphore(2)

_COMMON = """
123456789012 1234567890123 111111111111 passwordpassword password1234 password12345
qwertyuiop12 qwertyuiop123 qwertyqwerty admin1234567 administrator adminadmin12
indonesia1234 indonesia123 indonesiaraya tebingtinggi tebingtinggi1 tebingtinggi123
siponcega123 siponcega1234 sicetar12345 kotatebingtinggi bismillah123 bismillah1234
sayangsayang sayangku1234 rahasia12345 rahasiarahasia iloveyou1234 operator1234
damkar123456 pemadam12345 polisi123456 letmeinletmein welcome12345 changeme1234
"""
COMMON = frozenset(_COMMON.split())


async def hash_password(password: str) -> str:
    """The argon2id hash to store."""
    async with _turns:
        return await asyncio.to_thread(HASHER.hash, password)


async def verify(stored: str | None, password: str) -> bool:
    """Whether the password fits. Takes as long for a missing hash as for a wrong password."""
    if len(password) > MAX_CHARS:
        return False
    async with _turns:
        return await asyncio.to_thread(_verify, stored or _NOBODY, password) and stored is not None


def _verify(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def outdated(stored: str) -> bool:
    """Whether a hash was made with weaker parameters than today's."""
    return HASHER.check_needs_rehash(stored)


def check_new(password: str, *, login: str) -> None:
    """Raise BadInput for a password that is short, common, or made of the login.

    Length and a block list, no rules of composition, no expiry (NIST SP 800-63B).
    """
    if len(password) < MIN_CHARS:
        raise BadInput("Kata sandi paling pendek {chars} huruf.", chars=MIN_CHARS)
    if len(password) > MAX_CHARS:
        raise BadInput("Kata sandi paling panjang {chars} huruf.", chars=MAX_CHARS)
    plain = password.lower()
    if (
        re.sub(r"[^a-z0-9]", "", plain) in COMMON
        or len(set(plain)) < 5
        or (len(login) >= 4 and plain.replace(login, "") in {"", "1", "12", "123", "1234", "12345"})
        or plain in "abcdefghijklmnopqrstuvwxyz0123456789012345678901234567890"
    ):
        raise BadInput("Kata sandi ini terlalu mudah ditebak. Pakai beberapa kata acak.")
