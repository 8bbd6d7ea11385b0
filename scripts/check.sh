#!/bin/sh
# Every rule of the house that a machine can hold; all are run, then any failure fails.
set -u
cd "$(dirname "$0")/.."
failed=
step() {
    name=$1; shift
    if "$@"; then printf 'ok    %s\n' "$name"; else printf 'FAIL  %s\n' "$name"; failed="$failed $name"; fi
}
bin=.venv/bin
step format $bin/ruff format --check --quiet .
step lint $bin/ruff check --quiet .
step types $bin/python -m mypy --no-error-summary
imports() { $bin/lint-imports --no-cache --no-logo >"$report" || { cat "$report"; return 1; }; }
report=$(mktemp); trap 'rm -f "$report"' EXIT
step imports imports
step sizes $bin/python scripts/check_sizes.py
[ -z "$failed" ] || { printf 'failed:%s\n' "$failed" >&2; exit 1; }
