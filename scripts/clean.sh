#!/bin/sh
# Removes .venv, node_modules and .local with every database in it.
set -eu
cd "$(dirname "$0")/.."
. scripts/lib/say.sh
home=${SIPONCEGA_HOME:-.local}
if [ "${YES:-}" != 1 ]; then
    [ -t 0 ] || fail "this removes the databases under $home; say YES=1 make clean"
    printf 'Remove .venv, node_modules and all data under %s? [y/N] ' "$home"
    read -r answer
    [ "$answer" = y ] || exit 1
fi
if [ -e "$home/lock" ] && command -v flock >/dev/null && ! flock -n "$home/lock" true; then
    fail "siponcega is running from $home: stop it first"
fi
# Data kept outside (a home under /root, a long path) is named in places.json.
if [ -f "$home/places.json" ]; then
    for outside in $(sed -n 's/.*"\(data\|sockets\)": "\(.*siponcega-[0-9a-f]\{12\}\)".*/\2/p' "$home/places.json"); do
        rm -rf "$outside"
    done
fi
rm -rf .venv node_modules "$home" .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
