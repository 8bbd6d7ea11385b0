"""Every sentence that programs and the registry show has its English."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from core import errors
from programs import PROGRAMS
from programs.satisfaction import form, results
from programs.satisfaction.formula import GRADES
from programs.satisfaction.words import PROFILE, QUESTIONS, SOURCES

REPO = Path(__file__).resolve().parents[2]
PROBLEMS = {name for name in vars(errors) if isinstance(vars(errors)[name], type)}


def said_in_templates(folder: Path) -> set[str]:
    return {
        found[2]
        for file in folder.rglob("*.html")
        for found in re.finditer(r"\bt\(([\"'])(.*?)\1", file.read_text())
    }


def said_in_errors(folder: Path) -> set[str]:
    said = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first = node.args[0]
                if node.func.id in PROBLEMS and isinstance(first, ast.Constant):
                    said.add(str(first.value))
    return said


def said_in_tables() -> set[str]:
    said = {form.MISSING, results.QUICK_LABEL, *SOURCES.values()}
    said |= {grade.words for grade in GRADES} | {program.about for program in PROGRAMS}
    for question in QUESTIONS:
        said |= {question.element, question.text, *question.answers}
    for label, choices in PROFILE.values():
        said |= {label, *choices.values()}
    return said


def english(*folders: str) -> dict[str, str]:
    read: dict[str, str] = {}
    for folder in folders:
        with (REPO / folder / "locale" / "en.po").open("rb") as file:
            read |= {str(message.id): str(message.string) for message in read_po(file, locale="en")}
    return read


@pytest.mark.parametrize(
    ("said", "catalogues"),
    [
        (
            said_in_templates(REPO / "programs")
            | said_in_errors(REPO / "programs")
            | said_in_tables(),
            ("programs", "programs/satisfaction"),
        ),
        (said_in_errors(REPO / "registry"), ("registry",)),
    ],
    ids=["programs", "registry"],
)
def test_nothing_is_left_in_bahasa(said: set[str], catalogues: tuple[str, ...]) -> None:
    known = english(*catalogues)
    assert said
    assert said - {msgid for msgid, words in known.items() if words} == set()
    for msgid in said:
        assert set(re.findall(r"\{\w+\}", msgid)) == set(re.findall(r"\{\w+\}", known[msgid]))
    assert set(known) - said - {""} == set(), "translations of sentences nobody says"
