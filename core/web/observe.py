"""The outermost layer: request id, access log, metrics, and the last answer when we fail.

Pure ASGI, because a layer on the hot path must cost microseconds. The log names the route's
template, never the path: paths carry tracking tokens.
"""

from __future__ import annotations

import asyncio
import random
import time
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from core.logs import access_line
from core.metrics import REQUEST_SECONDS, REQUESTS, UNHANDLED
from core.web.problems import answer, internal_error

NO_ROUTE = "-"

log = structlog.get_logger("core.web")


class Observe:
    """Knows the app only to name its routes."""

    def __init__(self, app: ASGIApp, shell: FastAPI) -> None:
        self.app = app
        self._shell = shell
        self._names: dict[int, str] = {}
        self._counters: dict[tuple[str, str, int], Any] = {}
        self._timers: dict[str, Any] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        request_id = f"{random.getrandbits(64):016x}"  # to find a line in the log, no secret
        scope["siponcega.request_id"] = request_id
        if scope["type"] == "websocket":
            with bound_contextvars(request_id=request_id):
                await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 0

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"x-request-id", request_id.encode()),
                ]
            await send(message)

        with bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, note)
            except asyncio.CancelledError:
                status = status or 499
                raise
            except Exception as error:  # the edge: nothing may escape unanswered
                route = self._route(scope)
                UNHANDLED.labels(route).inc()
                # Frames only: the message of an exception may quote personal data.
                log.error(
                    "unhandled",
                    route=route,
                    error=type(error).__name__,
                    frames=_frames(error),
                )
                if status:
                    raise
                scope.setdefault("app", self._shell)
                response = await answer(Request(scope, receive), internal_error())
                await response(scope, receive, note)
            finally:
                self._done(scope, status, time.perf_counter() - started, request_id)

    def _done(self, scope: Scope, status: int, seconds: float, request_id: str) -> None:
        route, method = self._route(scope), scope["method"]
        counter = self._counters.get((method, route, status))
        if counter is None:
            known = method if method in _METHODS else "OTHER"
            counter = REQUESTS.labels(known, route, str(status))
            self._counters[(method, route, status)] = counter
        counter.inc()
        timer = self._timers.get(route)
        if timer is None:
            timer = self._timers[route] = REQUEST_SECONDS.labels(route)
        timer.observe(seconds)
        access_line(method, route, status, seconds, request_id)

    def _route(self, scope: MutableMapping[str, Any]) -> str:
        route = scope.get("route")
        if route is None:
            return NO_ROUTE
        if not self._names:
            self._names = {
                id(context.original_route): str(context.path_format or context.path)
                for context in iter_route_contexts(self._shell.routes)
            }
        return self._names.get(id(route), NO_ROUTE)


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _frames(error: BaseException) -> list[str]:
    """file:line function of each frame, innermost last; no values."""
    stack = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in stack[-12:]]
