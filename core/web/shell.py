"""The app before any room joins: layers, problem details, pages of its own.

    app = make_app(settings, repo=REPO, lifespan=..., routers=[...], template_dirs=[...], ...)
    install_guards(app, {...})
    refuse_unruled(app)               # last: no route without a rule

The lifespan sets `app.state.context` (core.context.Context).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from fastapi import APIRouter, FastAPI

from core import words
from core.files import routes as files
from core.settings import Settings
from core.web import account_pages, docs, health, problems, sign_in
from core.web.observe import Observe
from core.web.protect import BodyLimit, OwnOrigin, SecurityHeaders
from core.web.static import mount, mounts
from core.web.templates import make_environment

OWN = (health, sign_in, account_pages, docs, files)

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def make_app(
    settings: Settings,
    *,
    repo: Path,
    lifespan: Lifespan,
    routers: Sequence[APIRouter] = (),
    template_dirs: Sequence[Path] = (),
    static: Sequence[tuple[str, Path]] = (),
    body_limits: Mapping[str, int] | None = None,
) -> FastAPI:
    """The FastAPI app with everything of core/web in it.

    `routers` of the rooms are matched in this order and before the shell's own: FastAPI tries one
    route after the other, about a microsecond each, so the busiest come first.
    `static` = (url prefix under /static, folder). `body_limits` = path prefix → bytes, for routes
    that take more than 64 KiB.
    """
    app = FastAPI(
        title="siponcega",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    served = mounts(repo, static)
    app.state.demo = settings.demo
    app.state.guards = {}
    app.state.templates = make_environment(
        template_dirs, served, zone=settings.timezone, reload=settings.demo
    )
    words.load_all(repo)
    # The last one added is the outermost.
    app.add_middleware(BodyLimit, limits={**files.BODY_LIMITS, **(body_limits or {})})
    app.add_middleware(OwnOrigin, settings=settings)
    app.add_middleware(Observe, shell=app)
    app.add_middleware(SecurityHeaders, settings=settings)
    problems.install(app)
    for router in (*routers, *(module.router for module in OWN)):
        app.include_router(router)
    mount(app, served)
    return app
