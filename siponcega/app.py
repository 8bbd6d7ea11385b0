"""The composition root of the web process, in reading order: who joins, what is held, what runs."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI

import programs.routes
from console import stream
from console.konsol import routes as konsol
from console.live import live
from console.pages import routes as pages
from console.pages.page import city_name
from core import logs, memory
from core.access import install_guards, refuse_unruled
from core.background import running
from core.context import open_context
from core.db import DOWN
from core.settings import Settings, get_settings
from core.startup_checks import refuse_unsafe
from core.web.guards import LocalOnly, SharedSecret
from core.web.shell import make_app
from dispatch import routes as dispatch
from dispatch.intake import Intake
from geo import eta
from geo import routes as geo
from geo.geography import Geography
from geo.roads import routes as roads_routes
from geo.roads.live import Roads
from notifier import readiness, simulator_routes
from notifier import routes as notifier
from notifier.gateways import guards as gateway_guards
from registry import routes as registry
from siponcega.coverage import Coverage
from siponcega.layers import LAYERS

REPO = Path(__file__).parents[1]
PAGES = REPO / "console"

ROUTERS = (
    dispatch.router,
    geo.router,
    roads_routes.router,
    registry.router,
    notifier.router,
    stream.router,
    konsol.router,
    pages.router,
    programs.routes.router,
)
DEMO_ROUTERS = (simulator_routes.router, pages.handset_router)


def build(settings: Settings, *, alone: bool = False) -> FastAPI:
    """The whole application. Raises RuntimeError when a route has no access rule.

    alone: it has the process to itself, whose memory may be arranged for it.
    """
    settled = memory.settle if alone else None

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_context(settings) as context:
            app.state.context = context
            await refuse_unsafe(app, settings, context.db)
            async with context.db.read() as tx:
                geography = await Geography.load(tx, settings.city)
            app.state.geography = geography
            app.state.roads = roads = await Roads.load(context.db, settings)
            eta.use(roads)
            app.state.intake = Intake(context, geography, eta.current())
            tasks = (
                ("bell", context.bell.run),
                ("geography", lambda: geography.keep_fresh(context.db, settled)),
                ("roads", lambda: roads.keep_fresh(context.db, context.bell, settled)),
            )
            try:
                async with running(tasks), live(context) as hub:
                    app.state.live = hub
                    if settled is not None:
                        settled()
                    yield
            finally:
                await roads.close()

    app = make_app(
        settings,
        repo=REPO,
        lifespan=lifespan,
        routers=ROUTERS if not settings.demo else ROUTERS + DEMO_ROUTERS,
        template_dirs=[PAGES / "templates", *programs.TEMPLATE_DIRS],
        static=[("/static", PAGES / "static")],
        body_limits=pages.BODY_LIMITS,
    )
    app.state.templates.globals["city"] = city_name(settings.city)  # also on core's pages
    app.state.tile_layers = LAYERS
    app.state.readiness = readiness.checks(settings)
    app.state.coverage = Coverage()
    install_guards(
        app,
        {
            **gateway_guards(settings),
            "phone": (
                SharedSecret("X-Siponcega-Secret", settings.inbound_phone_secret)
                if settings.inbound_phone_secret
                else LocalOnly()
            ),
        },
    )
    refuse_unruled(app)
    return app


async def refuse(settings: Settings) -> None:
    """Raise UnsafeStart, in words for the administrator, before a server is begun at all. Whatever is
    down now is found out by the start itself."""
    with contextlib.suppress(*DOWN, OSError):
        async with open_context(settings) as context:
            await refuse_unsafe(build(settings), settings, context.db)


def from_environment() -> FastAPI:
    """uvicorn's factory: settings and logs of this process."""
    settings = get_settings()
    logs.configure(settings.log_level, settings.log_file)
    return build(settings, alone=True)
