""".env.example lists every setting there is, with the default it has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from dotenv import dotenv_values

from core.settings import Settings

EXAMPLE = Path(__file__).resolve().parents[2] / ".env.example"


def name_of(field: str) -> str:
    alias = Settings.model_fields[field].alias
    return alias or f"SIPONCEGA_{field.upper()}"


def test_every_setting_is_listed_and_nothing_else() -> None:
    listed = set(dotenv_values(EXAMPLE))
    assert listed == {name_of(field) for field in Settings.model_fields}


def test_the_listed_values_are_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    def values() -> dict[str, Any]:
        return Settings().model_dump()

    for name, value in dotenv_values(EXAMPLE).items():
        monkeypatch.delenv(name, raising=False)
        assert value is not None
    defaults = values()
    for name, value in dotenv_values(EXAMPLE).items():
        if value:
            monkeypatch.setenv(name, value)
    assert values() == defaults
