"""One way to answer with a page: the city's name and the referrer rule added."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from core.context import Context
from core.web.templates import render
from geo.pack import load


def city_name(slug: str) -> str:
    """The city as people say it: 'Kota' and the name of its pack."""
    name = load(slug).city.name
    return name if name.startswith(("Kota ", "Kabupaten ")) else f"Kota {name}"


def page(request: Request, name: str, /, status: int = 200, **values: Any) -> HTMLResponse:
    """The template `name` with `city` beside what every template knows."""
    context: Context = request.app.state.context
    return render(request, name, status=status, city=city_name(context.settings.city), **values)


def secret_page(request: Request, name: str, /, status: int = 200, **values: Any) -> HTMLResponse:
    """A page whose address is its key: no referrer leaves it, no index keeps it."""
    response = page(request, name, status=status, **values)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
