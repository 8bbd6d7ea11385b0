"""The caller's language: `?lang=`, else the cookie `bahasa`, else Accept-Language, else Bahasa."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from core.words import DEFAULT, Lang, choose

COOKIE = "bahasa"


def language_of(conn: HTTPConnection) -> Lang:
    """'id' or 'en'."""
    if b"lang=" in conn.scope["query_string"]:
        asked = conn.query_params.get("lang")
        if asked == "en":
            return "en"
        if asked == "id":
            return "id"
    kept = conn.cookies.get(COOKIE)
    if kept == "en":
        return "en"
    if kept == "id":
        return "id"
    header = conn.headers.get("accept-language")
    return choose(header) if header else DEFAULT
