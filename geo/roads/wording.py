"""What a responder is told at each corner, in the caller's language."""

from __future__ import annotations

from collections.abc import Sequence

from core.words import Lang, t
from geo.roads.route import Step, Turn

SAID: dict[Turn, str] = {
    "depart": "Mulai di {street}",
    "straight": "Lurus ke {street}",
    "slight_left": "Serong kiri ke {street}",
    "left": "Belok kiri ke {street}",
    "sharp_left": "Belok tajam kiri ke {street}",
    "slight_right": "Serong kanan ke {street}",
    "right": "Belok kanan ke {street}",
    "sharp_right": "Belok tajam kanan ke {street}",
    "u_turn": "Putar balik di {street}",
    "arrive": "Tiba di lokasi",
}
NAMELESS = "jalan tanpa nama"


def said(steps: Sequence[Step], lang: Lang) -> list[str]:
    """One sentence a step."""
    return [t(SAID[step.turn], lang, street=step.name or t(NAMELESS, lang)) for step in steps]
