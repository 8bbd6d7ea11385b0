"""`Idempotency-Key`: a POST that creates, sent twice, creates once (DESIGN §6)."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request

from core.db import Tx
from core.errors import BadInput
from core.idempotency import once
from core.privacy import Vault


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
