"""Files for browsers: our own under /static, npm packages under /static/vendor/<package>."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

CORE_STATIC = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"
CHECK_AGAIN = "public, no-cache"


class Files(StaticFiles):
    """Static files: kept for ever when asked for by digest (`?v=`), else revalidated by ETag."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        versioned = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = FOR_EVER if versioned else CHECK_AGAIN
        return response


def runtime_packages(repo: Path) -> tuple[str, ...]:
    """Names of the front-end packages that pages may load: `dependencies` of package.json."""
    content = json.loads((repo / "package.json").read_text("utf-8"))
    return tuple(content["dependencies"])


def mounts(repo: Path, own: Sequence[tuple[str, Path]]) -> list[tuple[str, Path]]:
    """(url prefix, folder) of everything served, most special first."""
    vendor = [
        (f"/static/vendor/{name}", repo / "node_modules" / name)
        for name in runtime_packages(repo)
        if (repo / "node_modules" / name).is_dir()
    ]
    return [*vendor, ("/static/core", CORE_STATIC), *own]


def mount(app: FastAPI, served: Sequence[tuple[str, Path]]) -> None:
    """Mount every folder, longest prefix first so that none hides another."""
    for url, folder in sorted(served, key=lambda item: -len(item[0])):
        app.mount(url, Files(directory=folder), name=url)
