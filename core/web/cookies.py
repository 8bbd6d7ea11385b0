"""The two cookies: the session, and the device that has signed in before."""

from __future__ import annotations

import base64
import secrets

from starlette.requests import Request
from starlette.responses import Response

from core.accounts.sessions import life_s
from core.context import Context
from core.privacy import Vault, same
from core.settings import Settings
from core.web.identity import cookie_name

DEVICE_DAYS = 180
MARK_CHARS = 16


def keep_session(response: Response, context: Context, token: str, role: str, login: str) -> None:
    """Hand the session to the browser; with a `login`, remember the device for it too."""
    settings = context.settings
    life, _ = life_s(role, settings.session_hours)
    _set(response, settings, cookie_name(settings), token, life)
    if login:
        mark = secrets.token_urlsafe(12)
        proof = device_proof(context.vault, login, mark)
        _set(response, settings, _device_name(settings), mark + proof, DEVICE_DAYS * 86_400)


def forget_session(response: Response, context: Context) -> None:
    _set(response, context.settings, cookie_name(context.settings), "", 0)


def device_key(request: Request, login: str) -> str:
    """The line in which guesses of this login wait: the device's own if it proves to be known."""
    context: Context = request.app.state.context
    value = request.cookies.get(_device_name(context.settings), "")
    mark, proof = value[:MARK_CHARS], value[MARK_CHARS:]
    if value and same(proof, device_proof(context.vault, login, mark)):
        return f"device:{mark}"
    return "login:" + context.vault.value_hash("login", login).hex()[:32]


def device_proof(vault: Vault, login: str, mark: str) -> str:
    """Shows that we gave this mark to a browser that had signed in as `login`."""
    proof = vault.value_hash("device", f"{mark}\n{login}")
    return base64.urlsafe_b64encode(proof).decode().rstrip("=")


def _device_name(settings: Settings) -> str:
    return cookie_name(settings) + "-perangkat"


def _set(response: Response, settings: Settings, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        secure=not settings.demo,
        httponly=True,
        samesite="lax",
    )
