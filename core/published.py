"""Counters of a process that serves no page (the worker), for the one that does.

Each process keeps its own numbers. Those that have no door of their own lay them in the database with
their sign of life; `/metrics` shows them beside its own, told apart by the label `process`.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable, Iterator
from typing import Any

from prometheus_client import REGISTRY
from prometheus_client.core import Metric
from prometheus_client.exposition import generate_latest

from core import heartbeat
from core.db import Tx

OURS = "siponcega_"
PREFIX = "metrics:"
FRESH_S = 60.0

READ = """
SELECT name, detail FROM heartbeat
WHERE starts_with(name, $1) AND at > clock_timestamp() - make_interval(secs => $2) ORDER BY name
"""
FORGET = """
DELETE FROM heartbeat WHERE starts_with(name, $1) AND at < clock_timestamp() - interval '1 day'
"""

Kept = tuple[str, dict[str, Any]]
"""A process and what it laid down."""


async def publish(tx: Tx, kind: str) -> None:
    """Lay this process's numbers down; call it a few times a minute. kind: 'worker'."""
    await tx.execute(FORGET, PREFIX)
    name = f"{PREFIX}{kind}:{socket.gethostname()}:{os.getpid()}"
    await heartbeat.beat(tx, name, {"families": _families(REGISTRY.collect())})


async def published(tx: Tx) -> list[Kept]:
    """What other processes laid down in the last minute, by process."""
    rows = await tx.fetch(READ, PREFIX, FRESH_S)
    return [(row["name"].removeprefix(PREFIX), row["detail"]) for row in rows]


def text(others: Iterable[Kept]) -> bytes:
    """This process's numbers and the others', in Prometheus's words; each family once."""
    found = {metric.name: metric for metric in REGISTRY.collect()}
    for process, detail in others:
        for name, kind, about, samples in detail.get("families", ()):
            family = found.setdefault(name, Metric(name, about, kind))
            for sample, labels, value in samples:
                family.add_sample(sample, {**labels, "process": process}, value)
    return generate_latest(_Collected(found.values()))


def _families(metrics: Iterable[Metric]) -> list[list[Any]]:
    return [
        [
            metric.name,
            metric.type,
            metric.documentation,
            [
                [s.name, s.labels, s.value]
                for s in metric.samples
                if not s.name.endswith("_created")
            ],
        ]
        for metric in metrics
        if metric.name.startswith(OURS)
    ]


class _Collected:
    """What `generate_latest` asks of a registry."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = list(metrics)

    def collect(self) -> Iterator[Metric]:
        return iter(self._metrics)
