"""Run cards as a CSV: what `siponcega cards` prints is what `siponcega registry import run_cards` takes."""

from __future__ import annotations

import re
from typing import Any

from core.db import Tx
from dispatch.inbound import TYPES
from dispatch.run_cards import PRIORITIES, Lines
from dispatch.sheets import CAPABILITIES
from registry.cells import BadCell, Reader, one_of, whole, yes_no
from registry.sheet import Column, Outcome, Saving, Sheet, Values

MOST = 20  # units of one kind at one alarm

_FIELDS = ("auto", "veto_s", "offer_timeout_s")
_LEVELS = {"units": 1, "units_level_2": 2}

CARDS = """
SELECT c.id, c.type, c.priority, c.auto, c.veto_s, c.offer_timeout_s, l.alarm_level, l.capability, l.count
FROM run_card c LEFT JOIN run_card_line l ON l.run_card_id = c.id
WHERE c.type = coalesce($1, c.type) AND c.priority = coalesce($2, c.priority)
ORDER BY c.type, c.priority, l.alarm_level, l.capability
"""
SET = """
INSERT INTO run_card AS c (type, priority, auto, veto_s, offer_timeout_s, example)
VALUES ($1, $2, coalesce($3, false), coalesce($4, 20), coalesce($5, 60), $6)
ON CONFLICT (type, priority) DO UPDATE SET auto = coalesce($3, c.auto),
    veto_s = coalesce($4, c.veto_s), offer_timeout_s = coalesce($5, c.offer_timeout_s),
    example = $6, version = c.version + 1
RETURNING id
"""


def units(value: str) -> Lines:
    """`fire_engine=2|ambulance`: how many of each capability; parted by `|`, `,` or `;`."""
    lines: Lines = {}
    for part in filter(None, (part.strip() for part in re.split(r"[|,;]", value))):
        name, _, count = (piece.strip() for piece in part.partition("="))
        if name.lower() not in CAPABILITIES:
            raise BadCell(f"Kemampuan tidak dikenal. Pilih dari: {', '.join(CAPABILITIES)}.")
        wanted = whole(count) if count else 1
        if not 1 <= wanted <= MOST:
            raise BadCell(f"Jumlah unit antara 1 dan {MOST}, misalnya fire_engine=2.")
        lines[name.lower()] = wanted
    return lines


def seconds(least: int, most: int) -> Reader:
    """A reader of whole seconds between the two."""

    def read(value: str) -> int:
        found = whole(value)
        if not least <= found <= most:
            raise BadCell(f"Detik antara {least} dan {most}.")
        return found

    return read


async def cards(
    tx: Tx, type_: str | None = None, priority: str | None = None
) -> list[dict[str, Any]]:
    """Each card as a row of the file, its columns in their order; units as `Lines`."""
    found: dict[int, dict[str, Any]] = {}
    for row in await tx.fetch(CARDS, type_, priority):
        card = found.setdefault(
            row["id"],
            {name: row[name] for name in ("type", "priority", *_FIELDS)} | {n: {} for n in _LEVELS},
        )
        for column, level in _LEVELS.items():
            if row["alarm_level"] == level:
                card[column][row["capability"]] = row["count"]
    return list(found.values())


def cell(value: Any) -> str:
    """A value of `cards` as it stands in the file."""
    if isinstance(value, dict):
        return "|".join(f"{name}={count}" for name, count in value.items()) or "-"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return str(value)


async def save_card(saving: Saving, values: Values) -> Outcome:
    """Insert or change by type and priority; what the file leaves out stays."""
    type_, priority = values["type"], values["priority"]
    before = await cards(saving.tx, type_, priority)
    given = {name: values[name] for name in (*_FIELDS, *_LEVELS) if values.get(name) is not None}
    if before and all(before[0][name] == value for name, value in given.items()):
        return "unchanged"
    card_id = await saving.tx.fetchval(
        SET, type_, priority, *(given.get(name) for name in _FIELDS), saving.example
    )
    for column, level in _LEVELS.items():
        if column in given:
            await saving.tx.execute(
                "DELETE FROM run_card_line WHERE run_card_id = $1 AND alarm_level = $2",
                card_id, level,
            )  # fmt: skip
            await saving.tx.executemany(
                "INSERT INTO run_card_line (run_card_id, alarm_level, capability, count) "
                "VALUES ($1, $2, $3, $4)",
                [(card_id, level, name, count) for name, count in given[column].items()],
            )
    return "updated" if before else "created"


SHEET = Sheet(
    name="run_cards",
    about="kartu respons: unit yang diminta sebuah jenis kejadian, dan apakah dikirim otomatis",
    columns=(
        Column(
            "type", one_of(*(t for t in TYPES if t != "none")), "jenis kejadian", ("jenis",),
            required=True,
        ),
        Column("priority", one_of(*PRIORITIES), "P1, P2 atau P3", ("prioritas",), required=True),
        Column("auto", yes_no, "ya: unit dikirim tanpa menunggu operator", ("otomatis",)),
        Column("veto_s", seconds(0, 600), "detik bagi operator untuk menarik yang otomatis"),
        Column("offer_timeout_s", seconds(10, 900), "detik sampai tawaran pindah ke unit berikut"),
        Column("units", units, "misalnya fire_engine=2|ambulance=1", ("unit",), cleared={}),
        Column("units_level_2", units, "tambahan pada alarm tingkat 2", cleared={}),
    ),
    key=("type", "priority"),
    save=save_card,
)  # fmt: skip
