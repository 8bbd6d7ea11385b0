"""Which port the running instance of a home listens on, for commands in another terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE_NAME = "port"


@contextmanager
def noted(home: Path, port: int) -> Iterator[None]:
    """The note lies in the home while inside."""
    file = home / FILE_NAME
    file.write_text(str(port))
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def find(home: Path) -> int | None:
    """The port, or None when nothing runs there."""
    try:
        return int((home / FILE_NAME).read_text())
    except (FileNotFoundError, ValueError):
        return None
