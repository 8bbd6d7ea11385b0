"""Depths of water given as figures: "80 cm", "1,5 meter"."""

from dispatch.screening.reading import Hit, Reading

CHEST_CM = 80
"""From here on water is called deep: waist of a grown person, chest of a child."""

_LEAST_CM, _MOST_CM = 5, 400
_CM = {"cm": 1.0, "senti": 1.0, "centi": 1.0, "sentimeter": 1.0, "meter": 100.0, "mtr": 100.0}
_HALF = ("setengah",)
_ROSE = frozenset("naik naiknya jarak sejauh lebar panjang radius sepanjang".split())  # noqa: SIM905
_AWAY = frozenset("dari lagi per".split())  # noqa: SIM905


def mark_depths(reading: Reading) -> None:
    """Name ``DEEP`` or ``DEPTH`` where a figure with a unit says how deep the water stands.

    Only where the text speaks of water; a rise ("naik 1 meter"), a rate ("20 cm per jam") and a
    distance ("50 meter dari sungai") say nothing of the depth.
    """
    if not (reading.mentions("WATER") or reading.mentions("FLOOD") or reading.mentions("POOLED")):
        return
    words = reading.words
    for at in range(len(words) - 1):
        unit = _CM.get(words[at + 1])
        value = _value(words[at])
        if unit is None or value is None:
            continue
        before = words[at - 1] if at else ""
        after = words[at + 2] if at + 2 < len(words) else ""
        depth = value * unit
        if before in _ROSE or after in _AWAY or not _LEAST_CM <= depth <= _MOST_CM:
            continue
        concept = "DEEP" if depth >= CHEST_CM else "DEPTH"
        hit = Hit(at, at + 2, f"{words[at]} {words[at + 1]}")
        reading.hits.setdefault(concept, []).append(hit)


def _value(word: str) -> float | None:
    if word in {"satu", "se"}:
        return 1.0
    if word == "dua":
        return 2.0
    if word in _HALF:
        return 0.5
    try:
        return float(word.replace(",", ".")) if word[:1].isdigit() else None
    except ValueError:
        return None
