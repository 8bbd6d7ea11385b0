"""Bahasa words of the messages: what a type of incident is called to a responder, time, distance."""

from __future__ import annotations

TYPE_WORDS: dict[str, str] = {
    "fire": "KEBAKARAN",
    "flood": "BANJIR",
    "medical": "DARURAT MEDIS",
    "labour": "MELAHIRKAN",
    "traffic_accident": "KECELAKAAN",
    "drowning": "ORANG TENGGELAM",
    "rescue": "PENYELAMATAN",
    "building_collapse": "BANGUNAN RUNTUH",
    "fallen_tree": "POHON TUMBANG",
    "utility_hazard": "BAHAYA LISTRIK",
    "gas_leak": "KEBOCORAN GAS",
    "animal": "HEWAN BERBAHAYA",
    "crime": "KEJAHATAN",
    "domestic_violence": "KEKERASAN",
    "mental_health": "GANGGUAN JIWA",
    "missing_person": "ORANG HILANG",
    "other": "DARURAT",
    "none": "DARURAT",
}


def type_word(kind: str | None) -> str:
    """The word for a type code; an unknown code is still an emergency."""
    return TYPE_WORDS.get(kind or "none", "DARURAT")


def distance(metres: float | None) -> str:
    """'850 m', '2,4 km' (decimal comma), or '' when it is not known."""
    if metres is None or metres < 0:
        return ""
    if metres < 950:
        return f"{max(50, round(metres / 50) * 50)} m"
    if metres < 9_950:
        return f"{metres / 1000:.1f} km".replace(".", ",")
    return f"{metres / 1000:.0f} km"


def minutes(seconds: float | None) -> str:
    """'6 mnt', never less than one minute, or '' when it is not known."""
    if seconds is None or seconds < 0:
        return ""
    return f"{max(1, round(seconds / 60))} mnt"


def way(metres: float | None, seconds: float | None) -> str:
    """'2,4 km/6 mnt', or whichever of the two is known, or ''."""
    return "/".join(part for part in (distance(metres), minutes(seconds)) if part)
