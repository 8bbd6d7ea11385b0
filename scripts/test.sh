#!/bin/sh
# Every test: first those that only need the servers, in as many processes as there are cores; then those
# that look at a real browser or kill and freeze processes, one after another, with the machine to
# themselves. Arguments go to pytest both times, so -k may find nothing in one of the two.
set -u
cd "$(dirname "$0")/.."
alone="browser or faults"
NONE=5 # pytest's code for: no test was chosen
# Servers of somebody else are one for all processes, and tests empty them.
many="-n auto --dist loadfile"
[ -z "${SIPONCEGA_DATABASE_URL:-}${SIPONCEGA_REDIS_URL:-}" ] || many=

.venv/bin/python -m pytest $many -m "not ($alone)" "$@"
first=$?
.venv/bin/python -m pytest -m "$alone" "$@"
second=$?
if [ $first -eq $NONE ] && [ $second -eq $NONE ]; then exit $NONE; fi
for code in $first $second; do
    [ $code -eq 0 ] || [ $code -eq $NONE ] || exit $code
done
