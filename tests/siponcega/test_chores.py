"""A silent process is ended, a slow one is not; logs stay short and keep their end."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from siponcega import chores
from siponcega.chores import SILENT_TIMES, AnswerWatch, trim_logs
from siponcega.cluster.process import spawn
from siponcega.supervise import Watched


def ask_many(watch: AnswerWatch, times: int) -> None:
    for _ in range(times):
        watch()
        time.sleep(0.01)


def sleeper() -> Watched:
    one = Watched("api", lambda: spawn(["sleep", "60"], log=subprocess.DEVNULL))
    one.launch()
    return one


def test_who_falls_silent_is_ended() -> None:
    answers = iter([True] + [False] * 50)
    said: list[str] = []
    one = sleeper()
    assert one.process is not None
    ask_many(AnswerWatch(one, lambda: next(answers), said.append), SILENT_TIMES + 4)
    assert one.process.wait(5) == -9
    assert said == ["api lives but does not answer; ending it"]


def test_who_has_not_answered_yet_is_given_time() -> None:
    one = sleeper()
    assert one.process is not None
    ask_many(AnswerWatch(one, lambda: False, print), SILENT_TIMES * 3)
    assert one.process.poll() is None
    one.kill()
    one.process.wait(5)


def test_a_long_log_keeps_its_content_in_a_second_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chores, "LOG_KEPT_BYTES", 100)
    log = tmp_path / "api.log"
    with log.open("ab") as writer:
        writer.write(b"x" * 150)
        writer.flush()
        trim_logs(tmp_path)
        writer.write(b"after")
    assert log.read_bytes() == b"after"
    assert (tmp_path / "api.log.1").read_bytes() == b"x" * 150
