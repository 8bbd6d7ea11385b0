"""The supervisor: what ends is started again, what crashes on and on is given a rest."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

from siponcega.cluster.process import spawn
from siponcega.supervise import PAUSE_MOST_S, Supervisor, Watched, how


def make(command: list[str]) -> tuple[Supervisor, Watched, list[str]]:
    said: list[str] = []
    supervisor = Supervisor(said.append)
    one = supervisor.add(Watched("it", lambda: spawn(command, log=subprocess.DEVNULL)))
    one.launch()
    return supervisor, one, said


def look_until(supervisor: Supervisor, done: object, timeout_s: float = 5.0) -> None:
    end = time.monotonic() + timeout_s
    while not done() and time.monotonic() < end:  # type: ignore[operator]
        supervisor.look()
        time.sleep(0.01)


def test_a_killed_process_is_started_again() -> None:
    supervisor, one, said = make(["sleep", "60"])
    assert one.process is not None
    first = one.process.pid
    one.process.kill()
    look_until(supervisor, lambda: one.restarts == 1)
    assert one.process.pid != first
    assert one.process.poll() is None
    assert said == ["it ended (killed by SIGKILL); starting it again"]
    supervisor.stop_all()
    assert one.process.poll() is not None


def test_a_crash_loop_gets_longer_pauses() -> None:
    supervisor, one, said = make(["false"])
    pauses = []
    for round_ in range(1, 4):
        look_until(supervisor, lambda wanted=round_: one.restarts == wanted)
        pauses.append(one.pause_s)
    assert pauses == sorted(pauses)
    assert pauses[-1] > pauses[0]
    assert pauses[-1] <= PAUSE_MOST_S
    assert said[0] == "it ended (exit code 1); starting it again"
    supervisor.stop_all()


def test_who_does_not_listen_is_ended_with_its_children() -> None:
    stubborn = "trap '' TERM; sleep 60 & echo $! >\"$0\"; wait; sleep 60"
    note = Path(f"/tmp/siponcega-stubborn-{time.monotonic_ns()}")
    supervisor, one, _ = make(["sh", "-c", stubborn, str(note)])
    one.stop_steps = ((one.stop_steps[0][0], 0.3), one.stop_steps[1])
    end = time.monotonic() + 5
    while not (note.exists() and note.read_text()) and time.monotonic() < end:
        time.sleep(0.01)
    child = int(note.read_text())
    note.unlink()
    supervisor.stop_all()
    assert one.process is not None
    assert one.process.poll() is not None
    time.sleep(0.1)
    status = Path(f"/proc/{child}/stat")
    assert not status.exists() or status.read_text().split()[2] == "Z"


def test_ends_in_words() -> None:
    assert how(-9) == "killed by SIGKILL"
    assert how(3) == "exit code 3"


WAITS_A_SECOND = """
import os, time
from siponcega.supervise import Supervisor, listening
one = Supervisor(print)
with listening(one.stopping) as started:
    started()
    print("up", flush=True)
    end = time.monotonic() + 1
    while time.monotonic() < end:
        one.stopping.wait(0.0001)
    os._exit(0 if one.stopping.is_set() else 1)
"""


def test_many_signals_at_once_still_end_it() -> None:
    """A second Ctrl-C may come while the first is being heard: no lock may be waited for then."""
    process = subprocess.Popen(
        [sys.executable, "-c", WAITS_A_SECOND], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "up\n"
        end = time.monotonic() + 20
        while process.poll() is None and time.monotonic() < end:
            process.send_signal(signal.SIGINT)
            process.send_signal(signal.SIGTERM)
        assert process.poll() == 0
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
