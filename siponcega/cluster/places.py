"""Where the cluster's files lie, and as whom its servers run.

Two things force a place outside the home folder: a unix socket's path may have 107 bytes at
most, and a server that has dropped root cannot enter a folder such as /root. Sockets then go to
a short folder, the data to /var/lib (never /tmp or /var/tmp, which are swept). Both names come
from the home's path, so that two clones never meet.
"""

from __future__ import annotations

import hashlib
import json
import os
import pwd
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from siponcega.cluster.process import ClusterError

SOCKET_PATH_MAX = 107
LONGEST_SOCKET = ".s.PGSQL.5432.lock"
UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Places:
    """`home` as given; `data` and `run` where the servers can reach them; `user` only for root."""

    home: Path
    data: Path
    run: Path
    user: str | None

    @property
    def postgres(self) -> Path:
        return self.data / "postgres"

    @property
    def redis(self) -> Path:
        return self.data / "redis"

    @property
    def redis_socket(self) -> Path:
        return self.run / "redis.sock"

    @property
    def logs(self) -> Path:
        return self.home / "log"

    @property
    def owner(self) -> str:
        """The system user that owns the servers' files."""
        return self.user or pwd.getpwuid(os.geteuid()).pw_name


def unprivileged_user(existing: Path) -> str | None:
    """Whom to become: nobody special when we are not root; as root the owner of what exists."""
    if os.geteuid() != 0:
        return None
    if existing.exists() and existing.stat().st_uid != 0:
        return pwd.getpwuid(existing.stat().st_uid).pw_name
    for name in UNPRIVILEGED:
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise ClusterError("PostgreSQL refuses to run as root and there is no user postgres or nobody")


def _can_enter(user: str, folder: Path) -> bool:
    entry = pwd.getpwnam(user)
    probe = subprocess.run(
        ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)],
        user=entry.pw_uid,
        group=entry.pw_gid,
        extra_groups=[],
        cwd="/",
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return probe.returncode == 0


def _own(folder: Path, user: str | None) -> Path:
    """Make `folder` ours alone (0700); refuse one that somebody else put there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    uid = pwd.getpwnam(user).pw_uid if user else os.geteuid()
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid not in {uid, os.geteuid()}:
        raise ClusterError(f"{folder} belongs to somebody else: remove it, or set SIPONCEGA_HOME")
    if user and found.st_uid != uid:
        os.chown(folder, uid, pwd.getpwnam(user).pw_gid)
    folder.chmod(0o700)
    return folder


def _outside(home: Path) -> str:
    return "siponcega-" + hashlib.sha256(os.fsencode(home)).hexdigest()[:12]


def _data_outside(home: Path) -> Path:
    for base in (Path("/var/lib"), Path("/srv")):
        if os.access(base, os.W_OK):
            return base / _outside(home)
    raise ClusterError(
        f"the database user cannot enter {home}; set SIPONCEGA_HOME to a folder it can enter"
    )


def _run_outside(home: Path) -> Path:
    for base in (Path("/run"), Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent"))):
        if os.geteuid() == 0 and base != Path("/run"):
            continue
        if base.is_dir() and os.access(base, os.W_OK):
            return base / _outside(home)
    return Path(tempfile.gettempdir()) / _outside(home)


def arrange(home: Path) -> Places:
    """Choose and make the folders; the choice is written to ``home/places.json`` for people."""
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    home = home.resolve()
    inside = home / "cluster"
    user = unprivileged_user(inside)
    (home / "log").mkdir(exist_ok=True)
    record = home / "places.json"
    if user is not None and not _can_enter(user, home):
        outside = _data_outside(home)
        if outside.exists() and not record.exists():  # of a clone that is gone, with its keys
            outside.rename(f"{outside}.left-{int(outside.stat().st_mtime)}")
        data = _own(outside, user)
    else:
        data = _own(inside, user)
    run = data / "run"
    if len(os.fsencode(run / LONGEST_SOCKET)) > SOCKET_PATH_MAX:
        run = _run_outside(home)
    places = Places(home=home, data=data, run=_own(run, user), user=user)
    _own(places.redis, user)
    note = {"data": str(places.data), "sockets": str(places.run), "user": places.owner}
    text = json.dumps(note, indent=2) + "\n"
    if not record.exists() or record.read_text() != text:
        record.write_text(text)
    return places
