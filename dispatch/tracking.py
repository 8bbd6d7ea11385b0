"""Report codes that people read out, and tracking tokens that nobody can guess."""

from __future__ import annotations

import base64
import hashlib
import secrets

from core.privacy import Vault

# Without 0/O, 1/I/L, 5/S, 8/B and vowels that make words: read over a bad line, typed by thumb.
ALPHABET = "234679ACDEFGHJKMNPQRTVWXYZ"
CODE_CHARS = 7
TOKEN_BYTES = 18


def new_code() -> str:
    """7 of 26 characters: 8e9 codes."""
    number = int.from_bytes(secrets.token_bytes(8), "big")
    letters = []
    for _ in range(CODE_CHARS):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def token(vault: Vault, code: str) -> str:
    """The tracking token of a report: 144 bits, base64url (24 characters).

    It follows from the report's code and this instance's secret, so that a retried POST and a
    receipt sent later carry the same link although only the token's hash is stored.
    """
    derived = vault.value_hash("track", code)
    return base64.urlsafe_b64encode(derived[:TOKEN_BYTES]).decode()


def token_hash(token: str) -> bytes:
    """What is stored. The token cannot be tried through, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
