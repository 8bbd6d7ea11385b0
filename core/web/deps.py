"""What handlers ask for. `Transaction` commits before the response is sent (invariant 12).

@router.post("/things", dependencies=[allow(*DESK)])
async def add(tx: Transaction, who: Who, lang: Lang, body: ThingIn) -> ThingOut: ...
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from core.accounts.patience import Patience
from core.accounts.sessions import SessionInfo
from core.actor import Actor
from core.context import Context
from core.db import Database, Tx
from core.limits import Limiter
from core.settings import Settings
from core.web.identity import identify, session_of
from core.web.language import language_of
from core.words import Lang as LangCode


async def get_context(conn: HTTPConnection) -> Context:
    """What this process shares: settings, db, redis, bell, vault."""
    context: Context = conn.app.state.context
    return context


async def get_settings_of_app(conn: HTTPConnection) -> Settings:
    return (await get_context(conn)).settings


async def get_db(conn: HTTPConnection) -> Database:
    return (await get_context(conn)).db


async def get_transaction(conn: HTTPConnection) -> AsyncIterator[Tx]:
    actor = await identify(conn)
    async with conn.app.state.context.db.tx(actor) as tx:
        yield tx


async def get_reader(conn: HTTPConnection) -> AsyncIterator[Tx]:
    actor = await identify(conn)
    async with conn.app.state.context.db.read(actor) as tx:
        yield tx


async def get_session(conn: HTTPConnection) -> SessionInfo | None:
    return await session_of(conn)


async def get_language(conn: HTTPConnection) -> LangCode:
    return language_of(conn)


async def get_limiter(conn: HTTPConnection) -> Limiter:
    """`await limits.hit("upload", address_key(conn))`; see core.limits.BUCKETS."""
    state = conn.app.state
    limiter: Limiter | None = getattr(state, "limiter", None)
    if limiter is None:
        limiter = state.limiter = Limiter(state.context.redis)
    return limiter


async def get_patience(conn: HTTPConnection) -> Patience:
    """The waiting lines in front of passwords and codes."""
    state = conn.app.state
    patience: Patience | None = getattr(state, "patience", None)
    if patience is None:
        patience = state.patience = Patience(await get_limiter(conn))
    return patience


AppContext = Annotated[Context, Depends(get_context)]
SettingsDep = Annotated[Settings, Depends(get_settings_of_app)]
Db = Annotated[Database, Depends(get_db)]
# scope="function": FastAPI would otherwise run the commit after the response has left.
Transaction = Annotated[Tx, Depends(get_transaction, scope="function")]
Reader = Annotated[Tx, Depends(get_reader, scope="function")]
Who = Annotated[Actor, Depends(identify)]
CurrentSession = Annotated[SessionInfo | None, Depends(get_session)]
Limits = Annotated[Limiter, Depends(get_limiter)]
Lines = Annotated[Patience, Depends(get_patience)]
Lang = Annotated[LangCode, Depends(get_language)]
