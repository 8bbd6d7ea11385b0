"""Personal data at rest: encryption (AES-256-GCM), keyed look-up hashes, masking for screens.

A blob is  version(1) | key id(2) | nonce(12) | ciphertext and tag.  The key id lets keys be rotated
while old blobs stay readable (`core.rotation`). Look-up hashes are BLAKE2b keyed with a secret of
their own: without it ten billion phone numbers cannot be tried against a stolen database.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import time
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core import keyring
from core.keyring import Keyring

VERSION = b"\x01"
NONCE_BYTES = 12
HEAD_BYTES = 3 + NONCE_BYTES
LOOK_AGAIN_S = 30.0


class VaultError(Exception):
    """A blob cannot be read: damaged, made for another purpose, or its key is not here."""


class Vault:
    """Encrypts and hashes with one instance's keys. Safe to share among tasks and threads."""

    def __init__(self, ring: Keyring, keys_dir: Path | None = None) -> None:
        self._keys_dir = keys_dir
        self._look_again_at = time.monotonic() + LOOK_AGAIN_S
        self._take(ring)

    def _take(self, ring: Keyring) -> None:
        self._ring = ring
        self._ciphers = {key.id: AESGCM(key.secret) for key in ring.keys}
        self._current = ring.current.id
        self._head = VERSION + self._current.to_bytes(2, "big")
        self._cipher = self._ciphers[self._current]

    @classmethod
    def open(cls, keys_dir: Path) -> Vault:
        """The vault of the instance whose keys lie in `keys_dir`; makes them on first use."""
        return cls(keyring.ensure(keys_dir), keys_dir)

    @property
    def key_id(self) -> int:
        """The key that encrypts now."""
        return self._current

    def encrypt(self, value: bytes | str, aad: bytes | None = None) -> bytes:
        """A blob of `value`. `aad` binds it to a purpose: the same must be given to decrypt."""
        if time.monotonic() >= self._look_again_at:
            self._look_again()
        data = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        nonce = os.urandom(NONCE_BYTES)
        return self._head + nonce + self._cipher.encrypt(nonce, data, aad)

    def decrypt(self, blob: bytes, aad: bytes | None = None) -> bytes:
        """The bytes of a blob; b"" for an empty blob (erased). Raises VaultError."""
        if not blob:
            return b""
        key_id = self.key_id_of(blob)
        if key_id not in self._ciphers:
            self._look_again()
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise VaultError("its key is not in the key file")
        try:
            return cipher.decrypt(blob[3:HEAD_BYTES], blob[HEAD_BYTES:], aad)
        except InvalidTag as error:
            raise VaultError("damaged, or made for another purpose") from error

    def decrypt_text(self, blob: bytes | None, aad: bytes | None = None) -> str:
        """The text of a blob; '' for None and for an erased one. Raises VaultError."""
        return self.decrypt(blob, aad).decode("utf-8", "surrogatepass") if blob else ""

    @staticmethod
    def key_id_of(blob: bytes) -> int:
        """The id of the key that made a blob. Raises VaultError when it is no blob."""
        if len(blob) < HEAD_BYTES or blob[:1] != VERSION:
            raise VaultError("not an encrypted value")
        return int.from_bytes(blob[1:3], "big")

    def phone_hash(self, e164: str) -> bytes:
        """The look-up hash (32 bytes) of a number as `core.phone.normalize` spells it."""
        return self._hash(b"phone", e164.encode())

    def value_hash(self, purpose: str, value: str) -> bytes:
        """A look-up hash for another identifier, e.g. purpose 'nik'; purposes never collide."""
        return self._hash(purpose.encode(), value.encode("utf-8", "surrogatepass"))

    def mac(self, data: bytes) -> bytes:
        """32 bytes that tell equal bodies apart from others without keeping the body."""
        return self._hash(b"body", data)

    def _look_again(self) -> None:
        """Take a key that a rotation has added since; the present ones stay good if it fails."""
        self._look_again_at = time.monotonic() + LOOK_AGAIN_S
        if self._keys_dir is None:
            return
        try:
            ring = keyring.read(self._keys_dir)
        except (keyring.KeyFileError, OSError):
            return
        if ring.current.id > self._current and ring.lookup == self._ring.lookup:
            self._take(ring)

    def _hash(self, purpose: bytes, data: bytes) -> bytes:
        return hashlib.blake2b(
            data, digest_size=32, key=self._ring.lookup, person=purpose[:16]
        ).digest()


def mask_phone(e164: str | None) -> str:
    """Enough to tell callers apart, not to ring them.

    >>> mask_phone("+6281234567890"), mask_phone("12345"), mask_phone(None)
    ('+6281******890', '***45', '')
    """
    if not e164:
        return ""
    if len(e164) < 9:
        return "*" * (len(e164) - 2) + e164[-2:]
    return e164[:5] + "*" * (len(e164) - 8) + e164[-3:]


def same(left: bytes | str, right: bytes | str) -> bool:
    """Compare secrets in constant time."""
    a = left.encode() if isinstance(left, str) else left
    b = right.encode() if isinstance(right, str) else right
    return hmac.compare_digest(a, b)
