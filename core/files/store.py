"""Keeping files: encrypted on disk under a random name, a row in `upload` beside it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.db import Row, Tx
from core.errors import BadInput, NotFound
from core.files import images, voice
from core.privacy import Vault

VOICE_BYTES = 5 * 2**20
HANDLE = re.compile(r"^[A-Za-z0-9_-]{22}$")
UNTAKEN_H = 24

ADD = """
INSERT INTO upload (handle, kind, media_type, size_bytes, width, height, place_enc)
VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
"""
COLUMNS = "id, handle, kind, media_type, size_bytes, width, height, contact_id, made_at"

# One picture at a time: decoding takes a core and tens of megabytes.
_turn = asyncio.Semaphore(1)


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored file. `handle` is what the sender names it by."""

    id: int
    handle: str
    kind: str
    media_type: str
    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True)
class Ready:
    """A checked file, not yet stored."""

    kind: str
    media_type: str
    data: bytes
    width: int | None = None
    height: int | None = None
    place: tuple[float, float] | None = None


async def check(data: bytes) -> Ready:
    """What the bytes are, cleaned. Raises BadInput. Do this before opening a transaction."""
    if not data:
        raise BadInput("Berkas kosong.")
    if images.is_image(data):
        async with _turn:
            photo = await asyncio.to_thread(images.clean, data)
        return Ready("photo", "image/jpeg", photo.data, photo.width, photo.height, photo.place)
    audio = voice.media_type(data)
    if audio is None:
        raise BadInput("Jenis berkas ini tidak diterima. Kirim foto atau pesan suara.")
    if len(data) > VOICE_BYTES:
        raise BadInput("Pesan suara terlalu panjang: paling besar 5 MB.")
    return Ready("voice", audio, voice.without_place(data) if audio == "audio/mp4" else data)


async def keep(tx: Tx, vault: Vault, folder: Path, ready: Ready) -> Kept:
    """Write the file, then its row; a file whose row never commits is swept later."""
    handle = secrets.token_urlsafe(16)
    blob = vault.encrypt(ready.data, handle.encode())
    await asyncio.to_thread(_write, folder, handle, blob)
    place = None
    if ready.place is not None:
        place = vault.encrypt(json.dumps(ready.place))
    file_id: int = await tx.fetchval(
        ADD,
        handle,
        ready.kind,
        ready.media_type,
        len(ready.data),
        ready.width,
        ready.height,
        place,
    )
    return Kept(file_id, handle, ready.kind, ready.media_type, ready.width, ready.height)


async def attach(tx: Tx, handles: Sequence[str], contact_id: int) -> int:
    """Give uploads to a contact; those taken already or unknown are left out. How many."""
    rows = await tx.fetch(
        "UPDATE upload SET contact_id = $2 WHERE handle = ANY($1) AND contact_id IS NULL "
        "RETURNING id",
        list(handles),
        contact_id,
    )
    return len(rows)


async def of_contacts(tx: Tx, contact_ids: Sequence[int]) -> list[Row]:
    """The uploads of these contacts: id, handle, kind, media_type, size_bytes, width, height, …"""
    return await tx.fetch(
        f"SELECT {COLUMNS} FROM upload WHERE contact_id = ANY($1) ORDER BY id", list(contact_ids)
    )


async def place_hint(tx: Tx, vault: Vault, contact_id: int) -> tuple[float, float] | None:
    """(lat, lon) the EXIF of a contact's first placed photo named, or None."""
    blob = await tx.fetchval(
        "SELECT place_enc FROM upload WHERE contact_id = $1 AND place_enc IS NOT NULL "
        "ORDER BY id LIMIT 1",
        contact_id,
    )
    if not blob:
        return None
    lat, lon = json.loads(vault.decrypt(blob))
    return lat, lon


async def find(tx: Tx, handle: str) -> Row:
    """The row of a handle. Raises NotFound."""
    row = await tx.fetchrow(f"SELECT {COLUMNS} FROM upload WHERE handle = $1", handle)
    if row is None:
        raise NotFound
    return row


async def read(vault: Vault, folder: Path, handle: str) -> bytes:
    """The bytes of a stored file. Raises NotFound when they are gone."""
    try:
        blob = await asyncio.to_thread(_path(folder, handle).read_bytes)
    except FileNotFoundError as error:
        raise NotFound from error
    return vault.decrypt(blob, handle.encode())


async def remove(tx: Tx, folder: Path, contact_id: int) -> int:
    """Delete rows now and files after the commit: erasing a person, or retention. How many."""
    rows = await tx.fetch("DELETE FROM upload WHERE contact_id = $1 RETURNING handle", contact_id)
    return _unlink_later(tx, folder, rows)


async def sweep(tx: Tx, folder: Path) -> int:
    """Delete what no contact took within a day. How many."""
    rows = await tx.fetch(
        "DELETE FROM upload WHERE contact_id IS NULL "
        "AND made_at < clock_timestamp() - make_interval(hours => $1) RETURNING handle",
        UNTAKEN_H,
    )
    return _unlink_later(tx, folder, rows)


def reencrypt(old: Vault, new: Vault, folder: Path, handle: str) -> bool:
    """Write one file anew under the new vault's key; False when that was done or it is gone."""
    path = _path(folder, handle)
    try:
        blob = path.read_bytes()
    except FileNotFoundError:
        return False
    if Vault.key_id_of(blob) == new.key_id:
        return False
    _write(folder, handle, new.encrypt(old.decrypt(blob, handle.encode()), handle.encode()))
    return True


def _unlink_later(tx: Tx, folder: Path, rows: Sequence[Row]) -> int:
    paths = [_path(folder, row["handle"]) for row in rows]

    def unlink() -> None:
        for path in paths:
            path.unlink(missing_ok=True)

    tx.after_commit(unlink)
    return len(paths)


def _path(folder: Path, handle: str) -> Path:
    if not HANDLE.match(handle):
        raise NotFound
    return folder / handle[:2] / handle


def _write(folder: Path, handle: str, blob: bytes) -> None:
    path = _path(folder, handle)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(blob)
    fresh.replace(path)
