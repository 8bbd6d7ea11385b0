"""Our PostgreSQL: made once, started on a unix socket, recovered after any death."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

from siponcega.cluster.places import Places
from siponcega.cluster.process import ClusterError, run_as, spawn

ADMIN = "postgres"
APP = "siponcega"
EXTENSIONS = ("postgis", "btree_gist", "pg_trgm", "pgcrypto")
INSTALL_ROOTS = (Path("/usr/lib/postgresql"), Path("/usr/local/lib/postgresql"))


def binaries() -> Path:
    """The folder of the newest PostgreSQL that has PostGIS beside it."""
    found: list[tuple[int, Path]] = []
    for root in INSTALL_ROOTS:
        for folder in root.glob("*/bin"):
            major = folder.parent.name
            control = Path("/usr/share/postgresql") / major / "extension" / "postgis.control"
            library = any((folder.parent / "lib").glob("postgis-*.so"))
            if major.isdigit() and (folder / "initdb").exists() and control.exists() and library:
                found.append((int(major), folder))
    if found:
        return max(found)[1]
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise ClusterError(
        "no PostgreSQL with PostGIS on this machine: run scripts/bootstrap.sh, "
        "or set SIPONCEGA_DATABASE_URL to a server that has it"
    )


def data_binaries(data: Path) -> Path:
    """The binaries of the major version that made `data`; the newest when it is not made yet."""
    version = data / "PG_VERSION"
    if not version.exists():
        return binaries()
    major = version.read_text().strip()
    for root in INSTALL_ROOTS:
        if (root / major / "bin" / "postgres").exists():
            return root / major / "bin"
    raise ClusterError(
        f"the data in {data} was made by PostgreSQL {major}, which is not installed any more: "
        f"install postgresql-{major}, back up, then restore into the new version"
    )


def settings(places: Places, *, durable: bool) -> dict[str, str]:
    """What differs from PostgreSQL's defaults, for a small server with one application on it.

    Nothing a person said may reach the server's log: statements, their values and the DETAIL
    line of an error (which quotes the offending key) all stay out of it.
    """
    memory_mb = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    chosen = {
        "listen_addresses": "",
        "unix_socket_directories": str(places.run),
        "unix_socket_permissions": "0700",
        "max_connections": "120",
        "shared_buffers": f"{max(64, min(512, memory_mb // 8))}MB",
        "effective_cache_size": f"{max(256, memory_mb // 2)}MB",
        "random_page_cost": "1.1",
        "jit": "off",
        # To make a file of the log stops every commit for some 50 ms: a busy night finds them made.
        "min_wal_size": "512MB",
        "max_wal_size": "2GB",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_statement": "none",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
    }
    if not durable:
        chosen |= {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "shared_buffers": "64MB",
        }
    return chosen


def make(places: Places) -> None:
    """initdb, once; half-made data from an interrupted first start is made anew."""
    data = places.postgres
    if (data / "PG_VERSION").exists() and (data / "siponcega.made").exists():
        return
    if (data / "PG_VERSION").exists() and (data / "base").exists() and _has_user_data(data):
        raise ClusterError(f"{data} holds a database that was not made here; it is left alone")
    shutil.rmtree(data, ignore_errors=True)
    options = ["--username", ADMIN, "--encoding", "UTF8", "--locale", "C.UTF-8"]
    options += ["--auth", "peer", "--no-sync", "--no-instructions"]
    run_as(places.user, [binaries() / "initdb", "--pgdata", data, *options])
    # Only the servers' own user and whoever starts us may come in, each as any of our roles.
    people = {places.owner, pwd.getpwuid(os.geteuid()).pw_name, "root"}
    ident = "".join(f"local {who} {role}\n" for who in sorted(people) for role in (ADMIN, APP))
    (data / "pg_ident.conf").write_text(ident)
    (data / "pg_hba.conf").write_text("local all all peer map=local\n")
    marker = data / "siponcega.made"
    marker.touch()
    if places.user:
        shutil.chown(marker, places.user)


def _has_user_data(data: Path) -> bool:
    return any(
        int(entry.name) >= 16384 for entry in (data / "base").iterdir() if entry.name.isdigit()
    )


def clear_stale(places: Places) -> None:
    """End what outlived its supervisor, so that a new server may have the data.

    Called under the home's lock: no living supervisor of ours can own these processes. The pid
    file itself stays, for PostgreSQL learns from it whether an orphan still holds the shared
    memory; only a pid that by now belongs to a stranger is replaced by ours, which PostgreSQL
    knows to be harmless.
    """
    for signum, patience_s in ((signal.SIGINT, 8.0), (signal.SIGQUIT, 3.0), (signal.SIGKILL, 2.0)):
        alive = _servers_of(places.postgres)
        if _pid_in(places.postgres / "postmaster.pid") not in alive and signum is signal.SIGINT:
            continue  # orphans of a killed postmaster do not know SIGINT as "end"
        for pid in alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signum)
        end = time.monotonic() + patience_s
        while time.monotonic() < end and _servers_of(places.postgres):
            time.sleep(0.05)
    for file in (places.postgres / "postmaster.pid", places.run / ".s.PGSQL.5432.lock"):
        noted = _pid_in(file)
        if noted is not None and Path(f"/proc/{noted}").exists():
            _, _, rest = file.read_text().partition("\n")
            file.write_text(f"{os.getpid()}\n{rest}")


def _pid_in(file: Path) -> int | None:
    try:
        return int(file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _servers_of(data: Path) -> list[int]:
    """Living processes that work in `data`: a bare pid may belong to anybody by now."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if (entry / "cwd").readlink() == data:
                    found.append(int(entry.name))
    return found


