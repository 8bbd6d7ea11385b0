#!/bin/sh
# Re-pin every dependency with hashes. Needs uv (any recent one); names no index, so the
# files stay the same whatever mirror made them.
#   scripts/lock.sh [--upgrade]
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "scripts/lock.sh needs uv: pip install uv" >&2; exit 1; }
for name in requirements requirements-build requirements-dev requirements-node; do
    uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-annotate --no-header "$@" "$name.in" -o "$name.txt"
done
npm install --package-lock-only --ignore-scripts --no-audit --no-fund
if grep -nE '"resolved"|https?://' requirements*.txt package-lock.json | grep -v funding | grep -vE '"url":'; then
    echo "a lock file names a download host: do not commit it" >&2
    exit 1
fi
