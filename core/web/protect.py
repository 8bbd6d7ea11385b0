"""Layers that refuse before a handler runs: foreign origins and bodies that are too large; and the
headers every answer carries. Pure ASGI."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import Forbidden, Problem, TooLarge
from core.settings import Settings
from core.web.identity import cookie_name, same_origin
from core.web.problems import answer

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
TEXT_LIMIT_BYTES = 64 * 1024

# blob: in worker-src and img-src is MapLibre's; there is no inline script or style anywhere.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"geolocation=(self), camera=(self), microphone=(self), payment=()"),
    (b"cache-control", b"no-store"),
)
HSTS = (b"strict-transport-security", b"max-age=31536000")


class SecurityHeaders:
    """Adds each header an answer does not set itself."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        secure = settings.public_url.startswith("https://")
        self._headers = (*HEADERS, HSTS) if secure else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                names = {name for name, _ in given}
                message["headers"] = given + [one for one in self._headers if one[0] not in names]
            await send(message)

        await self.app(scope, receive, with_headers)


class OwnOrigin:
    """An unsafe method with a session cookie must come from one of our own pages."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._cookie = cookie_name(settings).encode() + b"="

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            for name, value in scope["headers"]:
                if name == b"cookie" and self._cookie in value:
                    request = Request(scope, receive)
                    if not same_origin(request):
                        await refuse(request, Forbidden(FOREIGN), send)
                        return
        await self.app(scope, receive, send)


FOREIGN = "Permintaan ini datang dari situs lain."


class BodyLimit:
    """413 above 64 KiB, or above the limit of the longest matching path prefix in `limits`.

    A body is here as a whole before anything behind this layer runs: a phone that sends slowly, or on
    purpose never ends, holds no database connection meanwhile.
    """

    def __init__(self, app: ASGIApp, limits: Mapping[str, int]) -> None:
        self.app = app
        self._limits = sorted(limits.items(), key=lambda item: -len(item[0]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS:
            await self.app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        declared = 0
        for name, value in scope["headers"]:
            if name == b"content-length":
                declared = int(value) if value.isdigit() else limit + 1
        whole = await _whole(receive, limit) if declared <= limit else None
        if whole is None:
            await refuse(Request(scope, receive), too_large(limit), send)
            return
        await self.app(scope, whole, send)

    def _limit(self, path: str) -> int:
        for prefix, limit in self._limits:
            if path.startswith(prefix):
                return limit
        return TEXT_LIMIT_BYTES


def too_large(limit: int) -> TooLarge:
    return TooLarge("Kiriman terlalu besar; paling besar {limit_kb} kB.", limit_kb=limit // 1024)


async def refuse(request: Request, problem: Problem, send: Send) -> None:
    """Answer a problem from a layer in front of the app's own handlers."""
    response = await answer(request, problem)
    await response(request.scope, request.receive, send)


async def _whole(receive: Receive, limit: int) -> Receive | None:
    """A `receive` that gives the whole body without waiting; None when it is above the limit."""
    messages: list[Message] = []
    read, more = 0, True
    while more:
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            return None
        messages.append(message)
        more = message.get("more_body", False)  # a client that is gone ends it too

    async def replay() -> Message:
        return messages.pop(0) if messages else await receive()

    return replay
