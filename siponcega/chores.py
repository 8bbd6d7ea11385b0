"""What the supervisor does now and then: see that the API still answers, keep the logs short."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from siponcega.supervise import Watched

LOG_KEPT_BYTES = 20 * 2**20
SILENT_TIMES = 6


class AnswerWatch:
    """Ends a process that lives but answers nobody (a dead loop, a deadlock).

    The question is asked in a thread, since an answer that never comes must not hold up the
    supervisor. Only a process that has answered before is judged: a slow start is not silence.
    """

    def __init__(
        self, watched: Watched, ask: Callable[[], bool], say: Callable[[str], None]
    ) -> None:
        self._watched = watched
        self._ask = ask
        self._say = say
        self._asking: threading.Thread | None = None
        self._pid: int | None = None
        self._answered = False
        self._silent = 0

    def __call__(self) -> None:
        process = self._watched.process
        if process is None or (self._asking is not None and self._asking.is_alive()):
            return
        if process.pid != self._pid:
            self._pid, self._answered, self._silent = process.pid, False, 0
        if self._answered and self._silent >= SILENT_TIMES:
            self._say(f"{self._watched.name} lives but does not answer; ending it")
            self._watched.kill()
            self._silent = 0
            return
        self._asking = threading.Thread(target=self._question, args=(process.pid,), daemon=True)
        self._asking.start()

    def _question(self, pid: int) -> None:
        answered = self._ask()
        if pid == self._pid:
            self._answered = self._answered or answered
            self._silent = 0 if answered else self._silent + 1


def trim_logs(folder: Path) -> None:
    """A log that grew too long becomes NAME.1. Its writers append, so emptying it is safe."""
    for file in folder.glob("*.log"):
        if file.stat().st_size > LOG_KEPT_BYTES:
            shutil.copyfile(file, f"{file}.1")
            with file.open("r+b") as opened:
                opened.truncate(0)
