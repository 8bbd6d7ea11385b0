"""A measured figure, its raw limit, and the table of them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True)
class Figure:
    """value and limit in the same unit; ratio = how much of the limit is reached."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    limit_name: str = ""
    target: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    lower_is_better: bool = False

    @property
    def ratio(self) -> float | None:
        if not self.limit or not self.value:
            return None
        return self.limit / self.value if self.lower_is_better else self.value / self.limit

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio}


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest-rank percentile: the smallest value that at least `share` of them do not exceed."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[max(0, -(-int(len(ordered) * share * 1000) // 1000) - 1)]


def best(runs: Sequence[float]) -> float:
    """The median of several runs: what to quote on a shared machine."""
    return statistics.median(runs)


def table(figures: Sequence[Figure]) -> str:
    rows = [("figure", "value", "raw limit", "ratio", "target", "more")]
    for f in figures:
        rows.append(
            (
                f.name,
                f"{f.value:,.1f} {f.unit}",
                f"{f.limit:,.1f} ({f.limit_name})" if f.limit else "-",
                f"{f.ratio:.3f}" if f.ratio else "-",
                f.target or "-",
                " ".join(f"{k}={v}" for k, v in f.more.items()),
            )
        )
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in rows]
    lines.insert(1, "  ".join("-" * w for w in widths))
    return "\n".join(line.rstrip() for line in lines)
