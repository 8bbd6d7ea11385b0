"""PostgreSQL's own dump and restore programs, called so that no password shows in a process list."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from siponcega.cluster import ClusterError, postgres


class DumpError(RuntimeError):
    """pg_dump or pg_restore is missing or failed; the message has its words."""


def dump(database_url: str, into: Path, snapshot: str) -> None:
    """The whole database as `snapshot` (pg_export_snapshot) sees it, in custom format."""
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    _run("pg_dump", database_url, [*options, f"--file={into}"])


def load(database_url: str, file: Path) -> None:
    """Everything or nothing. What belongs to an extension stands already: only an administrator
    may make it, and PostGIS fills its own table of reference systems.
    """
    listed = subprocess.run(
        [_binary("pg_restore"), "--list", str(file)], capture_output=True, text=True, check=True
    ).stdout
    chosen = [
        line
        for line in listed.splitlines()
        if " EXTENSION " not in line and " spatial_ref_sys " not in line
    ]
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "list"
        wanted.write_text("\n".join(chosen) + "\n")
        options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        _run("pg_restore", database_url, [*options, f"--use-list={wanted}"], str(file))


def _binary(name: str) -> str:
    near = _newest_installed() / name
    found = str(near) if near.exists() else shutil.which(name)
    if not found:
        raise DumpError(f"{name} is not installed: install PostgreSQL's client programs")
    return found


def _newest_installed() -> Path:
    try:
        return postgres.binaries()
    except ClusterError:
        return Path("/nonexistent")


def _run(name: str, database_url: str, options: list[str], *arguments: str) -> None:
    """The password goes by the environment: arguments can be seen by every user."""
    parts = urlsplit(database_url)
    where = parts.netloc
    env = dict(os.environ)
    if parts.password:
        env["PGPASSWORD"] = unquote(parts.password)
        where = where.replace(f":{parts.password}@", "@")
    address = urlunsplit(("postgresql", where, parts.path, parts.query, ""))
    if not where:
        address = f"postgresql://{parts.path}?{parts.query}"
    done = subprocess.run(
        [_binary(name), *options, f"--dbname={address}", *arguments],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise DumpError(f"{name} failed:\n{done.stderr.strip()[-1500:]}")
