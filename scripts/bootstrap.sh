#!/bin/sh
# Installs what is missing on Debian 12/13 or Ubuntu 24.04+, and nothing twice.
#   scripts/bootstrap.sh [--dev] [--browser]
# System packages by apt (as root or by sudo), Python packages into .venv, front-end packages
# into node_modules. Creates no database cluster and starts no service of the system.
set -eu
cd "$(dirname "$0")/.."
. scripts/lib/say.sh
. scripts/lib/apt.sh

dev=no browser=no
for option in "$@"; do
    case $option in
        --dev) dev=yes ;;
        --browser) browser=yes ;;
        *) fail "unknown option $option (known: --dev --browser)" ;;
    esac
done

# --- what the system must have ------------------------------------------------------------
tidy_up
python=$(find_python) || python=
wanted=
[ -n "$python" ] || wanted="$wanted $(python_packages)"
[ -n "${SIPONCEGA_DATABASE_URL:-}" ] || have_postgis || wanted="$wanted POSTGIS"
[ -n "${SIPONCEGA_REDIS_URL:-}" ] || have_redis || wanted="$wanted redis-server"
[ $browser = no ] || find_chromium >/dev/null || wanted="$wanted CHROMIUM"
if [ -n "$wanted" ]; then
    install_packages $wanted
    python=$(find_python) || fail "no Python 3.11 or newer with venv was found after the installation"
fi

# --- Python packages ----------------------------------------------------------------------
# The stamp is the hash of what was asked for: same hash, nothing to do.
stamp() { cat "$@" scripts/bootstrap.sh | sha256sum | cut -d' ' -f1; }
# What comes as source is built with the setuptools of requirements-build.txt, so that pip fetches
# nothing that has no hash.
pip_install() {
    logged pip .venv/bin/python -m pip install --disable-pip-version-check --no-input \
        --require-hashes --no-build-isolation --use-pep517 "$@"
}
is_stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c '' 2>/dev/null; then
    say "making .venv with $python"
    rm -rf .venv
    "$python" -m venv .venv
fi
runtime=$(stamp requirements-build.txt requirements.txt)
if ! is_stamped .venv/.runtime "$runtime"; then
    say "installing Python packages"
    pip_install -r requirements-build.txt
    pip_install -r requirements.txt
    echo "$runtime" >.venv/.runtime
fi
if [ $dev = yes ]; then
    tools=$(stamp requirements-build.txt requirements.txt requirements-dev.txt)
    if ! is_stamped .venv/.dev "$tools"; then
        say "installing test and lint tools"
        pip_install -r requirements.txt -r requirements-dev.txt
        echo "$tools" >.venv/.dev
    fi
fi
if [ $browser = yes ] && ! find_chromium >/dev/null; then
    say "fetching a Chromium by Playwright: this system has no package of it"
    ! become_root || with_deps=--with-deps
    logged playwright .venv/bin/python -m playwright install ${with_deps:-} chromium
fi

# Our own packages: one path file and one command. The path is written anew when the tree moved.
here=$(pwd -P)
if [ ! -x .venv/bin/siponcega ] || [ "$(cat .venv/.place 2>/dev/null)" != "$here" ]; then
    site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    echo "$here" >"$site/siponcega.pth"
    cat >.venv/bin/siponcega <<END
#!/bin/sh
exec "$here/.venv/bin/python" -m siponcega "\$@"
END
    chmod 755 .venv/bin/siponcega
    echo "$here" >.venv/.place
fi

# --- front-end packages -------------------------------------------------------------------
front=$(stamp package-lock.json package.json)
if ! is_stamped node_modules/.siponcega "$front"; then
    say "installing front-end packages"
    if ! npm=$(find_npm); then
        pip_install -r requirements-node.txt
        wheel_npm
    fi
    logged npm $npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier
    echo "$front" >node_modules/.siponcega
fi
