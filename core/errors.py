"""Business errors. Each knows its HTTP status; one handler turns them into problem details (RFC 9457).

`message` is a Bahasa msgid with `{named}` fields; the handler translates it for the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Problem(Exception):
    """Something the caller can understand and act upon. `params` fill the message's fields."""

    status = 400
    slug = "problem"
    headers: dict[str, str]

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        slug: str | None = None,
        extra: dict[str, Any] | None = None,
        **params: Any,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.params = params
        self.extra = extra or {}
        self.headers = {}
        if status is not None:
            self.status = status
        if slug is not None:
            self.slug = slug


class BadInput(Problem):
    """The request is understood but a value in it cannot be used. `extra['errors']` names fields."""

    status = 422
    slug = "bad-input"


class Unauthenticated(Problem):
    status = 401
    slug = "unauthenticated"


class Forbidden(Problem):
    status = 403
    slug = "forbidden"


class NotFound(Problem):
    """No such object, or not for this caller: both look the same."""

    status = 404
    slug = "not-found"

    def __init__(self, message: str = "Tidak ditemukan.", **params: Any) -> None:
        super().__init__(message, **params)


class Conflict(Problem):
    status = 409
    slug = "conflict"


class IllegalMove(Conflict):
    """A state machine refuses: names the present state and the moves that would be legal."""

    slug = "illegal-move"

    def __init__(self, machine: str, state: str, wanted: str, legal: Sequence[str]) -> None:
        super().__init__(
            'Keadaan {machine} sekarang "{state}"; tidak bisa menjadi "{wanted}".',
            machine=machine,
            state=state,
            wanted=wanted,
            extra={"machine": machine, "state": state, "wanted": wanted, "legal": list(legal)},
        )
        self.state = state
        self.legal = tuple(legal)


class PreconditionFailed(Problem):
    """Somebody else changed the row since the caller read it (If-Match)."""

    status = 412
    slug = "changed-meanwhile"


class TooLarge(Problem):
    status = 413
    slug = "too-large"


class TooMany(Problem):
    status = 429
    slug = "too-many"

    def __init__(self, message: str, *, retry_after_s: int, **params: Any) -> None:
        super().__init__(message, **params)
        self.headers = {"Retry-After": str(retry_after_s)}


class Unavailable(Problem):
    """A part that the request needs is down and recovering; the caller should retry."""

    status = 503
    slug = "unavailable"

    def __init__(
        self,
        message: str = "Sistem sedang pulih. Kirim ulang dalam beberapa detik.",
        *,
        retry_after_s: int = 2,
        **params: Any,
    ) -> None:
        super().__init__(message, **params)
        self.headers = {"Retry-After": str(retry_after_s)}
