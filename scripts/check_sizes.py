"""A file is one concept: none over the cap, unless it stands here with its reason."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CAP = 300
SUFFIXES = {".py", ".js", ".mjs", ".css", ".html", ".sh"}
EXCUSED: dict[str, str] = {  # path: reason
    "tests/console/test_hub.py": "every way a console can join, in one table of cases",
    "tests/dispatch/test_assignments.py": "the whole life of an assignment on one set of helpers",
    "tests/dispatch/test_intake.py": "every way a report can come in, on one set of helpers",
    "tests/dispatch/test_routes.py": "who may do what to whose object, on one set of people",
    "tests/e2e/test_konsol_roads.py": "every way to close a road, on one desk and one bridge",
    "tests/geo/test_geocoder.py": "one table of texts and places",
}
EXCUSED_FOLDERS = {
    "migrations/versions/": "one step of the schema, written once and never edited after release",
}


def tracked() -> list[Path]:
    """Every file git knows or would add; the tree itself where there is no git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [Path(name) for name in listed.stdout.split("\0") if name]
    skipped = {".venv", ".local", "node_modules", ".git"}
    return [path for path in Path().rglob("*") if not skipped & set(path.parts)]


def main() -> int:
    wrong = 0
    for path in tracked():
        if path.suffix not in SUFFIXES or not path.is_file() or str(path) in EXCUSED:
            continue
        if str(path).startswith(tuple(EXCUSED_FOLDERS)):
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > CAP:
            sys.stdout.write(f"{path}: {lines} lines (cap {CAP}): split it by concept\n")
            wrong += 1
    for name in EXCUSED:
        if not Path(name).exists():
            sys.stdout.write(f"{name}: excused in scripts/check_sizes.py but not there\n")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
