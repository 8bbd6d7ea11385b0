"""Rules: who gets in where, and no route without one."""

from __future__ import annotations

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from core.access import (
    ROLES,
    RoleRule,
    allow,
    own_agency,
    public,
    refuse_unruled,
    routes_with_rules,
)
from core.accounts import accounts
from core.actor import Actor
from core.context import Context
from core.errors import NotFound
from tests.core.conftest import BASE, SECRET, SignIn, browser, make_account


async def test_stranger_gets_401_and_wrong_role_403(
    client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    assert (await client.get("/api/v1/t/desk")).status_code == 401
    for role in ROLES:
        if role == "service":
            continue
        one = await sign_in(role)
        expected = 200 if role in ("operator", "supervisor", "admin") else 403
        assert (await one.get("/api/v1/t/desk")).status_code == expected, role


async def test_public_route_needs_nobody(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/v1/t/public")).json() == {"kind": "reporter", "lang": "id"}


async def test_transaction_carries_the_account(sign_in: SignIn) -> None:
    one = await sign_in("operator")
    me = (await one.get("/api/v1/me")).json()
    assert (await one.post("/api/v1/t/desk")).json() == {"actor": me["account_id"]}


async def test_browser_is_sent_to_sign_in_and_back(client: httpx.AsyncClient) -> None:
    answer = await client.get("/konsol-uji?a=1", headers={"Accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/masuk?ke=%2Fkonsol-uji%3Fa%3D1"


async def test_gateway_needs_its_secret(client: httpx.AsyncClient) -> None:
    path = "/api/v1/t/inbound"
    assert (await client.post(path)).status_code == 403
    assert (await client.post(path, headers={"x-uji-secret": SECRET[:-1]})).status_code == 403
    right = await client.post(path, headers={"x-uji-secret": SECRET})
    assert right.json() == {"kind": "gateway", "name": "uji"}
    assert (await client.post("/api/v1/t/unknown-gateway")).status_code == 404


async def test_local_rule_refuses_others_and_proxies(app: FastAPI) -> None:
    here = httpx.ASGITransport(app, client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=here, base_url=BASE) as one:
        assert (await one.get("/api/v1/t/local")).status_code == 200
        proxied = await one.get("/api/v1/t/local", headers={"X-Forwarded-For": "203.0.113.9"})
        assert proxied.status_code == 404
        assert "siponcega_http_requests_total" in (await one.get("/metrics")).text
    async with browser(app) as far:
        assert (await far.get("/metrics")).status_code == 404


async def knock(app: FastAPI, path: str, **headers: str) -> list[str]:
    """Message types a websocket handshake is answered with."""
    sent: list[str] = []
    scope = {
        "type": "websocket",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "subprotocols": [],
        "client": ("203.0.113.7", 1),
        "server": ("127.0.0.1", 8000),
        "scheme": "ws",
        "root_path": "",
        "extensions": {},
    }

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, object]) -> None:
        sent.append(str(message["type"]))

    await app(scope, receive, send)
    return sent


async def test_websockets_are_for_the_right_role_on_our_own_pages(
    app: FastAPI, sign_in: SignIn
) -> None:
    host, socket = "127.0.0.1:8000", "/api/v1/t/ws"
    assert await knock(app, socket, host=host, origin=BASE) == ["websocket.close"]
    one = await sign_in("operator")
    cookie = "; ".join(f"{name}={value}" for name, value in one.cookies.items())
    right = await knock(app, socket, host=host, origin=BASE, cookie=cookie)
    assert right == ["websocket.accept", "websocket.send", "websocket.close"]
    foreign = {"host": host, "origin": "http://jahat.example", "cookie": cookie}
    assert await knock(app, socket, **foreign) == ["websocket.close"]
    assert await knock(app, "/api/v1/t/ticketed", **foreign) == ["websocket.close"]


async def test_bearer_token_of_a_service(app: FastAPI, context: Context) -> None:
    account_id, _ = await make_account(context, "service")
    async with context.db.tx() as tx:
        token = await accounts.make_api_token(tx, account_id, "uji")
    async with browser(app, Authorization=f"Bearer {token}") as one:
        assert (await one.get("/api/v1/me")).json()["role"] == "service"
        assert (await one.get("/api/v1/t/desk")).status_code == 403
        async with context.db.tx() as tx:
            await accounts.revoke_api_tokens(tx, account_id)
        assert (await one.get("/api/v1/me")).status_code == 401


def test_a_route_without_rule_stops_the_start(app: FastAPI) -> None:
    refuse_unruled(app)
    inner = APIRouter(prefix="/dalam")

    @inner.get("/tanpa")
    async def naked() -> None: ...

    @inner.websocket("/soket")
    async def naked_socket() -> None: ...

    outer = APIRouter(prefix="/luar")
    outer.include_router(inner)
    app.include_router(outer)
    with pytest.raises(RuntimeError) as caught:
        refuse_unruled(app)
    assert "GET /luar/dalam/tanpa" in str(caught.value)
    assert "WS /luar/dalam/soket" in str(caught.value)


def test_a_mounted_application_stops_the_start(app: FastAPI) -> None:
    app.mount("/lain", FastAPI())
    with pytest.raises(RuntimeError, match="mount /lain"):
        refuse_unruled(app)


def test_the_routes_own_rule_stands_over_the_routers(app: FastAPI) -> None:
    router = APIRouter(prefix="/r", dependencies=[allow("admin")])

    @router.get("/a")
    async def inherits() -> None: ...

    app.include_router(router)
    rules = {str(route.path): rule for route, rule in routes_with_rules(app)}
    assert rules["/r/a"] == RoleRule(frozenset({"admin"}))


def test_allow_refuses_unknown_and_empty_roles() -> None:
    for wrong in (("operater",), ()):
        with pytest.raises(ValueError, match="roles"):
            allow(*wrong)
    assert public() is public()


def test_object_of_another_agency_does_not_exist() -> None:
    own_agency(Actor("account", 1, "opd", 7), 7)
    own_agency(Actor("account", 1, "operator", None), 8)
    for outsider in (Actor("account", 1, "opd", 7), Actor("account", 1, "petugas", None)):
        with pytest.raises(NotFound):
            own_agency(outsider, 8, None)
