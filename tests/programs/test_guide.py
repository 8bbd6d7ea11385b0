"""docs/add-a-program.md speaks of the tree as it is."""

import re
from dataclasses import MISSING, fields
from importlib import import_module
from pathlib import Path

from core.limits import BUCKETS
from programs.shape import Program
from registry.requests import create

REPO = Path(__file__).resolve().parents[2]
GUIDE = (REPO / "docs" / "add-a-program.md").read_text()
INVENTED = "water_level"


def test_files_it_names_are_there() -> None:
    named = set(re.findall(r"`((?:programs|tests|notifier|migrations|docs)/[\w/.-]+)`", GUIDE))
    assert len(named) >= 6
    for name in named:
        if INVENTED not in name:
            assert (REPO / name).exists(), name


def test_functions_it_names_are_there() -> None:
    dotted = set(re.findall(r"`((?:core|programs|registry)\.[\w.]+)", GUIDE))
    assert len(dotted) >= 6
    for name in dotted:
        module, _, attribute = name.rpartition(".")
        assert hasattr(import_module(module), attribute), name


def test_its_program_has_every_field_and_no_other() -> None:
    block = GUIDE.split("PROGRAM = Program(")[1].split("\n)\n")[0]
    given = set(re.findall(r"^    (\w+)=", block, re.MULTILINE))
    known = {one.name: one for one in fields(Program)}
    needed = {
        name
        for name, one in known.items()
        if one.default is MISSING and one.default_factory is MISSING
    }
    assert needed <= given <= set(known)


def test_its_words_are_in_force() -> None:
    assert "program" in BUCKETS
    assert {"unless", "needs_consent", "answer_digits", "min_gap_days"} <= set(
        create.__kwdefaults__ or {}
    )
    assert "{% macro asal" in (REPO / "programs/templates/program/_asal.html").read_text()
