"""A real server for the live stream: uvicorn in this loop, on a free port."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest
import uvicorn
from fastapi import FastAPI
from websockets.asyncio.client import ClientConnection, connect

from console.live import Live, live
from console.stream import router
from core.context import Context, open_context
from core.db import Database
from core.settings import Settings
from core.web.identity import COOKIE_DEMO
from core.web.shell import make_app
from tests.console.world import Person, sealed, until

REPO = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Served:
    host: str
    context: Context
    live: Live

    @property
    def db(self) -> Database:
        return self.context.db

    async def ticket(self, person: Person) -> str:
        headers = {"Cookie": f"{COOKIE_DEMO}={person.cookie}", "Origin": f"http://{self.host}"}
        async with (
            aiohttp.ClientSession() as web,
            web.post(f"http://{self.host}/api/v1/stream/ticket", headers=headers) as answer,
        ):
            answer.raise_for_status()
            return str((await answer.json())["ticket"])

    def open(self, ticket: str, after: int | None = None, **more: Any) -> connect:
        url = f"ws://{self.host}/api/v1/stream?ticket={ticket}"
        url += "" if after is None else f"&after={after}"
        more.setdefault("origin", f"http://{self.host}")
        return connect(url, compression=None, proxy=None, **more)

    async def sit(self, person: Person, after: int | None = None, **more: Any) -> Console:
        return Console(await self.open(await self.ticket(person), after, **more))


@dataclass(slots=True)
class Console:
    """A client as the page is: reads frames, keeps its cursor."""

    socket: ClientConnection

    async def next(self, *wanted: str) -> dict[str, Any]:
        """The next frame of one of these types; beats and positions are passed over."""
        async with asyncio.timeout(10):
            while True:
                frame: dict[str, Any] = msgspec.json.decode(await self.socket.recv())
                if frame["t"] in (wanted or ("snapshot", "event", "bye")):
                    return frame

    async def events(self, count: int) -> list[dict[str, Any]]:
        return [await self.next("event") for _ in range(count)]


@pytest.fixture
async def served(fresh_settings: Settings) -> AsyncIterator[Served]:
    """The stream on a real server with the sequencer beside it; the database is this test's own."""

    async def sequence(db: Database) -> None:
        while True:
            await sealed(db)
            await asyncio.sleep(0.01)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_context(fresh_settings) as context, live(context) as service:
            app.state.context, app.state.live = context, service
            sequencer = asyncio.create_task(sequence(context.db))
            yield
            sequencer.cancel()
            with suppress(asyncio.CancelledError):
                await sequencer

    app = make_app(fresh_settings, repo=REPO, lifespan=lifespan)
    app.include_router(router)
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app,
        ws="console.wire:LiveProtocol",  # type: ignore[arg-type]
        ws_per_message_deflate=False,
        log_level="warning",
        lifespan="on",
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    await until(lambda: server.started)
    port = listening.getsockname()[1]
    yield Served(f"127.0.0.1:{port}", app.state.context, app.state.live)
    server.should_exit = True
    await serving
    listening.close()
