"""One's own account: where one is signed in, ending that, a new password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from core.access import ROLES, allow
from core.accounts import accounts, passwords, sessions
from core.accounts.sessions import SessionInfo
from core.errors import BadInput, NotFound, Unauthenticated
from core.web.deps import AppContext, CurrentSession, Lines, Transaction, Who
from core.web.templates import render

PEOPLE = tuple(role for role in ROLES if role != "service")

router = APIRouter(include_in_schema=False)


class Me(BaseModel):
    """The signed-in account, for scripts of our pages."""

    account_id: int | None
    name: str
    role: str | None
    agency_id: int | None


@router.get("/api/v1/me", dependencies=[allow(*ROLES)], tags=["account"], include_in_schema=True)
async def me(who: Who) -> Me:
    """Who this session or token belongs to."""
    return Me(account_id=who.account_id, name=who.name, role=who.role, agency_id=who.agency_id)


@router.get("/akun", dependencies=[allow(*PEOPLE)])
async def account_page(request: Request, context: AppContext, session: CurrentSession) -> Response:
    return await _page(request, context, _own(session))


@router.post("/akun/sesi/akhiri", dependencies=[allow(*PEOPLE)])
async def end_sessions(
    tx: Transaction, session: CurrentSession, id: Annotated[int | None, Form()] = None
) -> Response:
    """End one session of mine, or without an id all but this one."""
    own = _own(session)
    ended = await sessions.revoke(
        tx,
        own.account_id,
        session_id=id,
        keep=own.id if id is None else None,
        reason="ended_by_owner",
    )
    if id is not None and not ended:
        raise NotFound
    return RedirectResponse("/akun", 303)


@router.post("/akun/sandi", dependencies=[allow(*PEOPLE)])
async def change_password(
    request: Request,
    context: AppContext,
    session: CurrentSession,
    patience: Lines,
    current: Annotated[str, Form(max_length=1_000)] = "",
    password: Annotated[str, Form(max_length=1_000)] = "",
    again: Annotated[str, Form(max_length=1_000)] = "",
) -> Response:
    """Asks for the present one: an open screen must not be enough to take an account over."""
    own = _own(session)
    key = f"password:{own.account_id}"
    async with patience.turn(key):
        async with context.db.read() as tx:
            account = await accounts.get(tx, own.account_id)
        right = await passwords.verify(account["password_hash"], current)
        if not right:
            await patience.wrong(key)
    if not right:
        return await _page(request, context, own, "Kata sandi sekarang salah.", status=422)
    if password != again:
        return await _page(request, context, own, "Kedua kata sandi tidak sama.", status=422)
    await patience.right(key)
    try:
        async with context.db.tx(own.actor) as tx:
            await accounts.set_password(tx, own.account_id, password, keep=own.id)
    except BadInput as error:
        return await _page(request, context, own, error.message, error.params, 422)
    return await _page(request, context, own, done="Kata sandi diganti; sesi lain diakhiri.")


async def _page(
    request: Request,
    context: AppContext,
    own: SessionInfo,
    error: str = "",
    params: dict[str, object] | None = None,
    status: int = 200,
    done: str = "",
) -> Response:
    async with context.db.read() as tx:
        rows = await sessions.list_sessions(tx, own.account_id)
    return render(
        request,
        "akun.html",
        status,
        sessions=rows,
        current=own.id,
        error=error,
        error_params=params or {},
        done=done,
    )


def _own(session: SessionInfo | None) -> SessionInfo:
    if session is None:
        raise Unauthenticated("Silakan masuk dulu.")
    return session
