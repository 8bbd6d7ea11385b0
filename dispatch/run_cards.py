"""Run cards: what an incident of a type and priority gets, at which alarm level. One table, contoh.

No Indonesian rule prescribes these; they follow what the city's services are seen to send (CITY: four
engines at a house fire) and stand as a labelled example until the city enters its own.
"""

from __future__ import annotations

from core.db import Tx

Lines = dict[str, int]

# type -> (P1, P2, P3) at alarm level 1
LEVEL_1: dict[str, tuple[Lines, Lines, Lines]] = {
    "fire": ({"fire_engine": 2}, {"fire_engine": 1}, {"fire_engine": 1}),
    "flood": ({"boat": 1}, {"rescue": 1}, {"public_order": 1}),
    "medical": ({"ambulance": 1}, {"ambulance": 1}, {"ambulance": 1}),
    "labour": ({"ambulance": 1}, {"ambulance": 1}, {"ambulance": 1}),
    "traffic_accident": (
        {"ambulance": 1, "police": 1},
        {"ambulance": 1, "police": 1},
        {"police": 1},
    ),
    "drowning": ({"boat": 1, "ambulance": 1}, {"boat": 1}, {"boat": 1}),
    "rescue": ({"rescue": 1, "ambulance": 1}, {"rescue": 1}, {"rescue": 1}),
    "building_collapse": ({"rescue": 1, "ambulance": 1}, {"rescue": 1}, {"rescue": 1}),
    "fallen_tree": ({"rescue": 1, "ambulance": 1}, {"chainsaw": 1}, {"chainsaw": 1}),
    "utility_hazard": ({"utility": 1, "fire_engine": 1}, {"utility": 1}, {"utility": 1}),
    "gas_leak": ({"fire_engine": 1}, {"fire_engine": 1}, {"fire_engine": 1}),
    "animal": ({"animal": 1, "ambulance": 1}, {"animal": 1}, {"animal": 1}),
    "crime": ({"police": 1}, {"police": 1}, {"police": 1}),
    "domestic_violence": ({"police": 1}, {"police": 1}, {"social": 1}),
    "mental_health": ({"ambulance": 1, "police": 1}, {"social": 1}, {"social": 1}),
    "missing_person": ({"police": 1}, {"police": 1}, {"public_order": 1}),
    "other": ({"police": 1}, {"public_order": 1}, {"public_order": 1}),
}

# What a higher alarm adds on top of the level before.
LEVEL_2: dict[str, Lines] = {
    "fire": {"fire_engine": 2, "ambulance": 1, "police": 1},
    "flood": {"boat": 1, "ambulance": 1, "truck": 1},
    "traffic_accident": {"ambulance": 1, "rescue": 1},
    "building_collapse": {"ambulance": 2, "fire_engine": 1},
    "gas_leak": {"fire_engine": 1, "police": 1},
}
PRIORITIES = ("P1", "P2", "P3")
OFFER_TIMEOUT_S = {"P1": 45, "P2": 60, "P3": 120}

CARD = """
INSERT INTO run_card (type, priority, auto, veto_s, offer_timeout_s, example)
VALUES ($1, $2, $3, $4, $5, true)
ON CONFLICT (type, priority) DO NOTHING RETURNING id
"""
LINE = "INSERT INTO run_card_line (run_card_id, alarm_level, capability, count) VALUES ($1, $2, $3, $4)"


async def seed(tx: Tx, *, auto: bool = False, veto_s: int = 20) -> int:
    """Write the example cards that are not there yet; how many. auto: dispatch by itself, all types
    but domestic violence and mental health, after a veto window."""
    made = 0
    for type_, by_priority in LEVEL_1.items():
        by_itself = auto and type_ not in {"domestic_violence", "mental_health"}
        for priority, lines in zip(PRIORITIES, by_priority, strict=True):
            card_id = await tx.fetchval(
                CARD, type_, priority, by_itself, veto_s, OFFER_TIMEOUT_S[priority]
            )
            if card_id is None:
                continue
            made += 1
            levels = [(1, lines), (2, LEVEL_2.get(type_, {}))]
            await tx.executemany(
                LINE, [(card_id, level, c, n) for level, rows in levels for c, n in rows.items()]
            )
    return made
