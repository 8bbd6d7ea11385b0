"""What the README and docs/ point at is there, and light enough to be read on a slow line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    missing = [
        to for to in LINK.findall(page.read_text("utf-8")) if not (page.parent / to).exists()
    ]
    assert missing == []


def test_the_picture_of_the_console_is_a_whole_screen_and_light() -> None:
    assert "](docs/img/konsol.png)" in PAGES[0].read_text("utf-8")
    picture = ROOT / "docs" / "img" / "konsol.png"
    assert picture.stat().st_size <= 250_000
    with Image.open(picture) as image:
        assert image.size == (1366, 768)
