"""Signing in and out: password, second factor, one-time links."""

from __future__ import annotations

import base64
from typing import Annotated
from urllib.parse import urlencode

import segno
from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from core.access import public
from core.accounts import accounts, passwords, sessions, totp
from core.accounts.sessions import SessionInfo
from core.actor import Actor
from core.errors import BadInput, Forbidden, NotFound, Unauthenticated
from core.events import append
from core.events.kinds import AccountRef
from core.limits import address_key
from core.metrics import SIGN_INS
from core.web.cookies import device_key, forget_session, keep_session
from core.web.deps import AppContext, CurrentSession, Limits, Lines
from core.web.identity import same_origin
from core.web.protect import FOREIGN
from core.web.templates import render

WRONG = "Nama masuk atau kata sandi salah."
WRONG_CODE = "Kode salah atau sudah dipakai. Tunggu kode berikutnya."
CODES_A_SESSION = 5
HOME = {
    "operator": "/konsol",
    "supervisor": "/konsol",
    "admin": "/konsol",
    "auditor": "/konsol",
    "opd": "/konsol",
    "petugas": "/petugas",
}

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=200)]


@router.get("/masuk", dependencies=[public()])
async def login_page(request: Request, session: CurrentSession, ke: str = "") -> Response:
    if session is not None and session.complete:
        return RedirectResponse(_next(ke, session.role), 303)
    return render(request, "masuk.html", ke=ke, error="", login="")


