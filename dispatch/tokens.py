"""Report codes that people read out, and tracking tokens that nobody can guess."""

from __future__ import annotations

import base64
import hashlib
import secrets
import uuid

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


def tracking_token(vault: Vault, client_key: uuid.UUID | None, body_mac: bytes) -> str:
    """144 bits, base64url (24 characters).

    With a client key the token follows from key, body and this instance's secret, so that a retry
    gets the very link of the first answer although only the token's hash is stored.
    """
    if client_key is None:
        return secrets.token_urlsafe(TOKEN_BYTES)
    derived = vault.mac(b"track" + client_key.bytes + body_mac)
    return base64.urlsafe_b64encode(derived[:TOKEN_BYTES]).decode()


def token_hash(token: str) -> bytes:
    """What is stored. The token has full entropy, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
