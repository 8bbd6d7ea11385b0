"""The API described: OpenAPI as JSON, and a page made from it that needs no foreign script."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from core.access import (
    GatewayRule,
    LocalRule,
    PublicRule,
    RoleRule,
    Rule,
    TicketRule,
    routes_with_rules,
)
from core.access import public as anyone
from core.web.templates import render

router = APIRouter()


@router.get("/api/v1/openapi.json", dependencies=[anyone()], include_in_schema=False)
async def openapi(request: Request) -> JSONResponse:
    return JSONResponse(request.app.openapi())


@router.get("/docs", dependencies=[anyone()], include_in_schema=False)
async def docs(request: Request) -> HTMLResponse:
    """Every route of the API with who may call it."""
    return render(request, "docs.html", groups=grouped(request.app))


def grouped(app: Any) -> dict[str, list[dict[str, str]]]:
    """Routes by tag: method, path, who, what."""
    groups: dict[str, list[dict[str, str]]] = {}
    for route, rule in routes_with_rules(app):
        if not getattr(route, "include_in_schema", False) or rule is None:
            continue
        tags = getattr(route, "tags", None) or ["lain"]
        described = (getattr(route, "description", "") or "").split("\n\n")[0]
        for method in sorted(route.methods or ()):
            groups.setdefault(str(tags[0]), []).append(
                {"method": method, "path": str(route.path), "who": who(rule), "what": described}
            )
    return dict(sorted(groups.items()))


def who(rule: Rule) -> str:
    """A rule in a word or two."""
    if isinstance(rule, RoleRule):
        return ", ".join(sorted(rule.roles))
    if isinstance(rule, GatewayRule):
        return f"gateway {rule.name}"
    names = {PublicRule: "public", LocalRule: "this machine", TicketRule: "ticket"}
    return names[type(rule)]
