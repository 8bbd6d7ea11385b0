"""Installing by apt, with a stand-in for apt-get: the machine's own settings survive everything."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = "create_main_cluster = false"


@dataclass(frozen=True)
class Machine:
    """A pretended system below `folder`; `apt` is the body of its apt-get."""

    folder: Path

    @property
    def policy(self) -> Path:
        return self.folder / "policy-rc.d"

    @property
    def cluster_conf(self) -> Path:
        return self.folder / "createcluster.conf"

    def script(
        self, apt: str, packages: str = "", call: str = "install_packages", *, cache: str = "exit 0"
    ) -> list[str]:
        binaries = self.folder / "bin"
        binaries.mkdir(exist_ok=True)
        seen = self.folder / "seen"
        note = f'cat "{self.policy}" "{self.cluster_conf}" >>"{seen}" 2>/dev/null; echo "$@" >>"{seen}"'
        programs = {
            "apt-get": f"{note}\n{apt}",
            "apt-cache": cache,
            "dpkg": f"{note}",
            "systemctl": f'echo "systemctl $*" >>"{seen}"',
            "id": "echo 0",
        }
        for name, body in programs.items():
            (binaries / name).write_text(f"#!/bin/sh\n{body}\n")
            (binaries / name).chmod(0o755)
        source = (
            f'PATH="{binaries}:$PATH"; cd "{self.folder}"\n'
            f". {ROOT}/scripts/lib/say.sh; . {ROOT}/scripts/lib/apt.sh\n"
            f'POLICY="{self.policy}"; CLUSTER_CONF="{self.cluster_conf}"\n'
            f"{call} {packages}\n"
        )
        return ["sh", "-eu", "-c", source]

    def seen(self) -> str:
        return (self.folder / "seen").read_text()

    def files(self) -> dict[str, tuple[str, int]]:
        kept = (self.policy, self.cluster_conf)
        return {f.name: (f.read_text(), f.stat().st_mode) for f in kept if f.exists()}

    def leftovers(self) -> list[Path]:
        return list(self.folder.glob("*.before-siponcega*"))


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    made.policy.write_text("#!/bin/sh\nexit 0\n")
    made.policy.chmod(0o750)
    made.cluster_conf.write_text("start_conf = auto\n")
    return made


def test_services_and_clusters_are_held_back_only_meanwhile(machine: Machine) -> None:
    before = machine.files()
    subprocess.run(machine.script("", "POSTGIS redis-server"), check=True)
    assert "exit 101" in machine.seen()
    assert OURS in machine.seen()
    assert "systemctl disable --quiet redis-server.service" in machine.seen()
    assert machine.files() == before
    assert not machine.leftovers()


def test_what_was_not_there_is_not_there_afterwards(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    subprocess.run(machine.script("", "redis-server"), check=True)
    assert "exit 101" in machine.seen()
    assert machine.files() == {}
    assert not machine.leftovers()


def test_a_failed_installation_puts_everything_back(machine: Machine) -> None:
    before = machine.files()
    fails = 'case "$*" in *install*postgis*) echo no room; exit 100;; esac'
    done = subprocess.run(
        machine.script(fails, "POSTGIS"), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "no room" in done.stderr
    assert OURS in machine.seen()
    assert machine.files() == before
    assert not machine.leftovers()


def test_an_interrupted_installation_puts_everything_back(machine: Machine) -> None:
    before = machine.files()
    slow = 'case "$*" in *install*postgis*) touch waiting; sleep 30;; esac'
    # A runner in the background hands down "ignore SIGINT", which no shell can trap.
    process = subprocess.Popen(
        machine.script(slow, "POSTGIS"),
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    end = time.monotonic() + 10
    while not (machine.folder / "waiting").exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert machine.files() != before
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(10) == 130
    assert machine.files() == before
    assert not machine.leftovers()


def test_what_a_killed_run_left_is_put_back_by_the_next(machine: Machine) -> None:
    before = machine.files()
    slow = 'case "$*" in *install*postgis*) touch waiting; sleep 30;; esac'
    # A runner in the background hands down "ignore SIGINT", which no shell can trap.
    process = subprocess.Popen(
        machine.script(slow, "POSTGIS"),
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    end = time.monotonic() + 10
    while not (machine.folder / "waiting").exists() and time.monotonic() < end:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert machine.files() != before
    subprocess.run(machine.script("", call="tidy_up"), check=True)
    assert machine.files() == before
    assert not machine.leftovers()


def test_what_dpkg_left_half_done_is_finished_while_services_are_held_back(
    machine: Machine,
) -> None:
    before = machine.files()
    broken = 'case "$*" in *install*redis*) exit 100;; esac'
    done = subprocess.run(machine.script(broken, "redis-server"), capture_output=True, check=False)
    assert done.returncode == 1
    (machine.folder / "seen").unlink()
    subprocess.run(machine.script("", "POSTGIS"), check=True)
    first = machine.seen().split("--configure -a")[0]
    assert "exit 101" in first
    assert OURS in first
    assert "systemctl disable --quiet redis-server.service" in machine.seen(), "it was ours, too"
    (machine.folder / "seen").unlink()
    subprocess.run(machine.script("", "POSTGIS"), check=True)
    assert "--configure" not in machine.seen(), "nothing was left this time"
    assert machine.files() == before


def test_where_apt_has_no_chromium_it_is_left_to_playwright(machine: Machine) -> None:
    none = "echo '  Candidate: (none)'"
    subprocess.run(machine.script("", "CHROMIUM python3-venv", cache=none), check=True)
    assert "python3-venv" in machine.seen()
    assert "chromium" not in machine.seen().lower()
    has = "echo '  Candidate: 156.0'"
    subprocess.run(machine.script("", "CHROMIUM", cache=has), check=True)
    assert "chromium" in machine.seen()


def test_the_message_names_the_version_that_this_system_has(machine: Machine) -> None:
    only_17 = 'case "$*" in *postgresql-17-postgis-3) exit 0;; esac; exit 1'
    command = machine.script("", "python3-venv POSTGIS", "explain_packages", cache=only_17)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "python3-venv postgresql-17 postgresql-17-postgis-3" in done.stderr
    command = machine.script("", "python3-venv", "explain_packages", cache=only_17)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "apt-get install --no-install-recommends python3-venv" in done.stderr
    assert "SIPONCEGA_DATABASE_URL" not in done.stderr, "servers are not what is missing"


def test_without_root_the_message_names_packages_and_the_way_round(machine: Machine) -> None:
    command = machine.script("", "POSTGIS redis-server")
    (machine.folder / "bin" / "id").write_text("#!/bin/sh\necho 1000\n")
    (machine.folder / "bin" / "sudo").write_text("#!/bin/sh\nexit 1\n")
    (machine.folder / "bin" / "sudo").chmod(0o755)
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 1
    for word in ("postgresql", "redis-server", "SIPONCEGA_DATABASE_URL", "SIPONCEGA_REDIS_URL"):
        assert word in done.stderr
    assert not (machine.folder / "seen").exists(), "nothing was tried"
