"""A route for the hot path: straight from the router to the endpoint."""

from __future__ import annotations

from typing import Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from core.access import PublicRule


class BareRoute(APIRoute):
    """`async def endpoint(request) -> Response` of a public route, without FastAPI's solving of
    parameters and dependencies, a tenth of what a report costs. In documents and rules it is a
    route like any other.

    Raises TypeError when it is given a rule that would have to be asked.
    """

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        asked = [one.dependency for one in self.dependencies]
        if not asked or not all(isinstance(rule, PublicRule) for rule in asked):
            raise TypeError(f"{self.path}: a bare route asks no rule, so it must be public")

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in (self.methods or ()):
            await super().handle(scope, receive, send)
            return
        response = await self.endpoint(Request(scope, receive, send))
        await response(scope, receive, send)
