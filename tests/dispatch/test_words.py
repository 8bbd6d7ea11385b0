"""Every sentence of this room that reaches a person has its English, with the same fields."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import read_po

from core.errors import IllegalMove
from tests.fixtures.msgids import of_room

ROOT = Path(__file__).resolve().parents[2]
FIELD = re.compile(r"\{\w+\}")


def english(room: str) -> dict[str, str]:
    with (ROOT / room / "locale" / "en.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, locale="en") if m.id and m.string}


def test_every_sentence_has_its_english() -> None:
    asked = of_room(ROOT / "dispatch")
    assert len(asked) > 40
    assert asked - (english("dispatch").keys() | english("core").keys()) == set()


def test_translations_keep_the_fields_and_none_is_left_over() -> None:
    known = english("dispatch")
    assert known.keys() - of_room(ROOT / "dispatch") == set()
    for bahasa, other in known.items():
        assert sorted(FIELD.findall(bahasa)) == sorted(FIELD.findall(other)), bahasa


def test_a_refused_move_has_its_english() -> None:
    assert IllegalMove("unit", "a", "b", ()).message in english("core")
