"""``siponcega up``: everything on this machine, from servers to pages, until Ctrl-C."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from core.settings import Settings, get_settings
from siponcega import address, doctor, instance, named_servers, prepared
from siponcega.chores import AnswerWatch, trim_logs
from siponcega.cluster import ClusterError, PrivateCluster, postgres, redis
from siponcega.cluster.private import FAST_SHUTDOWN
from siponcega.cluster.process import spawn
from siponcega.environment import ROOT
from siponcega.supervise import Stopped, Supervisor, Watched, listening

READY_WITHIN_S = 60.0
CRASHES_ENDURED = 3
PAGES = (
    ("/", "warga: lapor, lacak, program kota"),
    ("/lapor", "formulir laporan"),
    ("/konsol", "meja operator"),
    ("/petugas", "petugas di lapangan"),
    ("/hp", "telepon simulasi"),
    ("/docs", "API"),
)
COMMANDS = {
    "api": ("serve",),
    "worker": ("worker",),
    "traffic": ("demo", "traffic", "--gentle"),
}
TRAFFIC_NOTE = (
    "example traffic is on: a made-up contact about every 35 s (one in four real; on a real day one "
    "in twenty)\n"
    "  and example crews who answer; DMK1 and AMB1 are left to you (log-ins dmk1, amb1, or /hp)\n"
    "  without it: siponcega up --no-traffic, or SIPONCEGA_DEMO_TRAFFIC=0 make run"
)

Say = Callable[[str], None]


def up(say: Say, *, seed: bool = True, traffic: bool = True) -> int:
    """Run the whole system; the exit code (0 after a requested end).

    traffic: in a demo, also the robots that play callers and crews (unless the settings say no).
    """
    home = Path(os.environ["SIPONCEGA_HOME"])
    began = time.monotonic()
    cluster: PrivateCluster | None = None
    supervisor = Supervisor(say)
    with listening(supervisor.stopping) as started:
        try:
            settings = get_settings()
            require_fit(settings)
            require_free_port(settings.host, settings.port)
            cluster = instance.private_cluster(home)
            settings = instance.adopt(cluster)
            if cluster is not None:
                say("starting PostgreSQL and Redis")
                cluster.start()
                watch_servers(supervisor, cluster)
            if cluster is None or not cluster.with_postgres:
                named_servers.prove_database(settings)
            if not named_servers.prove_redis(settings):
                say(
                    f"Redis does not answer at {named_servers.place(settings.redis_url)}: going on without"
                )
            prepared.migrate(settings.database_url, say)
            if settings.demo:
                if seed:
                    prepared.seed(settings, say)
                else:
                    prepared.refuse_real(settings)
            logs = home / "log"
            logs.mkdir(parents=True, exist_ok=True)
            api, worker = service("api", logs), service("worker", logs)
            for one in (api, worker):
                supervisor.add(one).launch()
            supervisor.chores += [
                AnswerWatch(api, lambda: answers(settings, "/healthz"), say),
                lambda: trim_logs(logs),
            ]
            started()
            if not wait_ready(supervisor, settings):
                if supervisor.stopping.is_set():
                    return 0
                worst = max(supervisor.watched, key=lambda one: (one.restarts, one is api))
                say(f"the system did not become ready; the end of {worst.name}'s log:")
                say(log_end(logs / f"{worst.name}.log"))
                return 1
            announce(settings, home, time.monotonic() - began, say)
            if traffic and plays_traffic(settings):
                say(TRAFFIC_NOTE)
                supervisor.add(service("traffic", logs)).launch()
            say("Ctrl-C ends everything")
            with address.noted(home, settings.port):
                supervisor.run()
        except Stopped:
            pass
        finally:
            started()
            if supervisor.watched:
                say("stopping")
            supervisor.stop_all()
            if cluster is not None:
                cluster.stop()
    return 0


def watch_servers(supervisor: Supervisor, cluster: PrivateCluster) -> None:
    """The servers were started and proven; from here on they only need watching."""
    places, durable = cluster.places, cluster.durable
    if cluster.postgres is not None:
        supervisor.add(
            Watched("postgres", lambda: postgres.start(places, durable=durable), FAST_SHUTDOWN)
        ).adopt(cluster.postgres)
    if cluster.redis is not None:
        supervisor.add(Watched("redis", lambda: redis.start(places))).adopt(cluster.redis)


def service(name: str, logs: Path) -> Watched:
    """One of our own processes, by its name in COMMANDS, with a log of its own."""
    command = [sys.executable, "-m", "siponcega", *COMMANDS[name]]
    file = logs / f"{name}.log"

    def start() -> subprocess.Popen[bytes]:
        with file.open("ab") as log:
            return spawn(command, cwd=ROOT, log=log, death_signal=signal.SIGTERM)

    return Watched(name, start)


def plays_traffic(settings: Settings) -> bool:
    """Robots play in a demo that has not switched them off, and never in production."""
    return settings.demo and settings.demo_traffic


def require_fit(settings: Settings) -> None:
    """Refuse early and once: the processes would refuse the same, again and again, in their logs."""
    reasons = [] if settings.demo else doctor.unfit(settings)
    if reasons:
        raise ClusterError("refusing to start in production:\n- " + "\n- ".join(reasons))


def require_free_port(host: str, port: int) -> None:
    """Refuse early, in words: everything else would have to be taken down again."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise ClusterError(
                    f"port {port} is in use by another program; choose one: "
                    f"make run PORT={port + 100}"
                ) from None
            raise ClusterError(f"cannot listen on {host}:{port}: {error.strerror}") from None


def wait_ready(supervisor: Supervisor, settings: Settings) -> bool:
    """Until the API says it is ready; what crashes is started again, but not for ever."""
    end = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < end and not supervisor.stopping.wait(0.05):
        supervisor.look()
        if answers(settings, "/readyz"):
            return True
        if any(one.restarts >= CRASHES_ENDURED for one in supervisor.watched):
            return False
    return False


def answers(settings: Settings, path: str) -> bool:
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::", ""} else settings.host  # noqa: S104
    try:
        with urllib.request.urlopen(f"http://{host}:{settings.port}{path}", timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def log_end(file: Path, lines: int = 15) -> str:
    text = file.read_text(errors="replace").splitlines() if file.exists() else []
    return "\n".join([*text[-lines:], f"(all of it: {file})"])


def announce(settings: Settings, home: Path, took_s: float, say: Say) -> None:
    """Addresses and, in the demo, the log-ins of this instance."""
    say(f"ready in {took_s:.1f} s")
    base = settings.public_url.rstrip("/")
    for path, what in PAGES:
        if path != "/hp" or settings.demo:
            say(f"  {base}{path:<10} {what}")
    logins = home / "demo-logins.json"
    if settings.demo and logins.exists():
        say("demo log-ins (of this instance only):")
        for row in json.loads(logins.read_text()):
            say("  " + "  ".join(f"{value!s:<18}" for value in row.values()).rstrip())
