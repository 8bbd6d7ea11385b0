"""Every sentence of this room that reaches a person has its English."""

from __future__ import annotations

import ast
from pathlib import Path

from babel.messages.pofile import read_po

from geo.roads.wording import NAMELESS, SAID

GEO = Path(__file__).resolve().parents[2] / "geo"
ERRORS = {"BadInput", "Conflict", "NotFound", "Unavailable"}


def sentences() -> set[str]:
    found = set()
    for path in GEO.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in ERRORS and node.args and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value))
    return found


def test_every_error_has_its_english() -> None:
    with (GEO / "locale" / "en.po").open("rb") as file:
        known = {str(message.id) for message in read_po(file, locale="en") if message.string}
    asked = sentences() | {*SAID.values(), NAMELESS}
    assert len(asked) > 10
    assert asked - known == set()
