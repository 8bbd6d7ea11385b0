"""The front door and the small shared things: language, offline page, manifest, service worker."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse
from starlette.requests import Request
from starlette.responses import Response

from console.pages.page import city_name, page
from core.access import public
from core.web.deps import SettingsDep
from core.web.language import COOKIE

WORKER = Path(__file__).parent.parent / "static" / "pages" / "sw.js"
YEAR_S = 365 * 86_400
LOCAL_PATH = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")
LINK_TOKEN = re.compile(r"(?:^|/l/)([A-Za-z0-9_-]{22,64})(?:[/?#].*)?$")

router = APIRouter(include_in_schema=False)


@router.get("/", dependencies=[public()])
async def front(request: Request) -> Response:
    return page(request, "beranda.html")


@router.get("/lacak", dependencies=[public()])
async def find(request: Request) -> Response:
    return _find(request)


@router.post("/lacak", dependencies=[public()])
async def open_link(request: Request, tautan: Annotated[str, Form()] = "") -> Response:
    """Only the link opens a report; a code that was read out loud must not."""
    found = LINK_TOKEN.search(tautan.strip())
    if found is None:
        problem = "Itu bukan tautan laporan. Tempel alamat lengkap yang Anda terima."
        return _find(request, problem, tautan, 422)
    return RedirectResponse(f"/l/{found[1]}", 303, {"Referrer-Policy": "no-referrer"})


@router.post("/bahasa", dependencies=[public()])
async def language(
    settings: SettingsDep,
    lang: Annotated[str, Form()] = "id",
    kembali: Annotated[str, Form()] = "/",
) -> Response:
    """Keep the language for a year and go back; only to a path of ours."""
    response = RedirectResponse(kembali if LOCAL_PATH.fullmatch(kembali) else "/", 303)
    chosen = "en" if lang == "en" else "id"
    secure = not settings.demo
    response.set_cookie(COOKIE, chosen, max_age=YEAR_S, samesite="lax", secure=secure)
    return response


@router.get("/luring", dependencies=[public()])
async def offline(request: Request) -> Response:
    """What the service worker shows when a page was never kept."""
    return page(request, "luring.html")


@router.get("/sw.js", dependencies=[public()])
async def service_worker() -> Response:
    """At the root, because its place is its reach."""
    return FileResponse(WORKER, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


@router.get("/manifest.webmanifest", dependencies=[public()])
async def manifest(settings: SettingsDep) -> Response:
    icon = {"src": "/static/favicon.svg", "sizes": "any", "type": "image/svg+xml"}
    content: dict[str, Any] = {
        "name": f"siponcega {city_name(settings.city)}",
        "short_name": "siponcega",
        "lang": "id",
        "start_url": "/",
        "display": "standalone",
        "background_color": "#f3f4f4",
        "theme_color": "#b0151c",
        "icons": [icon],
        "shortcuts": [{"name": "Lapor darurat", "url": "/lapor"}],
    }
    return JSONResponse(content, media_type="application/manifest+json")


def _find(
    request: Request, problem: str | None = None, typed: str = "", status: int = 200
) -> Response:
    example = f"{request.app.state.context.settings.public_url}/l/…"
    return page(
        request, "lacak_cari.html", status=status, problem=problem, typed=typed[:300],
        example_link=example,
    )  # fmt: skip
