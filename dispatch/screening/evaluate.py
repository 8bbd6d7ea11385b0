"""Measure the screening against labelled messages (``siponcega triage eval FILE.csv``).

Rows are mappings with ``text`` and the labels ``expected_class``, ``expected_type``,
``expected_priority``, ``casualties``; ``id``, ``channel``, ``lat``, ``lon`` and ``note`` are used
where present. A note with "second choice" or "also defensible" marks a soft label: it counts in
the plain figures and is left out of the strict ones.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dispatch.screening.screen import Screening, screen

NOISE = frozenset({"prank", "test", "spam", "ghost"})
OPENS_NOTHING = NOISE | {"information", "non_emergency"}
_SOFT = ("second choice", "also defensible", "also possible")
FIELDS = ("class", "type", "priority", "casualties")


@dataclass(frozen=True, slots=True)
class Miss:
    """One field of one row that differs."""

    id: str
    field: str
    expected: str
    got: str
    text: str
    soft: bool


@dataclass(slots=True)
class Table:
    """Figures of one evaluation: ``right[field]`` of ``rows``, confusions, broken guarantees."""

    rows: int = 0
    strict_rows: int = 0
    right: Counter[str] = field(default_factory=Counter)
    strict_right: Counter[str] = field(default_factory=Counter)
    confusion: dict[str, Counter[tuple[str, str]]] = field(
        default_factory=lambda: {name: Counter() for name in FIELDS}
    )
    misses: list[Miss] = field(default_factory=list)
    opened_by_noise: list[str] = field(default_factory=list)
    life_called_noise: list[str] = field(default_factory=list)

    def share(self, name: str, *, strict: bool = False) -> float:
        """Share of rows whose field is right, 0..1; 1.0 for no rows."""
        rows, right = (self.strict_rows, self.strict_right) if strict else (self.rows, self.right)
        return right[name] / rows if rows else 1.0

    def as_text(self) -> str:
        """A table for people: figures, guarantees, every confusion."""
        lines = [f"{'field':<12}{'right':>7}{'of':>6}{'share':>8}{'strict':>8}"]
        for name in FIELDS:
            lines.append(
                f"{name:<12}{self.right[name]:>7}{self.rows:>6}{self.share(name):>8.1%}"
                f"{self.share(name, strict=True):>8.1%}"
            )
        lines.append(
            f"noise, information or complaint called emergency: {_list(self.opened_by_noise)}"
        )
        lines.append(f"emergency P1 called noise: {_list(self.life_called_noise)}")
        for name in FIELDS:
            wrong = {pair: n for pair, n in self.confusion[name].items() if pair[0] != pair[1]}
            for (expected, got), n in sorted(wrong.items(), key=lambda item: -item[1]):
                ids = [
                    m.id
                    for m in self.misses
                    if (m.field, m.expected, m.got) == (name, expected, got)
                ]
                lines.append(f"  {name}: {expected} -> {got}  {n}  {' '.join(ids)}")
        return "\n".join(lines)

    def as_json(self) -> str:
        """The same for programs."""
        return json.dumps(
            {
                "rows": self.rows,
                "strict_rows": self.strict_rows,
                "share": {name: round(self.share(name), 4) for name in FIELDS},
                "strict_share": {name: round(self.share(name, strict=True), 4) for name in FIELDS},
                "opened_by_noise": self.opened_by_noise,
                "life_called_noise": self.life_called_noise,
                "confusion": {
                    name: [
                        {"expected": expected, "got": got, "rows": n}
                        for (expected, got), n in sorted(self.confusion[name].items())
                    ]
                    for name in FIELDS
                },
                "misses": [
                    {"id": m.id, "field": m.field, "expected": m.expected, "got": m.got}
                    for m in self.misses
                ],
            },
            ensure_ascii=False,
        )


def evaluate(rows: Iterable[Mapping[str, str]]) -> Table:
    """Screen every row and compare. Only what a phone sends along is told to the screening."""
    table = Table()
    for number, row in enumerate(rows, start=1):
        said = screen(row["text"], has_position=bool(row.get("lat") and row.get("lon")))
        _compare(table, row.get("id") or str(number), row, said)
    return table


def _compare(table: Table, id_: str, row: Mapping[str, str], said: Screening) -> None:
    note = (row.get("note") or "").lower()
    soft = any(mark in note for mark in _SOFT)
    pairs = {
        "class": (row["expected_class"], said.class_),
        "type": (row["expected_type"], said.type),
        "priority": (row["expected_priority"], said.priority),
        "casualties": (
            row.get("casualties") or "",
            "" if said.casualties is None else str(said.casualties),
        ),
    }
    table.rows += 1
    table.strict_rows += not soft
    for name, (expected, got) in pairs.items():
        table.confusion[name][expected, got] += 1
        if expected == got:
            table.right[name] += 1
            table.strict_right[name] += not soft
        else:
            table.misses.append(Miss(id_, name, expected, got, row["text"], soft))
    if pairs["class"][0] in OPENS_NOTHING and said.class_ == "emergency":
        table.opened_by_noise.append(id_)
    if (
        pairs["class"][0] == "emergency"
        and row["expected_priority"] == "P1"
        and said.class_ in NOISE
    ):
        table.life_called_noise.append(id_)


def _list(ids: list[str]) -> str:
    return " ".join(ids) if ids else "none"
