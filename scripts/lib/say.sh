# Words to the person at the terminal.
say() { printf '\033[2m· %s\033[0m\n' "$*" >&2; }
fail() { printf 'siponcega: %s\n' "$*" >&2; exit 1; }

# logged NAME COMMAND...: quiet when it works; when it does not, the end of its words.
logged() {
    mkdir -p .local/log
    name=$1 log=.local/log/$1.log
    shift
    "$@" >"$log" 2>&1 || { tail -n 20 "$log" >&2; fail "$name failed; all of it is in $log"; }
}
