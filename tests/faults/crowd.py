"""Clients as they should be: one key and one body for a report, sent until it is acknowledged."""

from __future__ import annotations

import asyncio
import json
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

PAUSE_S = 0.05
GIVE_UP_S = 60.0


@dataclass(slots=True)
class Report:
    """A report on its way; `first` is the answer it got, `tries` how often it was sent."""

    number: int
    key: str
    body: bytes
    tries: int = 0
    first: dict[str, Any] | None = None
    acknowledged_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Any answer but 201."""

    status: int
    media_type: str
    retry_after: str | None
    body: str
    at: float


def reports(count: int, **fixed: Any) -> list[Report]:
    """All over the city, of three kinds; every fourth says it in words only."""
    kinds = ("fire", "medical", "traffic_accident")
    made = []
    for n in range(count):
        body: dict[str, Any] = {"text": f"laporan contoh nomor {n}", **fixed}
        if n % 4:
            body |= {
                "type": kinds[n % 3],
                "lat": 3.29 + (n * 37 % 80) / 1000,
                "lon": 99.12 + (n * 53 % 80) / 1000,
            }
        made.append(Report(n, str(uuid.uuid4()), json.dumps(body).encode()))
    return made


@dataclass(slots=True)
class Crowd:
    """`clients` post `work` in their own thread; the test looks on, and hurts the system."""

    base_url: str
    work: Sequence[Report]
    clients: int = 16
    refusals: list[Refusal] = field(default_factory=list)
    broken: Counter[str] = field(default_factory=Counter)
    error: BaseException | None = None
    _thread: threading.Thread | None = None

    @property
    def acknowledged(self) -> list[Report]:
        return [report for report in self.work if report.first is not None]

    def start(self) -> Crowd:
        self._thread = threading.Thread(target=self._run, name="crowd", daemon=True)
        self._thread.start()
        return self

    def finish(self, within_s: float = GIVE_UP_S) -> None:
        """Wait until every report is acknowledged. Raises what stopped a client."""
        assert self._thread is not None
        self._thread.join(within_s)
        assert not self._thread.is_alive(), "the clients are still waiting"
        if self.error is not None:
            raise self.error

    def refused(self, status: int) -> list[Refusal]:
        return [refusal for refusal in self.refusals if refusal.status == status]

    def _run(self) -> None:
        try:
            asyncio.run(self._all())
        except BaseException as error:  # noqa: BLE001 - raised again by `finish`
            self.error = error

    async def _all(self) -> None:
        waiting = iter(self.work)
        timeout = aiohttp.ClientTimeout(total=20)
        async with (
            aiohttp.ClientSession(self.base_url, timeout=timeout) as session,
            asyncio.TaskGroup() as tasks,
        ):
            for _ in range(self.clients):
                tasks.create_task(self._client(session, waiting))

    async def _client(self, session: aiohttp.ClientSession, waiting: Iterator[Report]) -> None:
        for report in waiting:
            give_up = time.monotonic() + GIVE_UP_S
            while report.first is None:
                if time.monotonic() > give_up:
                    raise AssertionError(f"report {report.number} was never acknowledged")
                if not await self._try(session, report):
                    await asyncio.sleep(PAUSE_S)

    async def _try(self, session: aiohttp.ClientSession, report: Report) -> bool:
        report.tries += 1
        try:
            answer, text = await send(session, report)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            self.broken[type(error).__name__] += 1
            return False
        if answer.status != 201:
            self.refusals.append(
                Refusal(
                    answer.status,
                    answer.content_type,
                    answer.headers.get("Retry-After"),
                    text,
                    time.monotonic(),
                )
            )
            return False
        report.acknowledged_at = time.monotonic()
        report.first = json.loads(text)
        return True


async def send(
    session: aiohttp.ClientSession, report: Report
) -> tuple[aiohttp.ClientResponse, str]:
    headers = {"Content-Type": "application/json", "Idempotency-Key": report.key}
    async with session.post("/api/v1/reports", data=report.body, headers=headers) as answer:
        return answer, await answer.text()


def together(base_url: str, work: Sequence[Report]) -> list[tuple[int, dict[str, Any]]]:
    """Send all at once, each once; (status, answer) of each."""

    async def all_at_once() -> list[tuple[int, dict[str, Any]]]:
        async with aiohttp.ClientSession(
            base_url, connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(40)
        ) as session:
            answers = await asyncio.gather(*(send(session, report) for report in work))
        return [(answer.status, json.loads(text)) for answer, text in answers]

    return asyncio.run(all_at_once())
