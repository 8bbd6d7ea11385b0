"""Starting a child process that cannot outlive us, and stopping it for certain."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class ClusterError(RuntimeError):
    """The private cluster cannot be had; the message says what to do."""


def dies_with_parent(signum: signal.Signals) -> Callable[[], None]:
    """A ``preexec_fn``: the kernel sends `signum` to the child when the starting thread ends."""
    parent = os.getpid()

    def arrange() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, int(signum), 0, 0, 0)
            if os.getppid() != parent:  # the parent died before the arrangement stood
                os._exit(1)

    return arrange


def spawn(
    command: Sequence[str | Path],
    *,
    user: str | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    log: IO[bytes] | int | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start `command` in a session of its own (the terminal's Ctrl-C does not reach it).

    `user` drops root to that user, with none of root's groups.
    """
    drop: dict[str, object] = {}
    if user is not None:
        entry = pwd.getpwnam(user)
        drop = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [str(part) for part in command],
        cwd=cwd,
        env=None if env is None else dict(env),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT if log is not None else None,
        start_new_session=True,
        preexec_fn=dies_with_parent(death_signal),
        **drop,
    )


def stop(
    process: subprocess.Popen[bytes],
    steps: Sequence[tuple[signal.Signals, float]] = ((signal.SIGTERM, 8.0), (signal.SIGKILL, 5.0)),
) -> None:
    """Send each signal in turn and wait its seconds, until the process is gone."""
    for signum, patience_s in steps:
        if process.poll() is not None:
            break
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signum)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience_s)
    if process.poll() is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # what it may have left in its session


def run_as(user: str | None, command: Sequence[str | Path], *, cwd: Path | None = None) -> str:
    """Run a short command to its end as `user`; its output, or a ClusterError with it."""
    drop: dict[str, object] = {}
    if user is not None:
        entry = pwd.getpwnam(user)
        drop = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    done = subprocess.run(  # type: ignore[call-overload]
        [str(part) for part in command],
        cwd=cwd or "/",
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **drop,
    )
    if done.returncode != 0:
        raise ClusterError(f"{Path(str(command[0])).name} failed:\n{done.stdout[-2000:]}")
    return str(done.stdout)
