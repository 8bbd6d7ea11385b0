"""The hot path's route: public or not at all, and otherwise a route like any other."""

from __future__ import annotations

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from core.access import allow, public
from core.web.bare import BareRoute


async def door(request: Request) -> Response:
    return Response(await request.body(), status_code=201)


def test_a_rule_that_would_have_to_be_asked_is_refused() -> None:
    router = APIRouter(route_class=BareRoute)
    for rules in ([], [allow("operator")], [public(), allow("operator")]):
        with pytest.raises(TypeError, match="must be public"):
            router.add_api_route("/door", door, methods=["POST"], dependencies=rules)


async def test_it_answers_its_method_refuses_others_and_is_in_the_documents() -> None:
    router = APIRouter(prefix="/api", route_class=BareRoute)
    router.add_api_route("/door", door, methods=["POST"], dependencies=[public()])
    app = FastAPI()
    app.include_router(router)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.post("/api/door", content=b"x")
        assert (answer.status_code, answer.content) == (201, b"x")
        assert (await client.get("/api/door")).status_code == 405
    assert "post" in app.openapi()["paths"]["/api/door"]
