"""The command line as a person meets it: help with examples, answers, exit codes."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
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


def test_an_unsafe_production_start_is_refused_in_words(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    unsafe = {
        "SIPONCEGA_HOME": str(tmp_path),
        "SIPONCEGA_DATABASE_URL": database_url,
        "SIPONCEGA_REDIS_URL": redis_url,
        "SIPONCEGA_MODE": "production",
        "SIPONCEGA_PUBLIC_URL": "http://kota.contoh",
        "SIPONCEGA_GATEWAYS": "simulator",
        "SIPONCEGA_PORT": "0",
    }
    assert run("keys", "make", **unsafe).returncode == 0
    refused = run("serve", **unsafe)
    assert refused.returncode == 1 and "Traceback" not in refused.stdout + refused.stderr
    assert refused.stderr.startswith("siponcega: refusing to start in production:")
    assert "SIPONCEGA_PUBLIC_URL must begin with https://" in refused.stderr


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


def test_an_account_says_which_member_of_the_staff_it_is(
    fresh_database_url: str, redis_url: str, tmp_path: Path
) -> None:
    servers = {
        "SIPONCEGA_HOME": str(tmp_path),
        "SIPONCEGA_DATABASE_URL": fresh_database_url,
        "SIPONCEGA_REDIS_URL": redis_url,
    }
    (tmp_path / "opd.csv").write_text("kode,nama,jenis\nDAMKAR,Pemadam,fire\n")
    (tmp_path / "p.csv").write_text(
        "opd,kode,nama,peran\nDAMKAR,P1,Satu,petugas\nDAMKAR,P2,Dua,petugas\n"
    )
    assert run("keys", "make", **servers).returncode == 0
    for kind, file in (("agencies", "opd.csv"), ("staff", "p.csv")):
        done = run("registry", "import", kind, str(tmp_path / file), **servers)
        assert done.returncode == 0, done.stdout + done.stderr
    who = ("--name", "Satu", "--role", "petugas", "--agency", "DAMKAR", "--staff")
    unknown = run("user", "add", "p1", *who, "P9", **servers)
    assert (unknown.returncode, "P9" in unknown.stderr) == (1, True)
    assert "Traceback" not in unknown.stderr
    assert run("user", "add", "p1", *who, "P1", **servers).returncode == 0

    async def named() -> list[tuple[str, str | None]]:
        connection = await asyncpg.connect(fresh_database_url)
        rows = await connection.fetch(
            "SELECT code, login FROM staff LEFT JOIN account a ON a.id = account_id ORDER BY code"
        )
        await connection.close()
        return [tuple(row) for row in rows]

    assert asyncio.run(named()) == [("P1", "p1"), ("P2", None)]
    moved = run("user", "staff", "p1", "--agency", "DAMKAR", "--code", "P2", **servers)
    assert moved.returncode == 0, moved.stderr
    assert asyncio.run(named()) == [("P1", None), ("P2", "p1")]


def test_a_file_or_setting_that_does_not_fit_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "is-a-file"
    file.touch()
    for arguments, environment, words in (
        (("migrate", "--check"), {"SIPONCEGA_PORT": "abc"}, "SIPONCEGA_PORT"),
        (("keys", "make"), {"SIPONCEGA_KEYS_DIR": str(file / "keys")}, str(file)),
    ):
        told = run(*arguments, **{"SIPONCEGA_HOME": str(tmp_path / "home"), **environment})
        assert told.returncode == 1
        assert told.stderr.startswith("siponcega: "), told.stderr
        assert words in told.stderr
        assert "Traceback" not in told.stderr


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
