"""Every route of the real app against every role: the declared rule is what happens.

The rule says who may; here each address is called by a stranger and by an account of each role. A
route added without a rule stops the app from being built, and so fails everything here.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from starlette.routing import Mount

from core.access import (
    ROLES,
    GatewayRule,
    LocalRule,
    RoleRule,
    Rule,
    refuse_unruled,
    routes_with_rules,
)
from core.accounts import accounts, sessions
from core.context import Context
from core.settings import Settings
from siponcega.app import build
from tests.core.conftest import browser

# What a path parameter is filled with: nothing has this number or name.
NOBODY = "987654321"
PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")
DENIED = (401, 403)

Call = tuple[str, str, Rule]


def calls_of(app: FastAPI) -> list[Call]:
    """(method, address, rule) of each route; websockets and mounts are tested elsewhere."""
    calls = []
    for route, rule in routes_with_rules(app):
        if isinstance(route.original_route, Mount) or not route.methods:
            continue
        assert rule is not None, route.path
        address = PARAMETER.sub(lambda _: NOBODY, str(route.path))
        calls += [(method, address, rule) for method in sorted(route.methods - {"HEAD"})]
    return calls


@pytest.fixture
async def real(settings: Settings) -> AsyncIterator[FastAPI]:
    """The whole application on this module's database."""
    app = build(settings)
    async with app.router.lifespan_context(app):
        yield app


async def session_for(context: Context, role: str) -> httpx.Headers:
    """Headers of a signed-in account of the role; its own row, no password needed."""
    async with context.db.tx() as tx:
        account_id = await accounts.add(tx, f"rute-{role}", role, role, demo=True)
        if role == "service":
            token = await accounts.make_api_token(tx, account_id, "uji")
            return httpx.Headers({"Authorization": f"Bearer {token}"})
        row = await accounts.get(tx, account_id)
        _, token = await sessions.open_session(tx, row, factors=2, label="uji", session_hours=1)
    return httpx.Headers({"Cookie": f"siponcega={token}"})


async def test_each_rule_is_what_happens(real: FastAPI) -> None:
    refuse_unruled(real)
    calls = calls_of(real)
    assert len(calls) > 40
    wrong: list[str] = []
    roles = {role: await session_for(real.state.context, role) for role in ROLES}
    async with browser(real) as one:
        for method, address, rule in calls:
            callers = {"nobody": httpx.Headers(), **roles}
            for caller, headers in callers.items():
                if caller != "nobody" and not isinstance(rule, RoleRule):
                    continue
                answer = await one.request(method, address, headers=headers)
                if not as_declared(rule, caller, answer.status_code):
                    wrong.append(f"{method} {address} by {caller}: {answer.status_code}")
                if address in ("/keluar", "/akun/sesi/akhiri"):
                    roles.update({caller: await renewed(real.state.context, caller)})
    assert wrong == []


def as_declared(rule: Rule, caller: str, status: int) -> bool:
    """Whether a status fits the rule for this caller. A 500 never does."""
    if status >= 500:
        return False
    if isinstance(rule, RoleRule):
        if caller == "nobody":
            return status == 401
        return status not in DENIED if caller in rule.roles else status == 403
    if isinstance(rule, GatewayRule):
        return status in (403, 404)
    if isinstance(rule, LocalRule):
        return status == 404
    return True


async def renewed(context: Context, role: str) -> httpx.Headers:
    """A fresh session of an account whose present one was just ended."""
    async with context.db.tx() as tx:
        row = await accounts.find(tx, f"rute-{role}")
        if row is None:
            return httpx.Headers()
        _, token = await sessions.open_session(tx, row, factors=2, label="uji", session_hours=1)
    return httpx.Headers({"Cookie": f"siponcega={token}"})


STAFF_ADDRESSES = (
    "/api/v1/incidents",
    "/api/v1/reports",
    "/api/v1/units",
    "/api/v1/assignments",
    "/api/v1/contacts",
    "/api/v1/deliveries",
    "/api/v1/registry",
    "/api/v1/tiles",
    "/api/v1/geo/reverse",
    "/api/v1/geo/search",
    "/api/v1/stream/ticket",
    "/konsol",
    "/petugas",
)


def test_what_is_for_staff_is_not_public(settings: Settings) -> None:
    seen = set()
    for method, address, rule in calls_of(build(settings)):
        for prefix in STAFF_ADDRESSES:
            if address.startswith(prefix) and (method, address) != ("POST", "/api/v1/reports"):
                assert isinstance(rule, RoleRule), f"{method} {address}"
                seen.add(prefix)
    assert seen == set(STAFF_ADDRESSES)
