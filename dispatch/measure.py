"""What the intake makes of labelled messages: place and opening beside the labels. Pure.

Rows are mappings with `text`, the labels `expected_class`, `expected_type`, `expected_priority`,
`expected_kelurahan_code` (`a|b`: any is right; empty: must ask), `location_basis`, and where present
`id`, `lat`, `lon`. The screening alone is measured by `dispatch.screening.evaluate`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from core.errors import BadInput
from dispatch.inbound import Inbound
from dispatch.intake import understand
from dispatch.screening.evaluate import OPENS_NOTHING
from geo.geography import Geography

COLUMNS = (
    "text",
    "expected_class",
    "expected_type",
    "expected_priority",
    "expected_kelurahan_code",
)


class Judged(msgspec.Struct, frozen=True):
    """One message. kelurahan: what the intake would write, likeliest first; empty: it asks."""

    id: str
    text: str
    wanted_class: str
    wanted_type: str
    wanted_priority: str
    wanted_kelurahan: tuple[str, ...]
    named: bool
    class_: str
    type: str
    priority: str
    kelurahan: tuple[str, ...]
    outside: bool
    opens: bool

    @property
    def place_right(self) -> bool:
        """The first code is one of those wanted, or none is wanted and none was found."""
        if not self.wanted_kelurahan:
            return not self.kelurahan or self.outside
        return bool(self.kelurahan) and self.kelurahan[0] in self.wanted_kelurahan

    @property
    def broken(self) -> str | None:
        """A guarantee of the intake that this row breaks."""
        if self.wanted_class in OPENS_NOTHING and self.opens:
            return "opens an incident and must not"
        if self.wanted_class == "emergency" and self.named and self.wanted_kelurahan:
            if not self.opens:
                return "names its kelurahan and opens nothing"
            if not self.place_right:
                return "names its kelurahan and opens elsewhere"
        return None


def read(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV (UTF-8). Raises BadInput naming what is missing."""
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
        rows = list(reader)
    except UnicodeDecodeError:
        raise BadInput("Berkas harus UTF-8.") from None
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise BadInput("Kolom tidak ada: {columns}.", columns=", ".join(missing))
    return rows


def judge(rows: Iterable[Mapping[str, str]], geography: Geography) -> list[Judged]:
    """Understand every message as the intake would, knowing only what a phone sends along."""
    return [_one(str(n), row, geography) for n, row in enumerate(rows, start=1)]


def _one(number: str, row: Mapping[str, str], geography: Geography) -> Judged:
    placed_by_phone = bool(row.get("lat") and row.get("lon"))
    inbound = Inbound(
        channel="app",
        raw=b"",
        text=row["text"],
        lat=float(row["lat"]) if placed_by_phone else None,
        lon=float(row["lon"]) if placed_by_phone else None,
    )
    made = understand(inbound, geography)
    return Judged(
        id=row.get("id") or number,
        text=row["text"],
        wanted_class=row["expected_class"],
        wanted_type=row["expected_type"],
        wanted_priority=row["expected_priority"],
        wanted_kelurahan=tuple(c for c in row["expected_kelurahan_code"].split("|") if c),
        named=row.get("location_basis") == "kelurahan_name",
        class_=made.said.class_,
        type=made.type,
        priority=made.priority,
        kelurahan=made.placed.kelurahan,
        outside=made.placed.outside,
        opens=made.opens,
    )


def shares(judged: Sequence[Judged]) -> dict[str, tuple[int, int]]:
    """(right, of) for class, type, priority and place; priority where the labels give one."""
    graded = [j for j in judged if j.wanted_priority != "none"]
    return {
        "class": (sum(j.class_ == j.wanted_class for j in judged), len(judged)),
        "type": (sum(j.type == j.wanted_type for j in judged), len(judged)),
        "priority": (sum(j.priority == j.wanted_priority for j in graded), len(graded)),
        "place": (sum(j.place_right for j in judged), len(judged)),
    }


def as_text(judged: Sequence[Judged]) -> str:
    """A row a message (what was made of it; where it differs, the label in brackets), then shares."""
    lines = [
        f"{'id':<6}{'class':<28}{'type':<36}{'priority':<14}{'kelurahan':<42}{'opens':<6}",
    ]
    for j in judged:
        wanted, got = "|".join(j.wanted_kelurahan), "|".join(j.kelurahan)
        if j.outside:
            got = "outside"
        place = (got or "-") + ("" if j.place_right else f" ({wanted or 'ask'})")
        lines.append(
            f"{j.id:<6}{_beside(j.class_, j.wanted_class):<28}{_beside(j.type, j.wanted_type):<36}"
            f"{_beside(j.priority, j.wanted_priority):<14}{place:<42}"
            f"{'yes' if j.opens else '-':<6}{j.broken or ''}".rstrip()
        )
    for name, (right, of) in shares(judged).items():
        lines.append(f"{name:<10}{right:>4} of {of:<4}{right / of if of else 1:>7.1%}")
    broken = [j for j in judged if j.broken]
    lines.append(f"guarantees broken: {', '.join(f'{j.id} {j.broken}' for j in broken) or 'none'}")
    return "\n".join(lines)


def as_builtins(judged: Sequence[Judged]) -> dict[str, Any]:
    """The same for programs."""
    return {
        "rows": [msgspec.to_builtins(j) for j in judged],
        "shares": {name: {"right": r, "of": of} for name, (r, of) in shares(judged).items()},
        "broken": {j.id: j.broken for j in judged if j.broken},
    }


def _beside(got: str, wanted: str) -> str:
    return got if got == wanted else f"{got} ({wanted})"
