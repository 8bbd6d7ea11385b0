"""A city of its own, without names until its map comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo import new_city, pack

CITY = "kota_uji"


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The pack "kota_uji" in a home of this test."""
    monkeypatch.setattr(pack, "home", lambda: tmp_path / "cities")
    new_city.make(CITY, title="Kota Uji")
    return CITY
