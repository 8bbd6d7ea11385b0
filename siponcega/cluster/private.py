"""PostgreSQL and Redis as one thing with a start and a stop, for ``siponcega up`` and the tests."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from siponcega.cluster import places, postgres, redis
from siponcega.cluster.process import ClusterError, stop

FAST_SHUTDOWN = ((signal.SIGINT, 15.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))


@dataclass(frozen=True, slots=True)
class ClusterUrls:
    """Where the servers answer. `admin` may make extensions; the application never uses it."""

    database: str
    admin: str
    redis: str


class PrivateCluster:
    """Both servers under one home folder, or only the one that is asked for.

    ``durable=False`` turns fsync off: for tests that do not ask what a crash leaves behind.
    """

    def __init__(
        self,
        home: Path,
        *,
        database: str = "siponcega",
        durable: bool = True,
        with_postgres: bool = True,
        with_redis: bool = True,
    ) -> None:
        self.places = places.arrange(home)
        self.database = database
        self.durable = durable
        self.with_postgres = with_postgres
        self.with_redis = with_redis
        self.postgres: subprocess.Popen[bytes] | None = None
        self.redis: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    @property
    def urls(self) -> ClusterUrls:
        return ClusterUrls(
            database=self.url(self.database),
            admin=self.url(self.database, role=postgres.ADMIN),
            redis=f"unix://{self.places.redis_socket}",
        )

    def url(self, database: str, role: str = postgres.APP) -> str:
        return f"postgresql://{role}@/{database}?host={self.places.run}"

    def start(self) -> Self:
        """Start both and wait until both answer; what is running already is left running."""
        self._take_lock()
        try:
            if self.with_redis:
                self.start_redis()
            if self.with_postgres:
                postgres.make(self.places)
                self.start_postgres()
                postgres.furnish(self.places, self.database)
        except BaseException:
            self.stop()
            raise
        return self

    def start_postgres(self, timeout_s: float = 30.0) -> None:
        """Also after a ``kill -9``: its orphans may hold the shared memory for a moment."""
        end = time.monotonic() + timeout_s
        while True:
            self.postgres = postgres.start(self.places, durable=self.durable)
            try:
                postgres.wait_ready(self.places, self.postgres, max(1.0, end - time.monotonic()))
            except ClusterError:
                stop(self.postgres, FAST_SHUTDOWN)
                if time.monotonic() > end - 0.5:
                    raise
                time.sleep(0.3)
            else:
                return

    def start_redis(self) -> None:
        self.redis = redis.start(self.places)
        redis.wait_ready(self.places, self.redis)

    def stop(self) -> None:
        if self.redis is not None:
            stop(self.redis)
        if self.postgres is not None:
            stop(self.postgres, FAST_SHUTDOWN)
        self.redis = self.postgres = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def sql(self, statement: str, database: str | None = None) -> str:
        """One statement as the administrator (set-up and tests)."""
        return postgres.sql(self.places, statement, database or "postgres")

    def _take_lock(self) -> None:
        """One supervisor for one home: a second one is told who the first is."""
        lock = (self.places.home / "lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            lock.close()
            raise ClusterError(
                f"another siponcega (process {holder}) is running from {self.places.home}; "
                "stop it first, or set SIPONCEGA_HOME to another folder"
            ) from None
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()
