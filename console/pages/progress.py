"""What a reporter may be told of an incident, from its rows. Pure; never more done than is done.

    received ─▶ contacting ─▶ assigned ─▶ en_route ─▶ on_scene ─▶ closed
                  ▲    └── a unit falls out ──┘ (replacing)
    beside it: reviewed (screened by a person), handed_over (outside the city), covert

A step is done only while a unit that did it is still live or has cleared; when the only unit that
was under way falls out, "berangkat" is taken back and the words say that another one is sought.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from console.pages.advice import advice_for, waiting_words

StepState = Literal["done", "now", "later"]

LABELS: Final = {
    "received": "Laporan diterima",
    "assigned": "Petugas ditugaskan",
    "en_route": "Petugas berangkat",
    "on_scene": "Petugas tiba",
    "closed": "Selesai",
    "reviewed": "Sudah dibaca operator",
    "handed_over": "Diteruskan ke wilayah lain",
}
COVERT_LABELS: Final = {"received": "Permintaan masuk", "closed": "Ditutup"}
CHAIN: Final = ("received", "assigned", "en_route", "on_scene", "closed")

# How far a unit in this state has come along CHAIN. A reserved one has not even been asked.
REACHED: Final = {
    "accepted": 1,
    "en_route": 2,
    "on_scene": 3,
    "transporting": 3,
    "at_facility": 3,
}
ASKED: Final = frozenset({"offered"})
FELL_OUT: Final = frozenset({"aborted", "recalled"})
SCREENED_ALOUD: Final = frozenset({"non_emergency", "information", "update"})
ENDED: Final = frozenset({"closed", "cancelled"})
ETA_LOW, ETA_HIGH = 0.8, 1.5
HIDDEN_TYPES: Final = frozenset({"domestic_violence"})


@dataclass(frozen=True, slots=True)
class Step:
    key: str
    label: str
    state: StepState
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """`words` and labels are msgids. `eta_min` = (low, high) minutes, only of a unit under way."""

    code: str
    status: str
    words: str
    steps: tuple[Step, ...]
    eta_min: tuple[int, int] | None
    unit_label: str | None
    advice: tuple[str, ...]
    needs_place: bool
    has_phone: bool
    covert: bool
    final: bool
    changed_at: datetime


def is_covert(report: Mapping[str, Any]) -> bool:
    """Silent reports, hidden incidents and violence at home never say on a screen what is done."""
    return bool(
        report["silent"]
        or report["hidden"]
        or HIDDEN_TYPES & {report["type"], report["incident_type"]}
    )


def progress(
    report: Mapping[str, Any], assignments: Sequence[Mapping[str, Any]], now: datetime
) -> Progress:
    """`report`: row of queries.TRACKED; `assignments`: rows of queries.TRACKED_ASSIGNMENTS."""
    covert = is_covert(report)
    times = _times(report, assignments)
    status = _status(report, assignments, times)
    words = "closed_unseen" if status == "closed" and "on_scene" not in times else status
    final = status in ("closed", "reviewed", "handed_over")
    under_way = [row for row in assignments if row["state"] in REACHED]
    return Progress(
        code=report["code"],
        status=("closed" if status == "closed" else "received") if covert else status,
        words=waiting_words(words, covert=covert),
        steps=_covert_steps(times) if covert else _steps(status, times),
        eta_min=None if covert or status != "en_route" else eta_range(under_way, now),
        unit_label=None if covert or final else _units(under_way),
        advice=() if covert or final else advice_for(report["incident_type"] or report["type"]),
        needs_place=report["place"] == "unlocated" and report["incident_id"] is None and not final,
        has_phone=report["has_phone"],
        covert=covert,
        final=final,
        changed_at=max(times.values()),
    )


def eta_range(under_way: Sequence[Mapping[str, Any]], now: datetime) -> tuple[int, int] | None:
    """Minutes (low, high) of the nearest unit under way; None when unknown or already over."""
    left = [
        row["eta_s"] - (now - row["en_route_at"]).total_seconds()
        for row in under_way
        if row["state"] == "en_route" and row["eta_s"] is not None and row["en_route_at"]
    ]
    soonest = min((s for s in left if s > 0), default=None)
    if soonest is None:
        return None
    low = max(1, math.floor(soonest * ETA_LOW / 60))
    return low, max(low + 1, math.ceil(soonest * ETA_HIGH / 60))


def _times(
    report: Mapping[str, Any], assignments: Sequence[Mapping[str, Any]]
) -> dict[str, datetime]:
    """Step → when it was first done by a unit that still counts."""
    times: dict[str, datetime] = {"received": report["created_at"]}
    for row in assignments:
        reached = 3 if row["state"] == "cleared" else REACHED.get(row["state"], 0)
        for key in CHAIN[1 : reached + 1]:
            at = row[{"assigned": "accepted_at"}.get(key, f"{key}_at")]
            if at is not None:
                times[key] = min(at, times.get(key, at))
    if report["incident_state"] in ENDED and report["closed_at"] is not None:
        times["closed"] = report["closed_at"]
    return times


def _status(
    report: Mapping[str, Any],
    assignments: Sequence[Mapping[str, Any]],
    times: Mapping[str, datetime],
) -> str:
    if report["handling"] == "handed_over":
        return "handed_over"
    if report["handling"] == "screened":
        return "reviewed" if report["class"] in SCREENED_ALOUD else "received"
    if "closed" in times:
        return "closed"
    if report["incident_state"] == "controlled" and "on_scene" in times:
        return "controlled"
    states = {row["state"] for row in assignments}
    reached = max((REACHED.get(state, 0) for state in states), default=0)
    if reached:
        return CHAIN[reached]
    if "cleared" in states:
        return "on_scene"
    fell_out = any(row["state"] in FELL_OUT and row["en_route_at"] for row in assignments)
    if fell_out:
        return "replacing"
    return "contacting" if states & ASKED else "received"


def _steps(status: str, times: Mapping[str, datetime]) -> tuple[Step, ...]:
    if status in ("reviewed", "handed_over"):
        return (
            Step("received", LABELS["received"], "done", times["received"]),
            Step(status, LABELS[status], "done", None),
        )
    shown = [key for key in CHAIN if status != "closed" or key in times]
    steps: list[Step] = []
    waiting = True
    for key in shown:
        if key in times:
            steps.append(Step(key, LABELS[key], "done", times[key]))
        else:
            steps.append(Step(key, LABELS[key], "now" if waiting else "later", None))
            waiting = False
    return tuple(steps)


def _covert_steps(times: Mapping[str, datetime]) -> tuple[Step, ...]:
    return tuple(
        Step(key, label, "done" if key in times else "later", times.get(key))
        for key, label in COVERT_LABELS.items()
    )


def _units(under_way: Sequence[Mapping[str, Any]]) -> str | None:
    names = [f"{row['unit_name']} ({row['unit_code']})" for row in under_way]
    return ", ".join(names) or None
