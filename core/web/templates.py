"""Pages: Jinja2 with autoescape, in the caller's language, without inline script or style."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse

from core.web.identity import known_actor
from core.web.language import language_of
from core.words import t

CORE_TEMPLATES = Path(__file__).parent / "templates"


def make_environment(
    folders: Sequence[Path], static: Sequence[tuple[str, Path]], *, zone: str, reload: bool
) -> jinja2.Environment:
    """`folders` are searched in order, the shell's own last. `static` = (url prefix, folder). Dates
    pass the filter `clock`."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([*folders, CORE_TEMPLATES]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=reload,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    longest_first = sorted(static, key=lambda mount: -len(mount[0]))

    def asset(url: str) -> str:
        """`/static/…` with the content's digest, so that it may be cached for ever."""
        for prefix, folder in longest_first:
            if url.startswith(prefix + "/"):
                path = folder / url[len(prefix) + 1 :]
                return f"{url}?v={_digest(path, path.stat().st_mtime_ns)}"
        raise ValueError(f"no static folder for {url}")

    environment.globals["asset"] = asset
    environment.filters["clock"] = lambda at: clock(at, zone)
    return environment


def render(request: Request, name: str, /, status: int = 200, **values: Any) -> HTMLResponse:
    """The page `name` as a response. Templates also know `t`, `lang`, `actor`, `demo`, `path`."""
    environment: jinja2.Environment = request.app.state.templates
    lang = language_of(request)

    def translate(msgid: str, **params: object) -> str:
        return t(msgid, lang, **params)

    text = environment.get_template(name).render(
        t=translate,
        lang=lang,
        actor=known_actor(request),
        demo=request.app.state.demo,
        path=request.url.path,
        **values,
    )
    return HTMLResponse(text, status, {"Content-Language": lang, "Vary": "Accept-Language, Cookie"})


def clock(at: datetime, zone: str) -> str:
    """Date and time of day as the city's clocks show it, e.g. '24-11-2026 03.05'."""
    return at.astimezone(ZoneInfo(zone)).strftime("%d-%m-%Y %H.%M")


def wants_page(conn: HTTPConnection) -> bool:
    """True for a browser asking for a page; the API always answers as API."""
    if conn.scope["path"].startswith("/api/"):
        return False
    return "text/html" in conn.headers.get("accept", "")


@lru_cache(maxsize=512)
def _digest(path: Path, _changed_ns: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]
