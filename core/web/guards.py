"""Guards for gateways without a signature scheme of their own."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import HTTPConnection

from core.access import is_local
from core.privacy import same

MIN_SECRET_CHARS = 24


@dataclass(frozen=True, slots=True)
class SharedSecret:
    """The caller sends `secret` in `header`. Too short a secret protects nothing."""

    header: str
    secret: str

    @property
    def protected(self) -> bool:
        return len(self.secret) >= MIN_SECRET_CHARS

    async def __call__(self, conn: HTTPConnection) -> bool:
        given = conn.headers.get(self.header, "")
        return bool(self.secret) and same(given, self.secret)


@dataclass(frozen=True, slots=True)
class LocalOnly:
    """The caller sits on this machine: unix socket or loopback, not through the proxy."""

    @property
    def protected(self) -> bool:
        return True

    async def __call__(self, conn: HTTPConnection) -> bool:
        return is_local(conn)
