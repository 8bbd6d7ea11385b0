"""Who is calling: the session cookie or the bearer token, looked up once a request.

A caller with neither costs one scan over the headers.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from core.accounts import sessions
from core.accounts.sessions import SessionInfo
from core.actor import REPORTER, Actor
from core.settings import Settings

COOKIE_PRODUCTION = "__Host-siponcega"
COOKIE_DEMO = "siponcega"

_ACTOR = "siponcega.actor"
_SESSION = "siponcega.session"


def cookie_name(settings: Settings) -> str:
    """`__Host-` binds the cookie to this host, path / and TLS; a demo on http cannot have it."""
    return COOKIE_DEMO if settings.demo else COOKIE_PRODUCTION


async def identify(conn: HTTPConnection) -> Actor:
    """The caller. A session that still lacks a factor counts as an anonymous reporter."""
    known: Actor | None = conn.scope.get(_ACTOR)
    if known is not None:
        return known
    actor, session = REPORTER, None
    for name, value in conn.scope["headers"]:
        if name == b"cookie":
            session = await _session(conn)
            if session is not None and session.complete:
                actor = session.actor
        elif name == b"authorization" and value[:7].lower() == b"bearer ":
            async with conn.app.state.context.db.read() as tx:
                actor = await sessions.find_bearer(tx, value[7:].decode("latin-1")) or REPORTER
            break
    conn.scope[_ACTOR] = actor
    conn.scope[_SESSION] = session
    return actor


async def session_of(conn: HTTPConnection) -> SessionInfo | None:
    """The session behind the cookie, complete or not; None for strangers and bearer tokens."""
    await identify(conn)
    session: SessionInfo | None = conn.scope.get(_SESSION)
    return session


def known_actor(conn: HTTPConnection) -> Actor | None:
    """The caller if somebody already asked in this request; never looks up."""
    actor: Actor | None = conn.scope.get(_ACTOR)
    return actor


async def _session(conn: HTTPConnection) -> SessionInfo | None:
    context = conn.app.state.context
    token = conn.cookies.get(cookie_name(context.settings))
    if not token:
        return None
    async with context.db.read() as tx:
        return await sessions.find(tx, token)


def same_origin(conn: HTTPConnection) -> bool:
    """True when a browser says that one of our own pages makes this call.

    Sec-Fetch-Site where the browser sends it (no page can forge it, and it is true also where a
    no-referrer page makes Origin "null"), else Origin, else Referer, against Host. The session
    cookie is host-only, so a page under another name for this address has no cookie to misuse.
    """
    headers = conn.headers
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin") or headers.get("referer")
    if not origin:
        return False
    netloc = urlsplit(origin).netloc
    return bool(netloc) and netloc == headers.get("host")
