"""What a process holds: settings, database, Redis, bell, keys. Made once, passed along."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from redis.asyncio import Redis

from core.db import Database
from core.privacy import Vault
from core.settings import Settings
from core.wake import Bell


@dataclass(slots=True)
class Context:
    settings: Settings
    db: Database
    redis: Redis | None
    bell: Bell
    vault: Vault


@asynccontextmanager
async def open_context(settings: Settings) -> AsyncIterator[Context]:
    """Everything connected; closed at the end. Redis may be absent or dead at any time."""
    db = await Database.open(settings)
    redis = (
        Redis.from_url(settings.redis_url, socket_timeout=1.0, socket_connect_timeout=1.0)
        if settings.redis_url
        else None
    )
    bell = Bell(redis)
    db.on_events = lambda: bell.ring("events")
    try:
        yield Context(settings, db, redis, bell, Vault.open(settings.keys_dir))
    finally:
        if redis is not None:
            await redis.aclose()
        await db.close()
