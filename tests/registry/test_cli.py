"""`siponcega registry` as an administrator types it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]


class Shell:
    """Runs the command against this test's servers, with a home of its own."""

    def __init__(self, database_url: str, redis_url: str, home: Path) -> None:
        self.env = {
            **os.environ,
            "SIPONCEGA_DATABASE_URL": database_url,
            "SIPONCEGA_REDIS_URL": redis_url,
            "SIPONCEGA_HOME": str(home),
        }

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "siponcega", "registry", *arguments],
            cwd=REPO,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def shell(fresh_database_url: str, redis_url: str, tmp_path: Path) -> Shell:
    return Shell(fresh_database_url, redis_url, tmp_path / "home")


def test_an_import_from_the_shell(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "opd.csv"
    file.write_text("kode;nama;jenis\nA;Dinas A;fire\nB;Dinas B;api\n", encoding="utf-8-sig")

    trial = shell("import", "agencies", str(file), "--dry-run")
    assert trial.returncode == 3
    assert "percobaan, tidak ada yang ditulis" in trial.stdout

    done = shell("import", "agencies", str(file))
    assert done.returncode == 3
    assert "baris 3, kolom kind [api]: Pilih salah satu" in done.stdout
    assert "2 baris: 1 baru, 0 diperbarui, 0 tetap, 1 ditolak" in done.stdout
    assert (tmp_path / "opd.ditolak.csv").exists()

    again = shell("import", "agencies", str(file), "--json")
    answer = json.loads(again.stdout)
    assert (answer["created"], answer["unchanged"], answer["refused"]) == (0, 1, 1)
    assert answer["faults"][0]["line"] == 3

    missing = shell("import", "agencies", str(tmp_path / "tidak-ada.csv"))
    assert missing.returncode == 1
    assert "Traceback" not in missing.stderr
    assert "Periksa nama" in missing.stderr
    assert shell("import", "hantu", str(file)).returncode == 2


def test_the_columns_are_told(shell: Shell) -> None:
    told = shell("columns", "staff")
    assert told.returncode == 0
    assert "* agency / opd" in told.stdout
    kinds = json.loads(shell("columns", "--json").stdout)
    assert {kind["kind"] for kind in kinds} >= {"agencies", "staff", "residents", "hospitals"}
    assert shell("columns", "hantu").returncode == 2
