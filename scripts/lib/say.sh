# Words to the person at the terminal.
say() { printf '\033[2m· %s\033[0m\n' "$*" >&2; }
fail() { printf 'siponcega: %s\n' "$*" >&2; exit 1; }
