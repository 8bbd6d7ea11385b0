"""The first answer again: for keyed POSTs that create something (reports key their contact itself)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from core.db import Tx

CLAIM = """
INSERT INTO idempotency (scope, key, body_mac, answer) VALUES ($1, $2, $3, '{}')
ON CONFLICT (scope, key, body_mac) DO NOTHING RETURNING id
"""
ANSWER = "SELECT answer FROM idempotency WHERE scope = $1 AND key = $2 AND body_mac = $3"


async def once(
    tx: Tx, scope: str, key: str | None, body_mac: bytes, make: Callable[[], Awaitable[Any]]
) -> Any:
    """What `make` answers (JSON-able), made once for the same scope, key and body.

    Without a key it is simply made. A second call at the same moment waits for the first one's
    commit; if that one rolled back, the second makes it.
    """
    if not key:
        return await make()
    claimed = await tx.fetchval(CLAIM, scope, key, body_mac)
    if claimed is None:
        return await tx.fetchval(ANSWER, scope, key, body_mac)
    answer = await make()
    await tx.execute("UPDATE idempotency SET answer = $2 WHERE id = $1", claimed, answer)
    return answer
