"""Random tokens: 256 bits to the holder, their SHA-256 to the database."""

from __future__ import annotations

import hashlib
import secrets

BYTES = 32


def new_token() -> str:
    """43 characters, safe in a URL and a cookie."""
    return secrets.token_urlsafe(BYTES)


def token_hash(token: str) -> bytes:
    """What is stored. No salt or stretching is needed for 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
