"""The command line as a person meets it: help with examples, answers, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from siponcega import cli
from siponcega.cli import doctor as doctor_command

ROOT = Path(__file__).resolve().parents[2]


def commands() -> Iterator[tuple[str, ...]]:
    def walk(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        inner = getattr(command, "commands", None)
        if path:
            yield path
        if inner is None:
            return
        for name, one in inner.items():
            yield from walk(one, (*path, name))

    yield from walk(typer.main.get_command(cli.app), ())


def find(path: tuple[str, ...]) -> Any:
    command: Any = typer.main.get_command(cli.app)
    for name in path:
        command = command.commands[name]
    return command


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_every_command_says_what_it_does_and_shows_an_example(path: tuple[str, ...]) -> None:
    command = find(path)
    assert command.help, "a sentence on what it does"
    assert "siponcega" in (command.epilog or ""), "an example"
    assert " ".join(path) in command.epilog


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **environment}
    return subprocess.run(
        [sys.executable, "-m", "siponcega", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_answers_at_once() -> None:
    began = time.monotonic()
    done = run("--help")
    assert done.returncode == 0
    assert "siponcega up" in done.stdout
    assert time.monotonic() - began < 3.0, "no room of the application is loaded for it"


def test_wrong_usage_is_exit_code_2() -> None:
    assert run("nosuchthing").returncode == 2


def test_doctor_speaks_json(database_url: str, redis_url: str, tmp_path: Path) -> None:
    done = run(
        "doctor",
        "--json",
        SIPONCEGA_HOME=str(tmp_path),
        SIPONCEGA_DATABASE_URL=database_url,
        SIPONCEGA_REDIS_URL=redis_url,
    )
    findings = json.loads(done.stdout)
    assert {"part", "state", "found", "mend"} == set(findings[0])
    assert {one["state"] for one in findings} <= set(doctor_command.MARKS)


def test_people_are_added_and_linked(database_url: str, redis_url: str, tmp_path: Path) -> None:
    servers = {
        "SIPONCEGA_HOME": str(tmp_path),
        "SIPONCEGA_DATABASE_URL": database_url,
        "SIPONCEGA_REDIS_URL": redis_url,
    }
    added = run("user", "add", "Siti", "--name", "Siti Aminah", "--role", "operator", **servers)
    assert added.returncode == 0, added.stderr
    assert "/tautan/" in added.stdout
    again = run("user", "add", "siti", "--name", "S", "--role", "operator", **servers)
    assert again.returncode == 1
    assert again.stderr.startswith("siponcega: ")
    assert "Traceback" not in again.stderr
    assert run("user", "add", "budi", "--name", "B", "--role", "raja", **servers).returncode in {
        1,
        2,
    }
    assert run("user", "disable", "siti", **servers).returncode == 0
    listed = json.loads(run("user", "list", "--json", **servers).stdout)
    assert [(row["login"], bool(row["disabled_at"])) for row in listed] == [("siti", True)]


def test_the_log_is_verified_and_an_anchor_is_held_against_it(
    fresh_database_url: str, redis_url: str, tmp_path: Path
) -> None:
    servers = {
        "SIPONCEGA_HOME": str(tmp_path),
        "SIPONCEGA_DATABASE_URL": fresh_database_url,
        "SIPONCEGA_REDIS_URL": redis_url,
    }
    whole = run("audit", "verify", "--json", **servers)
    assert whole.returncode == 0, whole.stderr
    assert json.loads(whole.stdout)["ok"] is True
    longer = run("audit", "verify", "--anchor", f"5:{'ab' * 32}", **servers)
    assert longer.returncode == 3
    assert "BROKEN" in longer.stdout
