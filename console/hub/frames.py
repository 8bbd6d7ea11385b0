"""Frames: built once per visibility class, already wrapped as websocket messages.

A server's text message is not masked (RFC 6455 §5.1), so without compression its bytes are the
same for every socket: header and JSON are joined once and written as they are.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

_encode = msgspec.json.Encoder().encode

TEXT_FIN = 0x81
CLOSE_FIN = 0x88

CLOSE_SLOW = 4008
CLOSE_REVOKED = 4003
CLOSE_TOO_MUCH = 4009
CLOSE_RESTART = 1012


def wrap(body: bytes) -> bytes:
    """`body` as one final text message, ready for the wire."""
    size = len(body)
    if size < 126:
        return bytes((TEXT_FIN, size)) + body
    if size < 65536:
        return struct.pack("!BBH", TEXT_FIN, 126, size) + body
    return struct.pack("!BBQ", TEXT_FIN, 127, size) + body


def unwrap(data: bytes) -> list[tuple[int, bytes]]:
    """(first byte, body) of each message in a run; for servers that frame by themselves."""
    bodies: list[tuple[int, bytes]] = []
    at = 0
    while at < len(data):
        first, size = data[at], data[at + 1]
        at += 2
        if size == 126:
            (size,) = struct.unpack_from("!H", data, at)
            at += 2
        elif size == 127:
            (size,) = struct.unpack_from("!Q", data, at)
            at += 8
        bodies.append((first, data[at : at + size]))
        at += size
    return bodies


def close_message(code: int, reason: str) -> bytes:
    """A closing message; `reason` is cut to the 123 bytes the protocol allows."""
    text = reason.encode()[:120]
    return bytes((CLOSE_FIN, 2 + len(text))) + struct.pack("!H", code) + text


def snapshot(cursor: int, at: datetime, board: Mapping[str, Sequence[Any]]) -> bytes:
    return wrap(_encode({"t": "snapshot", "cursor": cursor, "at": at, "board": board}))


def event(
    *,
    cursor: int,
    kind: str,
    at: datetime,
    incident_id: int | None,
    subject: tuple[str | None, int | None],
    payload: Mapping[str, Any],
    rows: Mapping[str, Sequence[Any]],
) -> bytes:
    return wrap(
        _encode(
            {
                "t": "event",
                "cursor": cursor,
                "kind": kind,
                "at": at,
                "incident_id": incident_id,
                "subject": subject,
                "payload": payload,
                "rows": rows,
            }
        )
    )


def positions(units: Sequence[tuple[int, float, float, int]]) -> bytes:
    """`units`: (id, longitude, latitude, age in seconds)."""
    return wrap(_encode({"t": "pos", "units": units}))


def beat(at: datetime, cursor: int) -> bytes:
    return wrap(_encode({"t": "beat", "at": at, "cursor": cursor}))


def bye(reason: str) -> bytes:
    return wrap(_encode({"t": "bye", "reason": reason}))
