"""One place turns errors into answers: problem details (RFC 9457) for programs, a page for people.

No answer carries a trace, a statement, or what the caller sent. Unknown errors are caught by
`core.web.observe`, logged, counted and answered as a plain 500.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import asyncpg
import msgspec
import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.websockets import WebSocket

from core.errors import BadInput, Conflict, NotFound, Problem, TooLarge, Unauthenticated
from core.keyring import KeyFileError
from core.web.language import language_of
from core.web.templates import render, wants_page
from core.words import t

MEDIA_TYPE = "application/problem+json"
SIGN_IN = "/masuk"

log = structlog.get_logger("core.web.problems")

TITLES = {
    400: "Permintaan tidak dapat dipahami",
    401: "Perlu masuk dulu",
    403: "Tidak berwenang",
    404: "Tidak ditemukan",
    405: "Cara ini tidak tersedia di alamat ini",
    409: "Bertentangan dengan keadaan sekarang",
    412: "Sudah diubah orang lain",
    413: "Kiriman terlalu besar",
    415: "Jenis isi tidak dikenal",
    422: "Isian tidak dapat dipakai",
    429: "Terlalu sering",
    500: "Ada gangguan di sistem",
    503: "Sedang pulih",
}
DETAILS = {
    404: "Tidak ditemukan.",
    405: "Cara ini tidak tersedia di alamat ini.",
    413: "Kiriman terlalu besar.",
    415: "Jenis isi ini tidak dikenal.",
}
# pydantic's error types in words; its own messages are English and may quote the input.
REASONS = {
    "missing": "wajib diisi",
    "json_invalid": "bukan JSON yang benar",
    "string_type": "harus berupa teks",
    "string_too_long": "paling panjang {max_length} huruf",
    "string_too_short": "paling pendek {min_length} huruf",
    "string_pattern_mismatch": "bentuknya tidak sesuai",
    "int_type": "harus bilangan bulat",
    "int_parsing": "harus bilangan bulat",
    "int_from_float": "harus bilangan bulat",
    "float_type": "harus bilangan",
    "float_parsing": "harus bilangan",
    "finite_number": "harus bilangan",
    "bool_type": "harus true atau false",
    "bool_parsing": "harus true atau false",
    "less_than_equal": "paling besar {le}",
    "less_than": "harus kurang dari {lt}",
    "greater_than_equal": "paling kecil {ge}",
    "greater_than": "harus lebih dari {gt}",
    "literal_error": "harus salah satu dari {expected}",
    "enum": "harus salah satu dari {expected}",
    "uuid_parsing": "harus UUID",
    "uuid_type": "harus UUID",
    "datetime_parsing": "harus waktu ISO 8601",
    "datetime_from_date_parsing": "harus waktu ISO 8601",
    "timezone_aware": "waktu harus menyebut zonanya",
    "date_parsing": "harus tanggal ISO 8601",
    "list_type": "harus berupa daftar",
    "dict_type": "harus berupa objek",
    "model_type": "harus berupa objek",
    "model_attributes_type": "harus berupa objek",
    "too_long": "terlalu banyak isi, paling banyak {max_length}",
    "extra_forbidden": "tidak dikenal di sini",
}
UNUSABLE = "tidak dapat dipakai"


def install(app: FastAPI) -> None:
    """Register the handlers on the app."""
    handlers: tuple[tuple[type[Exception], Any], ...] = (
        (Problem, on_problem),
        (RequestValidationError, on_validation),
        (HTTPException, on_http),
        (asyncpg.DataError, on_unusable_value),
        (asyncpg.ProgramLimitExceededError, on_unusable_value),
        (asyncpg.IntegrityConstraintViolationError, on_refused_by_database),
        (asyncpg.CharacterNotInRepertoireError, on_unusable_value),
        (UnicodeError, on_unusable_value),
        (KeyFileError, on_key_file),
    )
    for error, handler in handlers:
        app.add_exception_handler(error, handler)


async def on_problem(conn: HTTPConnection, error: Exception) -> Response | None:
    assert isinstance(error, Problem)
    return await _handled(conn, error)


async def on_validation(conn: HTTPConnection, error: Exception) -> Response | None:
    assert isinstance(error, RequestValidationError)
    return await _handled(conn, bad_input(error.errors(), language_of(conn)))


async def on_http(conn: HTTPConnection, error: Exception) -> Response | None:
    """What Starlette and FastAPI raise themselves: unknown path, method, broken form."""
    assert isinstance(error, HTTPException)
    status = error.status_code
    if status == 404:
        problem: Problem = NotFound()
    elif status == 413:
        problem = TooLarge(DETAILS[413])
    else:
        detail = DETAILS.get(status, "Permintaan ini tidak dapat dipahami.")
        problem = Problem(detail, status=status, slug=f"http-{status}")
    problem.headers.update(error.headers or {})
    return await _handled(conn, problem)


async def on_unusable_value(conn: HTTPConnection, error: Exception) -> Response | None:
    """NUL bytes, lone surrogates, numbers beyond the column: the database's refusal is the check."""
    log.warning("unusable_value", error=type(error).__name__)
    return await _handled(
        conn, BadInput("Ada isian dengan huruf atau angka yang tidak dapat disimpan.")
    )


