"""The raw limits as applications: a POST that does nothing, bare and inside this app."""

from __future__ import annotations

import os

from fastapi import FastAPI
from fastapi.responses import Response

from core.access import public
from core.settings import get_settings
from siponcega.app import build


async def noop() -> dict[str, bool]:
    return {"ok": True}


async def healthz() -> Response:
    return Response(b"ok")


def bare() -> FastAPI:
    """FastAPI with one route and nothing else."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.post("/noop", status_code=201)(noop)
    app.get("/healthz")(healthz)
    return app


def ours() -> FastAPI:
    """This application, with the no-op among its routes."""
    os.environ.setdefault("SIPONCEGA_MODE", "demo")
    app = build(get_settings(), alone=True)
    app.post("/noop", status_code=201, dependencies=[public()])(noop)
    return app
