"""How commands speak: progress to stderr, results to stdout, an error as one sentence with a next step."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from pydantic import ValidationError

from core.errors import Problem

ATTENTION = 3
OURS = frozenset({"core", "geo", "registry", "dispatch", "notifier", "console", "siponcega"})


def say(text: str) -> None:
    """Progress for the person; never mixed into what a program reads."""
    typer.echo(text, err=True)


def emit(value: Any) -> None:
    """A result for a program."""
    typer.echo(json.dumps(value, indent=2, default=str, ensure_ascii=False))


@contextmanager
def guarded() -> Iterator[None]:
    """Errors that carry their own advice are shown as such; the rest keeps its traceback."""
    try:
        yield
    except Problem as error:
        say(f"siponcega: {error.message.format(**error.params)}")
        sys.exit(1)
    except RuntimeError as error:
        if type(error).__module__.split(".")[0] in OURS:
            say(f"siponcega: {error}")
        else:
            traceback.print_exc()
        sys.exit(1)
    except OSError as error:
        if not error.filename:
            raise
        say(f"siponcega: {error.filename}: {error.strerror}")
        sys.exit(1)
    except ValidationError as error:
        for one in error.errors(include_input=False, include_url=False):
            name = "_".join(str(part) for part in one["loc"]).upper().removeprefix("SIPONCEGA_")
            say(f"siponcega: SIPONCEGA_{name}: {one['msg']}. What it may be: .env.example")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
