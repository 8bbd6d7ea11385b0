"""How commands speak: progress to stderr, results to stdout, an error as one sentence with a next step."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer

ATTENTION = 3


def say(text: str) -> None:
    """Progress for the person; never mixed into what a program reads."""
    typer.echo(text, err=True)


def emit(value: Any) -> None:
    """A result for a program."""
    typer.echo(json.dumps(value, indent=2, default=str, ensure_ascii=False))


@contextmanager
def guarded() -> Iterator[None]:
    """Errors meant for people are shown as such; the rest keeps its traceback."""
    try:
        yield
    except RuntimeError as error:  # ClusterError and its kin carry their own advice
        if type(error).__module__.split(".")[0] != "siponcega":
            traceback.print_exc()
        else:
            say(f"siponcega: {error}")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
