"""The web shell with a few routes of each rule, and browsers to call it with."""

from __future__ import annotations

import itertools
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI, Request, WebSocket
from pydantic import BaseModel, Field

from core import logs
from core.access import DESK, allow, gateway, install_guards, local, public, ticketed
from core.accounts import accounts, passwords, totp
from core.context import Context, open_context
from core.settings import Settings
from core.web.deps import Lang, Reader, Transaction, Who
from core.web.guards import SharedSecret
from core.web.shell import make_app

REPO = Path(__file__).resolve().parents[2]
BASE = "http://127.0.0.1:8000"
PASSWORD = "tiga kuda di sawah"
SECRET = "rahasia-gerbang-untuk-uji-0001"

HASHER_IN_USE = passwords.HASHER

_numbers = itertools.count(1)

Client = httpx.AsyncClient
SignIn = Callable[..., Awaitable[Client]]


REFUSED = {
    "twice": "INSERT INTO thing VALUES ('a')",
    "orphan": "INSERT INTO thing VALUES ('c', 'nobody')",
    "empty": "INSERT INTO thing VALUES (NULL)",
    "huge": "INSERT INTO thing SELECT string_agg(md5(n::text), '') FROM generate_series(1, 900) n",
}


class ThingIn(BaseModel):
    name: str = Field(max_length=10)
    lat: float | None = Field(default=None, ge=-90, le=90)


def add_routes(app: FastAPI) -> None:
    @app.get("/api/v1/t/public", dependencies=[public()])
    async def open_to_all(who: Who, lang: Lang) -> dict[str, str]:
        return {"kind": who.kind, "lang": lang}

    @app.get("/api/v1/t/desk", dependencies=[allow(*DESK)])
    async def desk(who: Who) -> dict[str, str]:
        return {"name": who.name}

    @app.get("/konsol-uji", dependencies=[allow(*DESK)])
    async def page() -> dict[str, str]:
        return {}

    @app.post("/api/v1/t/things", dependencies=[public()])
    async def add(thing: ThingIn, tx: Transaction) -> dict[str, str]:
        return {"name": str(await tx.fetchval("SELECT $1::text", thing.name))}

    @app.post("/api/v1/t/refused/{what}", dependencies=[public()])
    async def refused(what: str, tx: Transaction) -> None:
        await tx.execute(
            "CREATE TEMP TABLE IF NOT EXISTS thing (name text PRIMARY KEY NOT NULL, "
            "parent text REFERENCES thing) ON COMMIT DROP"
        )
        await tx.execute("INSERT INTO thing VALUES ('a'), ('b')")
        await tx.execute(REFUSED[what])

    @app.post("/api/v1/t/desk", dependencies=[allow(*DESK)])
    async def desk_post(tx: Transaction) -> dict[str, int | None]:
        return {"actor": tx.actor.account_id}

    @app.post("/api/v1/t/raw", dependencies=[public()])
    async def raw(request: Request) -> dict[str, int]:
        return {"bytes": len(await request.body())}

    @app.post("/api/v1/t/slow", dependencies=[public()])
    async def slow(request: Request, tx: Transaction) -> dict[str, int]:
        await tx.fetchval("SELECT 1")
        return {"bytes": len(await request.body())}

    @app.get("/api/v1/t/boom", dependencies=[public()])
    async def boom() -> None:
        raise ZeroDivisionError("0812-0000-0777 rahasia")

    @app.get("/api/v1/t/read", dependencies=[public()])
    async def read(tx: Reader) -> int:
        return int(await tx.fetchval("SELECT 1"))

    @app.post("/api/v1/t/inbound", dependencies=[gateway("uji")])
    async def inbound(who: Who) -> dict[str, str]:
        return {"kind": who.kind, "name": who.name}

    @app.post("/api/v1/t/unknown-gateway", dependencies=[gateway("tidak-ada")])
    async def unknown() -> None: ...

    @app.get("/api/v1/t/local", dependencies=[local()])
    async def here() -> None: ...

    @app.websocket("/api/v1/t/ws", dependencies=[allow(*DESK)])
    async def ws(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("halo")
        await socket.close()

    @app.websocket("/api/v1/t/ticketed", dependencies=[ticketed()])
    async def ticket(socket: WebSocket) -> None:
        await socket.accept()
        await socket.close()


def build(settings: Settings) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield

    app = make_app(settings, repo=REPO, lifespan=lifespan)
    add_routes(app)
    install_guards(app, {"uji": SharedSecret("x-uji-secret", SECRET)})
    return app


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords of tests need not withstand anybody."""
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", quick)


@pytest.fixture
async def context(settings: Settings) -> AsyncIterator[Context]:
    async with open_context(settings) as opened:
        yield opened


@pytest.fixture
def app(settings: Settings, context: Context) -> FastAPI:
    built = build(settings)
    built.state.context = context
    return built


def browser(app: FastAPI, *, base: str = BASE, **headers: str) -> Client:
    """A client that names its origin, as browsers do; cookies are kept."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, client=("203.0.113.7", 50_000)),
        base_url=base,
        headers={"Origin": base, **headers},
    )


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[Client]:
    async with browser(app) as opened:
        yield opened


async def make_account(
    context: Context, role: str, *, demo: bool = True, agency_id: int | None = None
) -> tuple[int, str]:
    """(id, login) of a fresh account with PASSWORD; demo accounts need no second factor."""
    login = f"{role}-{next(_numbers)}"
    async with context.db.tx() as tx:
        account_id = await accounts.add(
            tx, login, f"Uji {role}", role, password=PASSWORD, demo=demo, agency_id=agency_id
        )
    return account_id, login


async def password_step(one: Client, login: str, ke: str = "") -> httpx.Response:
    """What a browser's log-in form sends."""
    return await one.post("/masuk", data={"login": login, "password": PASSWORD, "ke": ke})


async def secret_of(context: Context, account_id: int) -> str:
    """The TOTP secret of an account that has begun to enrol."""
    async with context.db.read() as tx:
        blob = await tx.fetchval(
            "SELECT secret_enc FROM account_totp WHERE account_id = $1", account_id
        )
    return context.vault.decrypt_text(blob, totp.AAD)


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    """All logs of the test go to this file."""
    handlers = logging.getLogger().handlers[:]
    file = tmp_path / "log.json"
    stream = logs.configure("INFO", file)
    yield file
    logs.silence()
    stream.close()
    logging.getLogger().handlers[:] = handlers


@pytest.fixture
async def sign_in(app: FastAPI, context: Context) -> AsyncIterator[SignIn]:
    """`await sign_in("operator")` is a signed-in browser of a fresh demo account."""
    opened: list[Client] = []

    async def make(role: str, **more: object) -> Client:
        _, login = await make_account(context, role, **more)  # type: ignore[arg-type]
        one = browser(app)
        opened.append(one)
        answer = await one.post("/masuk", data={"login": login, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        return one

    yield make
    for one in opened:
        await one.aclose()