def start(places: Places, *, durable: bool) -> subprocess.Popen[bytes]:
    """Start the server; it answers a moment later (`wait_ready`)."""
    clear_stale(places)
    options: list[str] = []
    for name, value in settings(places, durable=durable).items():
        options += ["-c", f"{name}={value}"]
    server = data_binaries(places.postgres) / "postgres"
    with (places.logs / "postgres.log").open("ab") as log:
        return spawn(
            [server, "-D", places.postgres, *options],
            user=places.user,
            cwd=Path("/"),
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
            log=log,
            death_signal=signal.SIGINT,
        )


def is_ready(places: Places) -> bool:
    done = subprocess.run(
        [data_binaries(places.postgres) / "pg_isready", "-q", "-h", places.run, "-d", "postgres"],
        check=False,
    )
    return done.returncode == 0


def wait_ready(places: Places, process: subprocess.Popen[bytes], timeout_s: float = 30.0) -> None:
    """Wait until it answers; a server that ended tells why from its log."""
    end = time.monotonic() + timeout_s
    while True:
        if process.poll() is not None:
            raise ClusterError(f"PostgreSQL did not start:\n{_log_end(places)}")
        if is_ready(places):
            return
        if time.monotonic() > end:
            raise ClusterError(
                f"PostgreSQL did not answer in {timeout_s:.0f} s:\n{_log_end(places)}"
            )
        time.sleep(0.03)


def _log_end(places: Places) -> str:
    log = places.logs / "postgres.log"
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return "\n".join(lines[-8:]) + f"\n(all of it: {log})"


def sql(places: Places, statement: str, database: str = "postgres") -> str:
    """One statement as the administrator, through psql; for set-up only."""
    psql = data_binaries(places.postgres) / "psql"
    options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
    target = ["-h", str(places.run), "-U", ADMIN, "-d", database]
    return run_as(None, [psql, *options, *target, "-c", statement]).strip()


def furnish(places: Places, database: str) -> None:
    """The application's role, its database and the extensions in it; again and again is fine."""
    if not database.isidentifier():
        raise ClusterError(f"{database!r} cannot be the name of a database")
    if APP not in sql(places, "SELECT rolname FROM pg_roles").split():
        sql(places, f"CREATE ROLE {APP} LOGIN CREATEDB")
    if database not in sql(places, "SELECT datname FROM pg_database").split():
        sql(places, f"CREATE DATABASE {database} OWNER {APP}")
    create = "; ".join(f"CREATE EXTENSION IF NOT EXISTS {name}" for name in EXTENSIONS)
    sql(places, f"SET client_min_messages = warning; {create}", database)