@router.post("/masuk", dependencies=[public()])
async def login(
    request: Request,
    context: AppContext,
    limits: Limits,
    patience: Lines,
    login: Text = "",
    password: Annotated[str, Form(max_length=1_000)] = "",
    ke: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Check the password. A wrong one and an unknown login look and take the same."""
    _own_page(request)
    await limits.hit("sign_in_address", address_key(request))
    login = accounts.spell_login(login)
    key = device_key(request, login)
    async with patience.turn(key):
        async with context.db.read() as tx:
            account = await accounts.find(tx, login)
        stored = account["password_hash"] if account and account["disabled_at"] is None else None
        right = await passwords.verify(stored, password)
        if not right or account is None:
            await patience.wrong(key)
    if not right or account is None:
        SIGN_INS.labels("wrong_password").inc()
        async with context.db.tx() as tx:
            known = account["id"] if account else None
            await append(
                tx, "account.login_failed", AccountRef(account_id=known, reason="password")
            )
        return render(request, "masuk.html", 401, ke=ke, error=WRONG, login=login)
    await patience.right(key)
    actor = Actor("account", account["id"], account["role"], account["agency_id"])
    async with context.db.tx(actor) as tx:
        await accounts.upgrade_hash(tx, account, password)
        _, token = await sessions.open_session(
            tx,
            account,
            factors=1,
            label=_label(request),
            session_hours=context.settings.session_hours,
        )
    SIGN_INS.labels("password").inc()
    needed = sessions.factors_needed(account["role"], demo=account["demo"])
    target = _next(ke, account["role"]) if needed == 1 else _with_next("/masuk/kode", ke)
    response = RedirectResponse(target, 303)
    keep_session(response, context, token, account["role"], login if needed == 1 else "")
    return response


@router.get("/masuk/kode", dependencies=[public()])
async def code_page(
    request: Request, context: AppContext, session: CurrentSession, ke: str = ""
) -> Response:
    """Ask for the code; before the first one, show what the authenticator app has to scan."""
    session = _halfway(session)
    if session.complete:
        return RedirectResponse(_next(ke, session.role), 303)
    return await _ask_code(request, context, session, ke)


@router.post("/masuk/kode", dependencies=[public()])
async def code(
    request: Request,
    context: AppContext,
    session: CurrentSession,
    patience: Lines,
    code: Text = "",
    ke: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Check the code, then change the half session for a whole one with a new token."""
    session = _halfway(session)
    if session.complete:
        return RedirectResponse(_next(ke, session.role), 303)
    key = f"totp:{session.account_id}"
    async with patience.turn(key), context.db.tx(session.actor) as tx:
        right = await totp.use(tx, context.vault, session.account_id, code)
        if right:
            account = await accounts.get(tx, session.account_id)
            await sessions.revoke(tx, account["id"], session_id=session.id, reason="renewed")
            _, token = await sessions.open_session(
                tx,
                account,
                factors=2,
                label=_label(request),
                session_hours=context.settings.session_hours,
            )
    if not right:
        SIGN_INS.labels("wrong_code").inc()
        tries = await patience.wrong(f"totp-session:{session.id}")
        await patience.wrong(key)
        async with context.db.tx(session.actor) as tx:
            await append(
                tx,
                "account.login_failed",
                AccountRef(account_id=session.account_id, session_id=session.id, reason="code"),
            )
            if tries >= CODES_A_SESSION:
                await sessions.revoke(
                    tx, session.account_id, session_id=session.id, reason="wrong_codes"
                )
        if tries >= CODES_A_SESSION:
            return RedirectResponse(_with_next("/masuk", ke), 303)
        return await _ask_code(request, context, session, ke, error=WRONG_CODE, status=401)
    SIGN_INS.labels("complete").inc()
    await patience.right(key)
    response = RedirectResponse(_next(ke, session.role), 303)
    keep_session(response, context, token, session.role, account["login"])
    return response


@router.post("/keluar", dependencies=[public()])
async def logout(context: AppContext, session: CurrentSession) -> Response:
    """End this session; signing out twice is no error."""
    if session is not None:
        async with context.db.tx(session.actor) as tx:
            await sessions.revoke(tx, session.account_id, session_id=session.id, reason="logout")
    response = RedirectResponse("/masuk", 303)
    forget_session(response, context)
    return response


@router.get("/tautan/{token}", dependencies=[public()])
async def link_page(request: Request, context: AppContext, token: str) -> Response:
    """A one-time link. Opening it uses nothing up: mail scanners open links too."""
    async with context.db.read() as tx:
        link = await accounts.look_at_link(tx, token)
    if link is None:
        raise NotFound("Tautan ini sudah dipakai atau kedaluwarsa. Minta yang baru.")
    return _link_form(request, link["login"])


@router.post("/tautan/{token}", dependencies=[public()])
async def redeem_link(
    request: Request,
    context: AppContext,
    limits: Limits,
    token: str,
    password: Annotated[str, Form(max_length=1_000)] = "",
    again: Annotated[str, Form(max_length=1_000)] = "",
) -> Response:
    _own_page(request)
    await limits.hit("sign_in_address", address_key(request))
    async with context.db.read() as tx:
        link = await accounts.look_at_link(tx, token)
    if link is None:
        raise NotFound("Tautan ini sudah dipakai atau kedaluwarsa. Minta yang baru.")
    if password != again:
        return _link_form(request, link["login"], "Kedua kata sandi tidak sama.", {}, 422)
    try:
        async with context.db.tx(Actor("account", link["account_id"])) as tx:
            await accounts.redeem_link(tx, token, password)
    except BadInput as error:
        return _link_form(request, link["login"], error.message, error.params, 422)
    return RedirectResponse("/masuk", 303)


def _link_form(
    request: Request,
    login: str,
    error: str = "",
    params: dict[str, object] | None = None,
    status: int = 200,
) -> Response:
    # Referrer-Policy stays same-origin: no address goes elsewhere, and "no-referrer" would make
    # the browser send this very form with Origin "null".
    return render(
        request, "tautan.html", status, login=login, error=error, error_params=params or {}
    )


async def _ask_code(
    request: Request,
    context: AppContext,
    session: SessionInfo,
    ke: str,
    error: str = "",
    status: int = 200,
) -> Response:
    secret = picture = ""
    async with context.db.tx(session.actor) as tx:
        if not await totp.is_enrolled(tx, session.account_id):
            account = await accounts.get(tx, session.account_id)
            secret = await totp.begin(tx, context.vault, session.account_id)
            svg = segno.make(totp.address(secret, account["login"])).svg_inline(scale=5)
            picture = "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
    return render(request, "kode.html", status, ke=ke, error=error, secret=secret, picture=picture)


def _halfway(session: SessionInfo | None) -> SessionInfo:
    if session is None:
        raise Unauthenticated("Silakan masuk dulu.")
    return session


def _own_page(request: Request) -> None:
    """A foreign page must not sign its visitor in to an account of its choice."""
    if not same_origin(request):
        raise Forbidden(FOREIGN)


def _next(ke: str, role: str) -> str:
    """Where to go after signing in: only ever a path of ours."""
    if ke.startswith("/") and not ke.startswith(("//", "/\\")) and ke.isprintable():
        return ke
    return HOME.get(role, "/akun")


def _with_next(path: str, ke: str) -> str:
    safe = _next(ke, "")
    return f"{path}?{urlencode({'ke': safe})}" if ke and safe == ke else path


def _label(request: Request) -> str:
    """What the session list shows for this browser: kind of machine, no version, no address."""
    agent = request.headers.get("user-agent", "")
    system = next(
        (s for s in ("Android", "iPhone", "Windows", "Macintosh", "Linux") if s in agent), ""
    )
    browser = next((b for b in ("Firefox", "Edg", "Chrome", "Safari") if b in agent), "")
    return f"{browser or 'peramban'} {system}".strip()
