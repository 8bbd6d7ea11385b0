"""JSON answers and version tags of these routes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from fastapi import Request
from fastapi.responses import Response

from core.db import Tx
from core.errors import BadInput, Problem
from core.idempotency import once
from core.privacy import Vault

_encode = msgspec.json.Encoder().encode
_TAG = re.compile(r'(?:W/)?"?v([0-9]{1,18})"?')


def reply(data: Any, *, status: int = 200, version: int | None = None) -> Response:
    """JSON by msgspec (datetimes as RFC 3339); an ETag when the thing has a version."""
    headers = {"Cache-Control": "no-store"}
    if version is not None:
        headers["ETag"] = f'"v{version}"'
    return Response(
        _encode(data), status_code=status, media_type="application/json", headers=headers
    )


def client_key(value: str | None) -> uuid.UUID | None:
    """The Idempotency-Key, None without one. Raises BadInput for anything but a UUID."""
    if not value:
        return None
    try:
        return uuid.UUID(value.strip())
    except ValueError:
        raise BadInput("Idempotency-Key harus UUID.", extra={"field": "Idempotency-Key"}) from None


async def made_once(
    request: Request, tx: Tx, vault: Vault, scope: str, make: Callable[[], Awaitable[Any]]
) -> Any:
    """What `make` answers, once for the same Idempotency-Key and body (core.idempotency)."""
    key = client_key(request.headers.get("idempotency-key"))
    mac = vault.mac(await request.body())
    return await once(tx, scope, None if key is None else str(key), mac, make)


def wanted_version(request: Request, *, required: bool = True) -> int | None:
    """The version in If-Match ("v7"). Raises 428 without one, BadInput for another shape."""
    header = request.headers.get("if-match", "").strip()
    if header in {"", "*"}:
        if required and header != "*":
            raise Problem(
                "Kirim If-Match dengan ETag terakhir, supaya perubahan orang lain tidak tertimpa.",
                status=428,
                slug="precondition-required",
            )
        return None
    tag = _TAG.fullmatch(header)
    if tag is None:
        raise BadInput("If-Match tidak dikenal; pakai ETag dari jawaban terakhir.")
    return int(tag[1])
