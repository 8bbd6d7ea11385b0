"""Every sentence of the console's scripts and every label has its English, with the same fields."""

from __future__ import annotations

import re
from pathlib import Path

from console.board import attention
from console.konsol.labels import LABELS, labels
from console.konsol.words import english, script_words
from core.events import KINDS
from dispatch.calls import OUTCOMES
from dispatch.incidents import DISPOSITIONS
from dispatch.states import ASSIGNMENT, INCIDENT, UNIT

SCRIPTS = Path(__file__).parents[2] / "console" / "static" / "konsol"
SAID = re.compile(r"""\bt\(\s*"((?:[^"\\]|\\.)*)\"""")
TABLED = re.compile(r"""\["[^"\]]+", "((?:[^"\\]|\\.)+)"\]""")
DONE = re.compile(r""":\s"(\{unit\} [^"]+)\"""")
CODES = {"breakdown", "en_route", "operator", "report"}
"""Second words of pairs that are no sentences."""
FIELD = re.compile(r"\{(\w+)\}")


def spoken() -> set[str]:
    """Msgids of `t("…")` and of the tables that are put through `t` by name."""
    found: set[str] = set()
    for path in SCRIPTS.glob("*.js"):
        text = path.read_text("utf-8")
        found |= set(SAID.findall(text))
        if path.name in {"keys.js", "command.js", "assignments.js"}:
            found |= set(TABLED.findall(text)) - CODES
        if path.name == "actions.js":
            found |= set(DONE.findall(text))
    return found


def test_scripts_speak_english_too() -> None:
    missing = sorted(spoken() - set(english()))
    assert not missing, missing
    assert len(spoken()) > 200


def test_labels_speak_english_too() -> None:
    missing = [
        text for known in LABELS.values() for text in known.values() if text not in english()
    ]
    assert not missing, missing


def test_a_translation_keeps_the_fields() -> None:
    wrong = [
        msgid
        for msgid, text in english().items()
        if sorted(FIELD.findall(msgid)) != sorted(FIELD.findall(text))
    ]
    assert not wrong, wrong


def test_bahasa_needs_no_catalogue() -> None:
    assert script_words("id") == {}
    assert labels("id")["type"]["fire"] == "Kebakaran"


def test_every_state_and_every_kind_that_the_desk_sees_has_a_label() -> None:
    assert set(INCIDENT.states) <= set(LABELS["incident"])
    assert set(ASSIGNMENT.states) <= set(LABELS["assignment"])
    assert set(UNIT.states) <= set(LABELS["unit"])
    assert set(LABELS["disposition"]) == set(DISPOSITIONS)
    assert set(LABELS["outcome"]) == set(OUTCOMES)
    assert set(ASSIGNMENT.states) >= attention.COVERS
    of_an_incident = ("incident.", "assignment.", "need.", "delivery.", "ladder.", "handover.")
    missing = [
        kind for kind in KINDS if kind.startswith(of_an_incident) and kind not in LABELS["event"]
    ]
    assert not missing, missing
