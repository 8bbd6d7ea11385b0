"""Structured logs: one JSON line an event, without personal data.

Call sites log codes and ids. As a second net every string goes through `redact`, which blanks
anything that looks like a phone number or a NIK.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import structlog

# Nine or more digits, however spaced: +62 (812) 3456-7890, 08123456789, a 16-digit NIK. Codes that
# begin with a letter (K-241124-003) are not people.
PHONE_LIKE = re.compile(r"(?<![\w.:])(?<![A-Za-z]-)\+?\d(?:[\s().-]{0,2}\d){8,17}(?![\w:])")
KEPT = frozenset({"timestamp", "level", "request_id", "ms"})

_encode = msgspec.json.Encoder(enc_hook=str).encode
_access: BinaryIO | None = None


def redact(value: Any) -> Any:
    """`value` with phone-like digits blanked, in strings at any depth."""
    if isinstance(value, str):
        return PHONE_LIKE.sub("[nomor]", value)
    if isinstance(value, dict):
        return {redact(key): redact(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [redact(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**9:
        return "[nomor]"
    return value


def redact_event(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """The structlog processor around `redact`."""
    return {key: value if key in KEPT else redact(value) for key, value in event.items()}


def _render(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> bytes:
    return _encode(event)


def configure(level: str = "INFO", file: Path | None = None, *, access: bool = True) -> BinaryIO:
    """Send all logs of this process, the standard library's too, to `file` or standard error.

    Returns the stream.
    """
    global _access
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        stream: BinaryIO = file.open("ab", buffering=0)
    else:
        stream = sys.stderr.buffer
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, redact_event, _render],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.BytesLoggerFactory(stream),
    )
    handler = logging.StreamHandler(_TextOver(stream))
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                *shared,
                structlog.stdlib.add_logger_name,
                structlog.processors.format_exc_info,
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                redact_event,
                lambda *args: _render(*args).decode(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # Libraries chat about addresses at INFO.
    root.setLevel(max(number, logging.WARNING))
    # uvicorn prints whole addresses, which carry tokens and tickets: of each websocket at INFO, of
    # each request in its access log. Ours stands in for both.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    logging.getLogger("uvicorn.access").disabled = True
    _access = stream if access and number <= logging.INFO else None
    return stream


def silence() -> None:
    """Undo `configure`: the libraries' defaults, no access log."""
    global _access
    _access = None
    structlog.reset_defaults()
    logging.getLogger().handlers.clear()
    logging.getLogger("uvicorn.access").disabled = False


def access_line(method: str, route: str, status: int, seconds: float, request_id: str) -> None:
    """One finished request. Written directly: this runs on every call."""
    if _access is None:
        return
    line = _encode(
        {
            "timestamp": datetime.fromtimestamp(time.time(), UTC).isoformat(),
            "level": "info",
            "event": "request",
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "request_id": request_id,
        }
    )
    _access.write(line + b"\n")


class _TextOver:
    """The little of a text stream that logging.StreamHandler needs, over a binary one."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(text.encode("utf-8", "backslashreplace"))

    def flush(self) -> None:
        self._stream.flush()
