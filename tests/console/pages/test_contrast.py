"""WCAG 2.2 AA contrast of the colour tokens, by day and by night."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import console

CSS = (Path(console.__file__).parent / "static" / "base.css").read_text("utf-8")
TEXT, PARTS = 4.5, 3.0
# foreground, background, least ratio (1.4.3 text; 1.4.11 borders of controls and focus)
PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "muted", "accent", "danger", "warn", "ok")
      for ground in ("bg", "surface")],
    ("on-accent", "accent", TEXT), ("on-danger", "danger-fill", TEXT),
    ("danger", "danger-soft", TEXT), ("warn", "warn-soft", TEXT), ("ok", "ok-soft", TEXT),
    ("ink", "raised", TEXT), ("muted", "raised", TEXT), ("ink", "warn-soft", TEXT),
    ("muted", "warn-soft", TEXT), ("focus", "bg", PARTS), ("focus", "surface", PARTS),
]  # fmt: skip


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})", block))


def themes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r"(:root[^{]*)\{([^}]*)\}", CSS)
    day = tokens(blocks[0][1])
    nights = [day | tokens(body) for _, body in blocks[1:]]
    return {"day": day, "night": nights[0], "dark device": nights[1]}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def ratio(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", list(themes()))
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_pairs_have_enough_contrast(theme: str, front: str, back: str, least: float) -> None:
    colours = themes()[theme]
    assert ratio(colours[front], colours[back]) >= least


def test_a_dark_device_and_the_night_theme_look_the_same() -> None:
    assert themes()["night"] == themes()["dark device"]
