"""For operations: is the process alive, can it serve, what is degraded and since when, metrics.

`/readyz` is 503 only when nothing can be taken in (no database); a dead Redis or worker is named
and the answer stays 200, because reports still arrive.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

import msgspec
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from redis.exceptions import RedisError

from core import heartbeat, published
from core.access import local, public
from core.context import Context
from core.db import DOWN
from core.errors import Unavailable
from core.metrics import DEGRADED
from core.web.deps import AppContext

CHECK_TIMEOUT_S = 2.0
WORKER_SILENCE_S = 15.0
UNSEALED_S = 5.0

UNSEALED = """
SELECT coalesce(extract(epoch FROM clock_timestamp() - at), 0)::float8
FROM event WHERE position IS NULL ORDER BY id LIMIT 1
"""

router = APIRouter(tags=["operations"])


class Part(msgspec.Struct, omit_defaults=True):
    """One part of the system; `since` when it was first seen degraded by this process."""

    status: str
    detail: str = ""
    since: str | None = None
    ms: float | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a part, and since when if that is known better than by looking."""

    detail: str
    since: datetime | None = None


Check = Callable[[Context], Awaitable[str | Trouble]]
"""The state of a part: '' while it is well."""


class Readiness:
    """Remembers since when each part has been degraded."""

    def __init__(self) -> None:
        self._since: dict[str, str] = {}

    async def look(
        self, context: Context, more: Mapping[str, Check] = MappingProxyType({})
    ) -> dict[str, Part]:
        """The state of every part, by name. more: parts that rooms above know of."""
        checks: dict[str, Check] = {
            "database": _database,
            "redis": _redis,
            "sequencer": _sequencer,
            "worker": _worker,
            **more,
        }
        names = list(checks)
        found = await asyncio.gather(*(self._one(name, checks[name], context) for name in names))
        return dict(zip(names, found, strict=True))

    async def _one(self, name: str, check: Check, context: Context) -> Part:
        began = time.perf_counter()
        trouble: str | Trouble
        try:
            async with asyncio.timeout(CHECK_TIMEOUT_S):
                trouble = await check(context)
        except (Unavailable, RedisError, *DOWN) as error:
            trouble = f"not answering ({type(error).__name__})"
        ms = round((time.perf_counter() - began) * 1000, 1)
        DEGRADED.labels(name).set(1 if trouble else 0)
        if not trouble:
            self._since.pop(name, None)
            return Part("ok", ms=ms)
        if isinstance(trouble, str):
            trouble = Trouble(trouble)
        seen = self._since.setdefault(name, _iso(datetime.now(UTC)))
        since = _iso(trouble.since) if trouble.since else seen
        return Part("degraded", trouble.detail, since, ms)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


async def _database(context: Context) -> str:
    async with context.db.read() as tx:
        await tx.fetchval("SELECT 1")
    return ""


async def _redis(context: Context) -> str:
    if context.redis is None:
        return "not configured"
    await context.redis.ping()
    return ""


async def _sequencer(context: Context) -> str:
    async with context.db.read() as tx:
        age_s = await tx.fetchval(UNSEALED)
    if age_s is not None and age_s > UNSEALED_S:
        return f"oldest event waits {age_s:.0f} s for its position"
    return ""


async def _worker(context: Context) -> str:
    async with context.db.read() as tx:
        ages = await heartbeat.ages(tx)
    age_s = ages.get("worker")
    if age_s is None:
        return "never seen"
    return f"silent for {age_s:.0f} s" if age_s > WORKER_SILENCE_S else ""


@router.get("/healthz", dependencies=[public()], include_in_schema=False)
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz", dependencies=[public()])
async def readyz(request: Request, context: AppContext) -> Response:
    """Whether work can be taken in, and every part that is degraded, with since when."""
    parts = await _readiness.look(context, getattr(request.app.state, "readiness", {}))
    trouble = [name for name, part in parts.items() if part.status != "ok"]
    status = "down" if "database" in trouble else "degraded" if trouble else "ok"
    body = msgspec.json.encode({"status": status, "degraded": trouble, "parts": parts})
    return Response(body, 503 if status == "down" else 200, media_type="application/json")


@router.get("/metrics", dependencies=[local()], include_in_schema=False)
async def metrics(context: AppContext) -> Response:
    """Prometheus text, for a scraper on this machine: this process's figures and the workers'."""
    others: list[published.Kept] = []
    with contextlib.suppress(Unavailable):  # without a database our own are told all the same
        async with context.db.read() as tx:
            others = await published.published(tx)
    return Response(published.text(others), media_type=CONTENT_TYPE_LATEST)


_readiness = Readiness()
