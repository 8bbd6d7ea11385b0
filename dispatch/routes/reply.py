"""JSON answers and version tags of these routes."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from fastapi import Request
from fastapi.responses import Response

from core.errors import BadInput, Problem

_encode = msgspec.json.Encoder().encode
_TAG = re.compile(r'(?:W/)?"?v([0-9]{1,18})"?')


def reply(data: Any, *, status: int = 200, version: int | None = None) -> Response:
    """JSON by msgspec (datetimes as RFC 3339); an ETag when the thing has a version."""
    headers = {"Cache-Control": "no-store"}
    if version is not None:
        headers["ETag"] = f'"v{version}"'
    return Response(
        _encode(data), status_code=status, media_type="application/json", headers=headers
    )


def wanted_version(request: Request, *, required: bool = True) -> int | None:
    """The version in If-Match ("v7"). Raises 428 without one, BadInput for another shape."""
    header = request.headers.get("if-match", "").strip()
    if header in {"", "*"}:
        if required and header != "*":
            raise Problem(
                "Kirim If-Match dengan ETag terakhir, supaya perubahan orang lain tidak tertimpa.",
                status=428,
                slug="precondition-required",
            )
        return None
    tag = _TAG.fullmatch(header)
    if tag is None:
        raise BadInput("If-Match tidak dikenal; pakai ETag dari jawaban terakhir.")
    return int(tag[1])
