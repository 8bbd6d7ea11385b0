"""Who may: every route and websocket declares one rule, and the app refuses to start without.

    @router.get("/incidents", dependencies=[allow(*DESK)])       roles with a full session
    @router.post("/reports", dependencies=[public()])            anyone
    @router.post("/inbound/twilio", dependencies=[gateway("twilio")])   its guard vouches
    @router.get("/metrics", dependencies=[local()])              this machine only
    @router.websocket("/stream", dependencies=[ticketed()])      the handler redeems a ticket

A rule answers 401 to a stranger and 403 to the wrong role. Whether an *object* may be seen is
asked in the handler with `own_agency` (404: another agency's object does not exist for you).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from fastapi import Depends, FastAPI
from fastapi.routing import RouteContext, iter_route_contexts
from starlette.requests import HTTPConnection
from starlette.routing import Mount

from core.actor import Actor
from core.errors import Forbidden, NotFound, Unauthenticated
from core.metrics import GATEWAY_REFUSED
from core.web.identity import identify, same_origin

ROLES = (
    "warga",
    "kepling",
    "lurah",
    "petugas",
    "operator",
    "supervisor",
    "opd",
    "admin",
    "auditor",
    "service",
)
DESK = ("operator", "supervisor", "admin")
# Every signed-in person who works for the city; residents and machines are not staff.
STAFF = ("kepling", "lurah", "petugas", "operator", "supervisor", "opd", "admin", "auditor")
# These see every agency's objects; the rest of the staff only their own agency's.
SEES_ALL = frozenset({"operator", "supervisor", "admin", "auditor"})


class Guard(Protocol):
    """Vouches for a machine that talks to us: signature, shared secret, or local socket."""

    @property
    def protected(self) -> bool:
        """False when anybody could pass, e.g. no secret is set; production refuses to start."""

    async def __call__(self, conn: HTTPConnection) -> bool:
        """True when the caller is who it says."""


@dataclass(frozen=True, slots=True)
class RoleRule:
    roles: frozenset[str]

    async def __call__(self, conn: HTTPConnection) -> None:
        actor = await identify(conn)
        if actor.kind != "account":
            raise Unauthenticated("Silakan masuk dulu.")
        if conn.scope["type"] == "websocket" and not same_origin(conn):
            raise Forbidden("Permintaan ini datang dari situs lain.")
        if actor.role not in self.roles:
            raise Forbidden("Akun Anda tidak berwenang untuk ini.")


@dataclass(frozen=True, slots=True)
class PublicRule:
    """Costs nothing on the way: identity is looked up only where `Who` is asked for."""

    async def __call__(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class GatewayRule:
    name: str

    async def __call__(self, conn: HTTPConnection) -> None:
        guard = conn.app.state.guards.get(self.name)
        if guard is None:
            raise NotFound
        if not await guard(conn):
            GATEWAY_REFUSED.labels(self.name).inc()
            raise Forbidden("Tanda tangan atau rahasia gerbang tidak cocok.")
        conn.scope["siponcega.actor"] = Actor("gateway", name=self.name)


@dataclass(frozen=True, slots=True)
class LocalRule:
    async def __call__(self, conn: HTTPConnection) -> None:
        if not is_local(conn):
            raise NotFound


@dataclass(frozen=True, slots=True)
class TicketRule:
    """The handler itself redeems a single-use ticket; here only the Origin is checked."""

    async def __call__(self, conn: HTTPConnection) -> None:
        if not same_origin(conn):
            raise Forbidden("Permintaan ini datang dari situs lain.")


Rule = RoleRule | PublicRule | GatewayRule | LocalRule | TicketRule
_PUBLIC = Depends(PublicRule())


def allow(*roles: str) -> Any:
    """Accounts with one of `roles`, signed in with every factor their role needs."""
    unknown = set(roles) - set(ROLES)
    if unknown or not roles:
        raise ValueError(f"allow() needs roles out of {ROLES}, not {sorted(unknown)}")
    return Depends(RoleRule(frozenset(roles)))


def public() -> Any:
    """Anyone. The handler limits, and checks whatever token the address carries."""
    return _PUBLIC


def gateway(name: str) -> Any:
    """The machine that the guard registered under `name` vouches for (`install_guards`)."""
    return Depends(GatewayRule(name))


def local() -> Any:
    """Callers on this machine that did not come through the reverse proxy; 404 for others."""
    return Depends(LocalRule())


def ticketed() -> Any:
    """A websocket whose handler redeems a single-use ticket. Origin must be ours."""
    return Depends(TicketRule())


def own_agency(actor: Actor, *agency_ids: int | None) -> None:
    """Raise `NotFound` unless the actor sees all agencies or belongs to one of these."""
    if actor.role in SEES_ALL:
        return
    if actor.agency_id is None or actor.agency_id not in agency_ids:
        raise NotFound


def is_local(conn: HTTPConnection) -> bool:
    """True for a unix socket or loopback peer, unless a proxy says it speaks for another."""
    headers = conn.headers
    if "x-forwarded-for" in headers or "forwarded" in headers or "x-real-ip" in headers:
        return False
    client = conn.client
    if client is None or not client.host:
        return True
    try:
        return ipaddress.ip_address(client.host).is_loopback
    except ValueError:
        return False


def install_guards(app: FastAPI, guards: Mapping[str, Guard]) -> None:
    """Give the app the guards of its gateways; a gateway without one answers 404."""
    app.state.guards = dict(guards)


def rule_of(route: RouteContext) -> Rule | None:
    """The rule a route declares, or None. The last one is the route's own."""
    rules = [
        depends.dependency
        for depends in getattr(route, "dependencies", None) or ()
        if isinstance(depends.dependency, Rule)
    ]
    return rules[-1] if rules else None


def routes_with_rules(app: FastAPI) -> Iterator[tuple[RouteContext, Rule | None]]:
    """Every route and websocket of the app with its rule. Mounts appear with None."""
    for route in iter_route_contexts(app.routes):
        yield route, rule_of(route)


def refuse_unruled(app: FastAPI, *, mounts: Iterable[str] = ("/static",)) -> None:
    """Raise RuntimeError naming every route without a rule; call it last, before serving.

    `mounts` are the folders of public files; any other mounted application is refused too.
    """
    allowed = tuple(mounts)
    naked = []
    for route, rule in routes_with_rules(app):
        if isinstance(route.original_route, Mount):
            if not str(route.path).startswith(allowed):
                naked.append(f"mount {route.path}")
        elif rule is None:
            methods = ",".join(sorted(route.methods or ())) or "WS"
            naked.append(f"{methods} {route.path}")
    if naked:
        raise RuntimeError("routes without an access rule: " + "; ".join(sorted(naked)))
