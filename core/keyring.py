"""The key file of an instance: encryption keys by id, and the key of the look-up hashes.

One JSON file in `settings.keys_dir`, mode 0600, written whole and atomically. It is kept apart from
the database and its backups: either alone tells nothing. Losing it loses the personal data.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

FILE_NAME = "vault.json"
KEY_BYTES = 32


class KeyFileError(RuntimeError):
    """The key file is missing, readable by others, or not a key file. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Key:
    """One AES-256 key. `id` is 1..65535 and stands in front of every blob it made."""

    id: int
    secret: bytes
    made_at: str


@dataclass(frozen=True, slots=True)
class Keyring:
    """`keys` in order of making; the last one encrypts, all decrypt. `lookup` keys the hashes."""

    keys: tuple[Key, ...]
    lookup: bytes

    @property
    def current(self) -> Key:
        return self.keys[-1]

    def with_new_key(self) -> Keyring:
        """The same ring with one more key, which becomes the current one."""
        return replace(self, keys=(*self.keys, _new_key(self.current.id + 1)))

    def without(self, key_ids: set[int]) -> Keyring:
        """The ring after retiring old keys. Raises ValueError for the current one."""
        if self.current.id in key_ids:
            raise ValueError("the current key cannot be retired")
        return replace(self, keys=tuple(key for key in self.keys if key.id not in key_ids))


def new_keyring() -> Keyring:
    return Keyring((_new_key(1),), secrets.token_bytes(KEY_BYTES))


def _new_key(key_id: int) -> Key:
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    return Key(key_id, secrets.token_bytes(KEY_BYTES), made_at)


def read(keys_dir: Path) -> Keyring:
    """Load the ring. Raises KeyFileError when it is missing, too open or damaged."""
    path = keys_dir / FILE_NAME
    try:
        mode = path.stat().st_mode & 0o777
        text = path.read_text("utf-8")
    except FileNotFoundError as error:
        raise KeyFileError(
            f"no keys at {path}: make them with `siponcega keys make`, or restore the file "
            "from where you keep it apart from the backups"
        ) from error
    if mode & 0o077:
        raise KeyFileError(f"{path} is readable by others (mode {mode:o}): chmod 600 {path}")
    try:
        content = json.loads(text)
        keys = tuple(
            Key(int(key["id"]), base64.b64decode(key["secret"], validate=True), str(key["made_at"]))
            for key in content["keys"]
        )
        lookup = base64.b64decode(content["lookup"], validate=True)
    except (ValueError, KeyError, TypeError) as error:
        raise KeyFileError(f"{path} is not a key file: restore it from your copy") from error
    if not keys or any(len(secret) != KEY_BYTES for secret in (lookup, *(k.secret for k in keys))):
        raise KeyFileError(f"{path} is not a key file: restore it from your copy")
    return Keyring(keys, lookup)


def write(keys_dir: Path, ring: Keyring) -> Path:
    """Write the ring (folder 0700, file 0600) so that a crash leaves the old or the new, whole."""
    keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = {
        "keys": [
            {"id": key.id, "secret": base64.b64encode(key.secret).decode(), "made_at": key.made_at}
            for key in ring.keys
        ],
        "lookup": base64.b64encode(ring.lookup).decode(),
    }
    path = keys_dir / FILE_NAME
    fresh = keys_dir / f".{FILE_NAME}.{os.getpid()}"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return path


def ensure(keys_dir: Path) -> Keyring:
    """The ring of this instance, made on the first call. Two processes may race: one file wins."""
    if not (keys_dir / FILE_NAME).exists():
        keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = keys_dir / f".{FILE_NAME}.lock"
        try:
            os.close(os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            return read(keys_dir)
        try:
            if not (keys_dir / FILE_NAME).exists():
                write(keys_dir, new_keyring())
        finally:
            lock.unlink()
    return read(keys_dir)
