"""Keeping the processes of one installation alive, and ending every one of them.

One thread, one loop. A process that ends is started again after a pause that doubles (a crash
loop must not eat the machine) and is forgotten after half a minute of health. Every child has
the kernel's promise to be told when we die, however we die.
"""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from siponcega.cluster.process import stop

PAUSE_FIRST_S = 0.3
PAUSE_MOST_S = 10.0
HEALTHY_AFTER_S = 30.0
LOOK_EVERY_S = 0.1
CHORES_EVERY_S = 5.0
GRACEFUL = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0))


class StopFlag:
    """Whether a signal asked us to end; set by a signal handler, read by the one thread there is.

    Takes no lock: a handler runs between two steps of this same thread, which may be inside
    threading.Event.wait and hold the lock that Event.set wants, and then neither ever goes on.
    """

    def __init__(self) -> None:
        self._set = False

    def set(self) -> None:
        self._set = True

    def is_set(self) -> bool:
        return self._set

    def wait(self, seconds: float) -> bool:
        """is_set after `seconds`, or at once when it is set already."""
        if not self._set:
            time.sleep(seconds)
        return self._set


class Stopped(BaseException):
    """A signal asked us to end while something was still being started."""


@dataclass(slots=True)
class Watched:
    """One process: how it is started, how it is asked to end."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    stop_steps: Sequence[tuple[signal.Signals, float]] = GRACEFUL
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    pause_s: float = PAUSE_FIRST_S
    restarts: int = 0

    def launch(self) -> None:
        self.process = self.start()
        self.started_at = time.monotonic()

    def kill(self) -> None:
        """End it at once; the next look starts it again."""
        if self.process is not None:
            self.process.kill()

    def adopt(self, process: subprocess.Popen[bytes] | None) -> None:
        """Watch a process that somebody else has started."""
        self.process = process
        self.started_at = time.monotonic()


@dataclass(slots=True)
class Supervisor:
    """Watches in the order given; ends in the reverse order (who uses a server ends before it)."""

    say: Callable[[str], None]
    watched: list[Watched] = field(default_factory=list)
    chores: list[Callable[[], None]] = field(default_factory=list)
    stopping: StopFlag = field(default_factory=StopFlag)

    def add(self, one: Watched) -> Watched:
        self.watched.append(one)
        return one

    def look(self) -> None:
        """Start again what has ended and whose pause is over."""
        now = time.monotonic()
        for one in self.watched:
            if one.process is None or one.process.poll() is None:
                continue
            if one.due_at <= one.started_at:  # its end is news
                if now - one.started_at > HEALTHY_AFTER_S:
                    one.pause_s = PAUSE_FIRST_S
                one.due_at = now + one.pause_s
                one.pause_s = min(one.pause_s * 2, PAUSE_MOST_S)
                self.say(f"{one.name} ended ({how(one.process.returncode)}); starting it again")
            elif now >= one.due_at:
                one.restarts += 1
                one.launch()

    def run(self) -> None:
        """Until a signal comes."""
        chores_at = time.monotonic() + CHORES_EVERY_S
        while not self.stopping.wait(LOOK_EVERY_S):
            self.look()
            if time.monotonic() >= chores_at:
                for chore in self.chores:
                    chore()
                chores_at = time.monotonic() + CHORES_EVERY_S

    def stop_all(self) -> None:
        for one in reversed(self.watched):
            if one.process is not None:
                stop(one.process, one.stop_steps)


def how(returncode: int | None) -> str:
    """A process's end in words."""
    if returncode is not None and returncode < 0:
        return f"killed by {signal.Signals(-returncode).name}"
    return f"exit code {returncode}"


@contextmanager
def listening(stopping: StopFlag) -> Iterator[Callable[[], None]]:
    """Turn Ctrl-C, SIGTERM and a closed terminal into `Stopped`, once.

    Yields a function that says "started": from then on signals only set the event.
    """
    starting = True

    def heard(signum: int, frame: FrameType | None) -> None:
        first = not stopping.is_set()
        stopping.set()
        if starting and first:
            raise Stopped

    def started() -> None:
        nonlocal starting
        starting = False

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(signum, heard) for signum in signals]
    try:
        yield started
    finally:
        starting = False
        for signum, handler in zip(signals, before, strict=True):
            signal.signal(signum, handler)
