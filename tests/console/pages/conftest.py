"""The pages on the real shell, the real intake and a database with the city in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from console.pages.routes import BODY_LIMITS, handset_router, router
from core.access import refuse_unruled
from core.context import Context, open_context
from core.db import Database
from core.settings import Settings
from core.web.identity import COOKIE_DEMO
from core.web.shell import make_app
from dispatch.intake import Intake
from geo.eta import DistanceEta
from geo.geography import Geography
from geo.seed import seed
from tests.console.world import Person

REPO = Path(__file__).resolve().parents[3]
HOST = "http://127.0.0.1:8000"


@dataclass(slots=True)
class Site:
    """A browser without script, and what it talks to."""

    app: FastAPI
    web: httpx.AsyncClient
    context: Context

    @property
    def db(self) -> Database:
        return self.context.db

    def sign_in(self, person: Person) -> None:
        self.web.cookies.set(COOKIE_DEMO, person.cookie)
        self.web.headers["Origin"] = HOST

    async def report(self, **fields: object) -> str:
        """Send the form; the path of the tracking page."""
        answer = await self.web.post("/lapor", data={k: str(v) for k, v in fields.items()})
        assert answer.status_code == 303, answer.text
        return answer.headers["location"].partition("?")[0]


def make_site(settings: Settings) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_context(settings) as context:
            async with context.db.tx() as tx:
                await seed(tx, settings.city)
                geography = await Geography.load(tx, settings.city)
            app.state.context = context
            app.state.intake = Intake(context, geography, DistanceEta())
            yield

    app = make_app(
        settings,
        repo=REPO,
        lifespan=lifespan,
        template_dirs=[REPO / "console" / "templates"],
        static=[("/static", REPO / "console" / "static")],
        body_limits=BODY_LIMITS,
    )
    app.include_router(router)
    app.include_router(handset_router)
    refuse_unruled(app)
    return app


@pytest.fixture
async def site(settings: Settings) -> AsyncIterator[Site]:
    app = make_site(settings)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST) as web,
    ):
        yield Site(app, web, app.state.context)
