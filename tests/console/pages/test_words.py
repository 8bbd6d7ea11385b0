"""Every sentence of the pages has its English; scripts ask only for words that exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from console.pages import advice, progress, report_form, track, words

CONSOLE = Path(words.__file__).parents[1]
OURS = [
    "_bahasa",
    "_tambah",
    "base",
    "beranda",
    "demo_banner",
    "hp",
    "lacak",
    "lacak_cari",
    "lapor",
    "luring",
    "petugas",
    "problem",
]
CALL = re.compile(r"""\bt\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")
SAID = re.compile(r"""\b(?:say|tell|note\(say)\(\s*["'](\w+)["']""")


def english() -> set[str]:
    with (Path(words.__file__).parent / "locale" / "en.po").open("rb") as file:
        return {str(m.id) for m in read_po(file) if m.id and m.string}


def of_templates() -> set[str]:
    found = set()
    for name in OURS:
        text = (CONSOLE / "templates" / f"{name}.html").read_text("utf-8")
        found |= {double or single for double, single in CALL.findall(text)}
    return found


def of_python() -> set[str]:
    tables: list[dict[str, str]] = [
        words.TYPE_LABELS, words.LAPOR, words.LACAK, words.STEPS, words.DUTY, words.PETUGAS,
        words.HP, words.HP_ROLES, words.HP_CHANNELS, words.HP_DIGITS, advice.WAITING,
        advice.COVERT, progress.LABELS, progress.COVERT_LABELS, dict(words.DECLINE_REASONS),
    ]  # fmt: skip
    lines = {line for group in advice.ADVICE.values() for line in group} | set(advice.GENERAL)
    return (
        lines
        | {report_form.NOTHING, track.NOTHING}
        | {v for table in tables for v in table.values()}
    )


def test_every_sentence_has_its_english() -> None:
    assert sorted((of_templates() | of_python()) - english()) == []


def test_the_catalogue_holds_no_leftovers() -> None:
    source = "".join(p.read_text("utf-8") for p in (CONSOLE / "pages").glob("*.py"))
    joined = re.sub(r'"\s*\n\s*"', "", source)
    unused = english() - of_templates() - of_python()
    assert sorted(m for m in unused if m not in joined) == []


@pytest.mark.parametrize(
    ("script", "table"),
    [("lapor", words.LAPOR), ("lacak", words.LACAK), ("petugas", words.PETUGAS),
     ("petugas_lokasi", words.PETUGAS), ("hp", words.HP)],
)  # fmt: skip
def test_scripts_ask_only_for_words_that_exist(script: str, table: dict[str, Any]) -> None:
    text = (CONSOLE / "static" / "pages" / f"{script}.js").read_text("utf-8")
    asked = set(SAID.findall(text))
    for choice in re.findall(r"\b(?:say|tell)\(([^)\"']*\?[^)]*)\)", text):
        asked |= set(re.findall(r'"(\w+)"', choice))
    assert asked and asked <= set(table), asked - set(table)