async def on_refused_by_database(conn: HTTPConnection, error: Exception) -> Response | None:
    """The last guard held: something that is not there, is there twice, or may not be empty."""
    log.warning("refused_by_database", error=type(error).__name__)
    if isinstance(error, asyncpg.ForeignKeyViolationError):
        return await _handled(conn, BadInput("Isian menunjuk sesuatu yang tidak ada."))
    if isinstance(error, asyncpg.UniqueViolationError | asyncpg.ExclusionViolationError):
        return await _handled(conn, Conflict("Sudah ada yang sama."))
    return await _handled(conn, BadInput("Ada isian yang kosong atau di luar batas."))


async def on_key_file(conn: HTTPConnection, error: Exception) -> Response | None:
    log.error("key_file", error=str(error))
    return await _handled(conn, internal_error())


def internal_error() -> Problem:
    """What a caller hears when we are at fault."""
    return Problem(
        "Terjadi gangguan di sistem. Coba lagi; bila mendesak telepon 112.",
        status=500,
        slug="internal",
    )


def bad_input(errors: Sequence[Any], lang: str) -> BadInput:
    """pydantic's errors as one problem whose `errors` name each field and what is wrong."""
    if any(error["type"] == "json_invalid" for error in errors):
        return BadInput("Isi kiriman bukan JSON yang benar.", slug="bad-json", status=400)
    fields = [
        {
            "field": ".".join(str(part) for part in error["loc"][1:]) or str(error["loc"][0]),
            "problem": _reason(error, lang),
        }
        for error in errors
    ]
    named = "; ".join(f"{item['field']}: {item['problem']}" for item in fields[:5])
    return BadInput("Periksa isian: {fields}.", fields=named, extra={"errors": fields})


def _reason(error: Any, lang: str) -> str:
    msgid = REASONS.get(error["type"], UNUSABLE)
    try:
        return t(msgid, lang, **error.get("ctx", {}))
    except (KeyError, IndexError):
        return t(UNUSABLE, lang)


def as_dict(problem: Problem, lang: str, request_id: str = "") -> dict[str, Any]:
    """The members of a problem document, extension members included."""
    document: dict[str, Any] = {
        "type": f"urn:siponcega:problem:{problem.slug}",
        "title": t(TITLES.get(problem.status, TITLES[400]), lang),
        "status": problem.status,
        "detail": t(problem.message, lang, **problem.params),
        "code": problem.slug,
        **problem.extra,
    }
    if request_id:
        document["request_id"] = request_id
    return document


async def _handled(conn: HTTPConnection, problem: Problem) -> Response | None:
    """The answer of a handler. A websocket is closed: before it is accepted that is an HTTP 403,
    and no script could read more of it."""
    if isinstance(conn, WebSocket):
        await conn.close(1008, problem.slug)
        return None
    return await answer(conn, problem)


async def answer(conn: HTTPConnection, problem: Problem) -> Response:
    """The response for a problem. A browser without a session is sent to sign in."""
    lang = language_of(conn)
    document = as_dict(problem, lang, conn.scope.get("siponcega.request_id", ""))
    page = conn.scope["type"] == "http" and wants_page(conn)
    if page and isinstance(problem, Unauthenticated) and conn.scope["method"] == "GET":
        query = conn.scope["query_string"].decode("latin-1")
        wanted = conn.scope["path"] + (f"?{query}" if query else "")
        return RedirectResponse(f"{SIGN_IN}?{urlencode({'ke': wanted})}", status_code=303)
    response: Response
    if page:
        assert isinstance(conn, Request)
        response = render(conn, "problem.html", status=problem.status, problem=document)
        response.headers.update(problem.headers)
    else:
        body = msgspec.json.encode(document, enc_hook=str)
        response = Response(body, problem.status, {**problem.headers}, MEDIA_TYPE)
        response.headers["Content-Language"] = lang
    return response
